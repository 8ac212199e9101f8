"""Log files in: where they lie, how they are read, and how far."""
