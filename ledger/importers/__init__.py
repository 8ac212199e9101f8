"""One folder per tool: a log line becomes a part of an interaction or a counted rejection."""
