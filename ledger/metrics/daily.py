"""The additive figures of every local day of a selection, and their sums over rolling windows."""

from datetime import date, tzinfo
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ledger.metrics.arrays import Floats, Ints, weighed
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.outcome import Outcome
from ledger.metrics.spending import spending


class DaySums(NamedTuple):
    """One element per day; worth in percent of a block, token-equivalents in twentieths."""

    lower: Ints
    upper: Ints
    guess: Floats
    blocks: Ints
    decided: Ints
    active: Ints  # 1 on days with a block
    low: Ints  # shape (days, 2): delivering and exempt
    te: Ints
    high: Ints
    by_tag: Ints  # shape (days, 4)
    requests: Ints
    unknown: Ints

    def between(self, first: int, end: int) -> "DaySums":
        """Return the sums of some of the days."""
        return DaySums(*(_part(sums, first, end) for sums in self))

    def over(self, window_days: int) -> "DaySums":
        """Return the sums of the last `window_days` days at every day."""
        return DaySums(*(_rolling(sums, window_days) for sums in self))


class Daily(NamedTuple):
    """The days from the first to the last with data."""

    days: tuple[date, ...]
    first: int  # number of the first day among the frame's
    sums: DaySums
    block_guess: Floats  # worth of every block of the frame


def daily(frame: Frame, selection: Selection, zone: tzinfo | None, edited_worth: int) -> Daily:
    """Add up a selection day by day, deliveries making the blocks."""
    groups, days = grouping(frame, "day", zone), frame.days(zone)
    spent = spending(frame, selection, groups.portion_group, groups.size, ("requests", "unknown"))
    judged = Outcome(
        frame, selection, groups, selection.interactions & frame.delivering, days, edited_worth
    )
    lower, upper = judged.bounds
    sums = DaySums(
        lower=_percent(lower),
        upper=_percent(upper),
        guess=weighed(groups.pair_group, judged.guess, groups.size),
        blocks=judged.blocks,
        decided=judged.decided,
        active=judged.days,
        low=spent.low,
        te=spent.middle,
        high=spent.high,
        by_tag=spent.by_tag,
        requests=spent.counters["requests"],
        unknown=spent.counters["unknown"],
    )
    there = np.flatnonzero((sums.requests > 0) | (sums.blocks > 0))
    first, end = (int(there[0]), int(there[-1]) + 1) if len(there) else (0, 0)
    return Daily(days.days[first:end], first, sums.between(first, end), judged.guess)


def _percent(worth: list[Fraction]) -> Ints:
    # A day's blocks are never shared, so their worth is a whole number of percent.
    return np.asarray([int(one) for one in worth], dtype=np.int64)


def _part(values: npt.NDArray[Any], first: int, end: int) -> npt.NDArray[Any]:
    return values[first:end]


def _rolling(values: npt.NDArray[Any], window_days: int) -> npt.NDArray[Any]:
    sums = np.cumsum(values, axis=0)
    sums[window_days:] -= sums[:-window_days]
    return sums
