"""Gemini CLI: where it logs, what its lines mean, and how they become parts."""
