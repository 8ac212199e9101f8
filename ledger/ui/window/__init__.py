"""What stands around the pages: sidebar, bars, strips, and what floats above."""
