"""What was worked out of the last selections of a frame, to be taken again while only tags move."""

from typing import Generic, NamedTuple, TypeVar

import numpy as np

from ledger.metrics.arrays import Bools
from ledger.metrics.frame import Lasting

T = TypeVar("T")
MOST = 6  # a page asks a few groupings of one or two selections at once


class _Entry(NamedTuple, Generic[T]):
    portions: Bools
    made_of: tuple[object, ...]
    found: T


class Remembered(list[_Entry[T]], Lasting):
    """The newest findings first; each belongs to the portions of a selection and some arrays."""

    def find(self, portions: Bools, *made_of: object) -> T | None:
        """Return what was found of the same portions and of the very same arrays."""
        for entry in self:
            is_same = all(a is b for a, b in zip(entry.made_of, made_of, strict=True))
            if is_same and np.array_equal(entry.portions, portions):
                return entry.found
        return None

    def keep(self, found: T, portions: Bools, *made_of: object) -> T:
        """Remember a finding and return it."""
        self[:] = [_Entry(portions, made_of, found), *self[: MOST - 1]]
        return found
