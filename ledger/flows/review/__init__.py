"""The self-review: its figures, its words, its pictures, and what may not leave with it."""
