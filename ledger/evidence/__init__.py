"""What became of an output: tool records, git survival, suggestions, and the daily questions."""
