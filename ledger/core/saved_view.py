"""A view with a name: filter words that a person wants to come back to."""

from typing import NamedTuple

LONGEST_NAME = 60


class SavedView(NamedTuple):
    """Filter words under a name; what moves with the calendar in them keeps moving."""

    name: str
    words: str
    compare: bool = False
