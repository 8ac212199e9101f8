"""Which local day each block, interaction and portion of a frame lies on."""

from dataclasses import dataclass
from datetime import date, tzinfo
from functools import cached_property

import numpy as np

from ledger.core.columns import QUARTER_S
from ledger.core.days import day_starts
from ledger.metrics.arrays import Ints
from ledger.metrics.blocks import BlockIndex


@dataclass(frozen=True, eq=False)
class LocalDays:
    """Local days without a gap, and the day number of everything in a frame.

    A block lies on the day on which it begins, a portion on the day of its quarter-hour.
    """

    days: tuple[date, ...]
    starts: Ints  # where each day begins, and where the last one ends
    _blocks: BlockIndex
    _time_s: Ints
    _quarter: Ints

    def of(self, seconds: Ints) -> Ints:
        """Return the day numbers of moments in seconds since 1970."""
        return np.searchsorted(self.starts, seconds, side="right") - 1

    @cached_property
    def block(self) -> Ints:
        """The day number of every block."""
        return self.of(self._blocks.start_s)

    @cached_property
    def row(self) -> Ints:
        """The day number of every interaction."""
        return self.of(self._time_s)

    @cached_property
    def portion(self) -> Ints:
        """The day number of every portion."""
        first, last = self._quarter.min(initial=0), self._quarter.max(initial=0)
        if len(self._quarter):
            first = self._quarter.min()
        quarters = np.arange(first, last + 1, dtype=np.int64)
        day: Ints = self.of(quarters * QUARTER_S)[self._quarter - first]
        return day


def local_days(
    blocks: BlockIndex, time_s: Ints, quarter: Ints, zone: tzinfo | None = None
) -> LocalDays:
    """Lay local days over everything; no data, no days."""
    moments = [*_ends(blocks.start_s), *_ends(time_s), *_ends(quarter.astype(np.int64) * QUARTER_S)]
    if not moments:
        return LocalDays((), np.zeros(1, dtype=np.int64), blocks, time_s, quarter)
    days, starts = day_starts(min(moments), max(moments), zone)
    return LocalDays(tuple(days), np.asarray(starts, np.int64), blocks, time_s, quarter)


def _ends(values: Ints) -> tuple[int, ...]:
    return (int(values.min()), int(values.max())) if len(values) else ()
