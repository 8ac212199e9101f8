"""Asking for the person's word: the queue, daily questions, suggestions, entries by hand."""
