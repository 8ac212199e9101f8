"""Widgets: they draw what app holds and pass on what the person does."""
