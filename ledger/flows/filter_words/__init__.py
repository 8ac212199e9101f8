"""The filter as words that can be typed: `tool:claude tag:thrown after:2026-07 "retry"`."""
