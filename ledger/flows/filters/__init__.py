"""The filter as text that can be typed, its periods, and saved views."""
