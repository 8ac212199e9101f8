"""Whether another share of the input is read from a cache now than in the period before."""

from datetime import tzinfo
from typing import NamedTuple

import numpy as np

from ledger.metrics.arrays import summed
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.intervals import interval

FEWEST_DAYS = 5


class CacheShare(NamedTuple):
    """The share of input tokens that was read from a cache, and its interval over days."""

    value: float
    low: float
    high: float
    days: int


def cache_share_by_day(
    frame: Frame, selection: Selection, zone: tzinfo | None = None
) -> CacheShare | None:
    """Return the share with its interval; None with fewer than five days or nothing read."""
    parts, days = selection.parts, frame.days(zone)
    size = len(days.days)
    read = summed(days.portion[parts], frame.cache_read[parts], size).astype(np.float64)
    fresh = (frame.input[parts] + frame.cache_write[parts]).astype(np.int64)
    whole = read + summed(days.portion[parts], fresh, size)
    there = whole > 0
    if np.count_nonzero(there) < FEWEST_DAYS or not read.any():
        return None
    ends = interval(read[there], whole[there])
    if ends is None:
        return None
    value = float(read.sum() / whole.sum())
    return CacheShare(value, ends[0], min(ends[1], 1.0), int(np.count_nonzero(there)))
