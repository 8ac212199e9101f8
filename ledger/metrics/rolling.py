"""Intervals of rolling windows: the same bootstrap as a summary's, for many windows at once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from ledger.metrics.arrays import Bools, Floats, Ints, distinct, weighed
from ledger.metrics.daily import Daily
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.intervals import FEWEST_DAYS, intervals
from ledger.metrics.local_days import LocalDays
from ledger.metrics.ratio import FOURTHS, NEVER_EXEMPT

Ends = dict[int, tuple[float, float]]


class Units(NamedTuple):
    """What is drawn again, in the order of days: days with data, or blocks cut at midnights."""

    day: Ints
    worth: Floats
    cost: Floats  # shape (units, 2): delivering and exempt

    def within(self, last_day: int, window_days: int) -> tuple[int, int]:
        """Return the first and the end position of a window's units."""
        first, end = np.searchsorted(self.day, (last_day - window_days + 1, last_day + 1))
        return int(first), int(end)


def rolling_intervals(
    frame: Frame,
    selection: Selection,
    each: Daily,
    local: LocalDays,
    capped: dict[int, bool],
    window_days: int,
) -> Ends:
    """Return the interval of the window that ends at each day in `capped`, where there is one.

    `capped` says whether the cap on exempt tokens holds in that window.
    """
    if not capped:
        return {}
    days = _day_units(each)
    spans = {day: days.within(day, window_days) for day in capped}
    many = {day: span for day, span in spans.items() if span[1] - span[0] >= FEWEST_DAYS}
    ends = _ends(days, many, capped)
    few = [day for day in capped if day not in many]
    if few:
        blocks = _block_units(frame, selection, each, local, _covered(few, window_days, each))
        ends |= _ends(blocks, {day: blocks.within(day, window_days) for day in few}, capped)
    return ends


def _ends(units: Units, spans: dict[int, tuple[int, int]], capped: dict[int, bool]) -> Ends:
    """Work out each distinct window once, all windows with as many units together."""
    alike: defaultdict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for day, (first, end) in spans.items():
        alike[first, end, capped[day]].append(day)
    by_size: defaultdict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for window in alike:
        by_size[window[1] - window[0]].append(window)
    found: Ends = {}
    for size, windows in by_size.items():
        at = np.asarray([first for first, _, _ in windows])[:, np.newaxis] + np.arange(size)
        cap = np.asarray([is_capped for _, _, is_capped in windows])[:, np.newaxis]
        lows, highs = intervals(units.worth[at], _cost(units.cost[at], cap))
        for window, low, high in zip(windows, lows.tolist(), highs.tolist(), strict=True):
            if np.isfinite(low):
                found |= dict.fromkeys(alike[window], (low, high))
    return found


def _cost(cost: Floats, is_capped: Bools) -> Floats:
    whole: Floats = np.where(is_capped, NEVER_EXEMPT * cost.sum(axis=-1), FOURTHS * cost[..., 0])
    return whole


def _day_units(each: Daily) -> Units:
    active = (each.sums.guess > 0) | (each.sums.te.sum(axis=1) > 0)
    return Units(
        np.flatnonzero(active), each.sums.guess[active], each.sums.te[active].astype(np.float64)
    )


def _covered(ends: Iterable[int], window_days: int, each: Daily) -> Bools:
    """Say of every day whether one of the windows covers it."""
    covered = np.zeros(len(each.days), dtype=np.bool_)
    for day in ends:
        covered[max(0, day - window_days + 1) : day + 1] = True
    return covered


def _block_units(
    frame: Frame, selection: Selection, each: Daily, local: LocalDays, covered: Bools
) -> Units:
    by_frame_day = np.zeros(len(local.days), dtype=np.bool_)
    by_frame_day[each.first : each.first + len(covered)] = covered
    parts = np.flatnonzero(selection.portions & by_frame_day[local.portion])
    blocks = np.flatnonzero((each.block_guess > 0) & by_frame_day[local.block])
    count = len(frame.blocks)
    spent_in = local.portion[parts] * count + frame.blocks.of[frame.owners[parts]]
    at, cells = distinct(np.concatenate([spent_in, local.block[blocks] * count + blocks]))
    spent, earned = at[: len(parts)], at[len(parts) :]
    exempt = ~frame.delivering[frame.owners[parts]]
    te, size = frame.te[parts], len(cells)
    cost = [weighed(spent, te * one, size) for one in (~exempt, exempt)]
    worth = weighed(earned, each.block_guess[blocks], size)
    return Units(cells // count - each.first, worth, np.stack(cost, axis=1))
