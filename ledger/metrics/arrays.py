"""Names for the numpy arrays of this room, and exact sums of whole numbers by group."""

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.signedinteger[Any]]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint8]  # small numbers that index a table
Floats = npt.NDArray[np.float64]
Picks = slice | Ints  # which elements: a slice where it is all of them, so that nothing is copied

# Every whole number up to here is exact as a float, and numpy sums floats by group fastest.
EXACT_AS_FLOAT = 2**53
MAX_SPAN_PER_KEY = (
    8  # keys that span no more than so many places each are looked up instead of sorted
)


def mask_index(mask: Bools) -> Picks:
    """Return what to index an array with so that the elements under the mask remain."""
    return slice(None) if mask.all() else np.flatnonzero(mask)


def counted(index: Ints, size: int) -> Ints:
    """Return how often each of the numbers 0..size-1 occurs."""
    return np.bincount(index, minlength=size)


def summed(index: Ints, values: Ints, size: int) -> Ints:
    """Return the exact sums of non-negative whole numbers by group."""
    if size == 1:
        return np.asarray([values.sum(dtype=np.int64)])
    total = values.sum(dtype=np.float64)
    if total == 0:
        return np.zeros(size, dtype=np.int64)
    if total < EXACT_AS_FLOAT:
        return np.bincount(index, weights=values, minlength=size).astype(np.int64)
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, index, values)
    return sums


def weighed(index: Ints, values: Floats | Ints, size: int) -> Floats:
    """Return the sums by group as floats."""
    return np.asarray(np.bincount(index, weights=values, minlength=size), dtype=np.float64)


def distinct(keys: Ints) -> tuple[Ints, Ints]:
    """Return the position of each key among the distinct keys, and these in rising order."""
    least = int(keys.min()) if len(keys) else 0
    span = int(keys.max()) - least + 1 if len(keys) else 0
    return (
        _distinct_in_table(keys, least, span)
        if span <= MAX_SPAN_PER_KEY * len(keys)
        else _distinct_by_sorting(keys)
    )


def _distinct_in_table(keys: Ints, least: int, span: int) -> tuple[Ints, Ints]:
    offset = keys.astype(np.intp) - least
    present = np.zeros(span, dtype=np.bool_)
    present[offset] = True
    offsets = np.flatnonzero(present)
    place = np.zeros(span, dtype=np.int32)
    place[offsets] = np.arange(len(offsets))
    return place[offset].astype(np.intp), (offsets + least).astype(keys.dtype)


def _distinct_by_sorting(keys: Ints) -> tuple[Ints, Ints]:
    # A stable sort uses the runs that time order left behind; it is much faster on them.
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    is_first = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    position = np.empty(len(keys), dtype=np.intp)
    position[order] = np.cumsum(is_first) - 1
    return position, ordered[is_first]
