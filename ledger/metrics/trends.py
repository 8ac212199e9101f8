"""STR day by day: rolling windows with bounds and intervals, stacks per period, the calendar."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta, tzinfo
from fractions import Fraction
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from ledger.core.figures import Calendar, RatioSeries, Stack
from ledger.metrics.arrays import Bools, Floats, Ints, counted, distinct, summed, weighed
from ledger.metrics.blocks import EDITED_WORTH, TAGS, LocalDays
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.intervals import FEWEST_DAYS, intervals
from ledger.metrics.outcome import Outcome
from ledger.metrics.ratio import (
    FOURTHS,
    NEVER_EXEMPT,
    SCALE,
    DataQuality,
    evidences,
    headline_costs,
    is_capped,
    mte,
)
from ledger.metrics.shares import coverage, kept_share_of_tagged
from ledger.metrics.spending import spending
from ledger.metrics.uncertain import likely_of_groups, likely_te

__all__ = ["calendar", "ratio_series", "smoothed", "stack"]

WINDOW_DAYS = 28
HALF_LIFE_DAYS = 14.0

Line = tuple[float | None, ...]


def ratio_series(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    window_days: int = WINDOW_DAYS,
    edited_worth: int = EDITED_WORTH,
) -> RatioSeries:
    """Return the STR of deliveries over the window that ends at each day of the selection."""
    by_day = daily(frame, selection, zone, edited_worth)
    window = by_day.sums.over(window_days)
    took = likely_of_groups(window.by_tag, window.unknown_by_tag, window.missing, window.requests)
    known = evidences(window.decided, window.active, took, window.requests, window.unknown)
    cap = is_capped(window.te)
    capped = {day: bool(cap[day]) for day, evidence in enumerate(known) if evidence.allows_interval}
    raw = rolling_intervals(frame, selection, by_day, frame.days(zone), capped, window_days)
    ends = {
        day: (low * SCALE * share, high * SCALE * share)
        for day, (low, high) in raw.items()
        for share in (1 - known[day].unknown,)
    }
    lower, upper = (
        _ratios(*worth_and_te)
        for worth_and_te in ((window.lower, window.high), (window.upper, window.low))
    )
    shows = [
        evidence.allows_point(*ends.get(day, (None, None))) for day, evidence in enumerate(known)
    ]
    point = _points(_ratios(window.guess, window.te), lower, upper, known, shows)
    line = smoothed(by_day.sums.guess, headline_costs(by_day.sums.te), HALF_LIFE_DAYS)
    return RatioSeries(
        days=by_day.days,
        lower=lower,
        upper=upper,
        point=point,
        low=tuple(ends[day][0] if day in ends else None for day in range(len(by_day.days))),
        high=tuple(ends[day][1] if day in ends else None for day in range(len(by_day.days))),
        smooth=tuple(
            value * SCALE if value is not None and shown else None
            for value, shown in zip(line, shows, strict=True)
        ),
        coverage=tuple(evidence.coverage for evidence in known),
        blocks=tuple(window.blocks.tolist()),
        window_days=window_days,
    )


def smoothed(worth: Floats, cost: Ints, half_life_days: float) -> list[float | None]:
    """Return exponentially weighted sum(worth) / sum(cost) at each day.

    A day without cost moves nothing; what was earned on it counts on the next day that has cost.
    The value therefore lies between the smallest and the largest daily ratio so far.
    """
    stays = 0.5 ** (1 / half_life_days)
    earned = spent = waiting = 0.0
    line: list[float | None] = []
    for earned_today, paid in zip(worth.tolist(), cost.tolist(), strict=True):
        waiting += earned_today
        if paid > 0:
            earned, spent, waiting = stays * earned + waiting, stays * spent + paid, 0.0
        line.append(earned / spent if spent else None)
    return line


def _ratios(worth: Ints | Floats, te: Ints) -> Line:
    cost = headline_costs(te).tolist()
    return tuple(
        earned * SCALE / paid if paid > 0 else None
        for earned, paid in zip(worth.tolist(), cost, strict=True)
    )


def _points(
    best: Line, lower: Line, upper: Line, known: list[DataQuality], shows: list[bool]
) -> Line:
    """Keep the points that may be shown, inside their bounds."""
    return tuple(
        min(max(value * (1 - evidence.unknown), least), most)
        if shown and value is not None and least is not None and most is not None
        else None
        for value, least, most, evidence, shown in zip(
            best, lower, upper, known, shows, strict=True
        )
    )


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
    unknown_by_tag: Ints  # shape (days, 4): requests without counts
    missing: Ints  # shape (days, 4): what only a tool's own total tells
    requests: Ints
    unknown: Ints

    def between(self, first: int, end: int) -> "DaySums":
        """Return the sums of some of the days."""
        return DaySums(*(_days_between(sums, first, end) for sums in self))

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
        unknown_by_tag=spent.unknown,
        missing=spent.missing,
        requests=spent.counters["requests"],
        unknown=spent.counters["unknown"],
    )
    active = np.flatnonzero((sums.requests > 0) | (sums.blocks > 0))
    first, end = (int(active[0]), int(active[-1]) + 1) if len(active) else (0, 0)
    return Daily(days.days[first:end], first, sums.between(first, end), judged.guess)


def _percent(worth: list[Fraction]) -> Ints:
    # A day's blocks are never shared, so their worth is a whole number of percent.
    return np.asarray([int(worth) for worth in worth], dtype=np.int64)


def _days_between(values: npt.NDArray[Any], first: int, end: int) -> npt.NDArray[Any]:
    return values[first:end]


def _rolling(values: npt.NDArray[Any], window_days: int) -> npt.NDArray[Any]:
    sums = np.cumsum(values, axis=0)
    sums[window_days:] -= sums[:-window_days]
    return sums


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
    by_day: Daily,
    local: LocalDays,
    capped: dict[int, bool],
    window_days: int,
) -> Ends:
    """Return the interval of the window that ends at each day in `capped`, where there is one.

    `capped` says whether the cap on exempt tokens holds in that window.
    """
    if not capped:
        return {}
    days = _day_units(by_day)
    spans = {day: days.within(day, window_days) for day in capped}
    long_spans = {day: span for day, span in spans.items() if span[1] - span[0] >= FEWEST_DAYS}
    ends = _window_intervals(days, long_spans, capped)
    short_windows = [day for day in capped if day not in long_spans]
    if short_windows:
        blocks = _block_units(
            frame, selection, by_day, local, _covered(short_windows, window_days, by_day)
        )
        ends |= _window_intervals(
            blocks, {day: blocks.within(day, window_days) for day in short_windows}, capped
        )
    return ends


def _window_intervals(
    units: Units, spans: dict[int, tuple[int, int]], capped: dict[int, bool]
) -> Ends:
    """Work out each distinct window once, all windows with as many units together."""
    days_of: defaultdict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for day, (first, end) in spans.items():
        days_of[first, end, capped[day]].append(day)
    by_size: defaultdict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for window in days_of:
        by_size[window[1] - window[0]].append(window)
    ends: Ends = {}
    for size, windows in by_size.items():
        at = np.asarray([first for first, _, _ in windows])[:, np.newaxis] + np.arange(size)
        cap = np.asarray([is_capped for _, _, is_capped in windows])[:, np.newaxis]
        lows, highs = intervals(units.worth[at], _cost(units.cost[at], cap))
        for window, low, high in zip(windows, lows.tolist(), highs.tolist(), strict=True):
            if np.isfinite(low):
                ends |= dict.fromkeys(days_of[window], (low, high))
    return ends


def _cost(cost: Floats, is_capped: Bools) -> Floats:
    total: Floats = np.where(is_capped, NEVER_EXEMPT * cost.sum(axis=-1), FOURTHS * cost[..., 0])
    return total


def _day_units(by_day: Daily) -> Units:
    active = (by_day.sums.guess > 0) | (by_day.sums.te.sum(axis=1) > 0)
    return Units(
        np.flatnonzero(active), by_day.sums.guess[active], by_day.sums.te[active].astype(np.float64)
    )


def _covered(ends: Iterable[int], window_days: int, by_day: Daily) -> Bools:
    """Say of every day whether one of the windows covers it."""
    covered = np.zeros(len(by_day.days), dtype=np.bool_)
    for day in ends:
        covered[max(0, day - window_days + 1) : day + 1] = True
    return covered


def _block_units(
    frame: Frame, selection: Selection, by_day: Daily, local: LocalDays, covered: Bools
) -> Units:
    by_frame_day = np.zeros(len(local.days), dtype=np.bool_)
    by_frame_day[by_day.first : by_day.first + len(covered)] = covered
    parts = np.flatnonzero(selection.portions & by_frame_day[local.portion])
    blocks = np.flatnonzero((by_day.block_guess > 0) & by_frame_day[local.block])
    count = len(frame.blocks)
    spent_in = local.portion[parts] * count + frame.blocks.of[frame.owners[parts]]
    at, cells = distinct(np.concatenate([spent_in, local.block[blocks] * count + blocks]))
    spent, earned = at[: len(parts)], at[len(parts) :]
    exempt = ~frame.delivering[frame.owners[parts]]
    te, size = frame.te[parts], len(cells)
    cost = [weighed(spent, te * is_counted, size) for is_counted in (~exempt, exempt)]
    worth = weighed(earned, by_day.block_guess[blocks], size)
    return Units(cells // count - by_day.first, worth, np.stack(cost, axis=1))


Step = Literal["day", "week", "month"]


def stack(
    frame: Frame, selection: Selection, *, step: Step = "day", zone: tzinfo | None = None
) -> Stack:
    """Return token-equivalents by tag for every period from the first to the last with any."""
    days = frame.days(zone).days
    by_day = _te_by_day(frame, selection, zone, frame.te[selection.parts])
    first, end = _span(by_day.sum(axis=1))
    begins = [_period_start(day, step) for day in days[first:end]]
    starts = list(dict.fromkeys(begins))
    number = {start: at for at, start in enumerate(starts)}
    sums = np.zeros((len(starts), TAGS), dtype=np.int64)
    np.add.at(sums, [number[begin] for begin in begins], by_day[first:end])
    untagged, kept, edited, thrown_away = (
        tuple(mte(value) for value in column) for column in sums.T.tolist()
    )
    return Stack(
        starts=tuple(starts),
        step=step,
        kept=kept,
        edited=edited,
        thrown_away=thrown_away,
        untagged=untagged,
    )


def calendar(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Calendar:
    """Return the work blocks begun on each day and what became of its token-equivalents.

    A request without counts is taken to have cost as much as the others on average.
    """
    days = frame.days(zone)
    by_day = _te_by_day(frame, selection, zone, likely_te(frame, selection.parts))
    begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    begun[frame.blocks.of[selection.interactions & frame.prompted]] = True
    blocks = counted(days.block[begun], len(days.days))
    first, end = _span(blocks + by_day.sum(axis=1))
    span = by_day[first:end]
    return Calendar(
        days=days.days[first:end],
        blocks=tuple(blocks[first:end].tolist()),
        kept_share=tuple(kept_share_of_tagged(by_tag, edited_worth) for by_tag in span.tolist()),
        coverage=tuple(coverage(by_tag) for by_tag in span.tolist()),
    )


def _te_by_day(frame: Frame, selection: Selection, zone: tzinfo | None, te: Ints) -> Ints:
    """Return the selected portions' token-equivalents, shape (days, 4): by local day and tag."""
    days, parts = frame.days(zone), selection.parts
    kind = days.portion[parts] * TAGS + frame.tag[frame.owners[parts]]
    size = len(days.days) * TAGS
    return summed(kind, te, size).reshape(-1, TAGS)


def _span(sums: Ints) -> tuple[int, int]:
    active = np.flatnonzero(sums)
    return (int(active[0]), int(active[-1]) + 1) if len(active) else (0, 0)


def _period_start(day: date, step: Step) -> date:
    match step:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
