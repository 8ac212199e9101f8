"""STR day by day: a rolling window with bounds, interval and coverage, and a smoothed line."""

from datetime import tzinfo

from ledger.core.figures import RatioSeries
from ledger.metrics.arrays import Floats, Ints
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.daily import daily
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.gates import Evidence, evidences
from ledger.metrics.periods import calendar, stack
from ledger.metrics.ratio import SCALE, headline_costs, is_capped
from ledger.metrics.rolling import rolling_intervals

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
    each = daily(frame, selection, zone, edited_worth)
    window = each.sums.over(window_days)
    known = evidences(window.decided, window.active, window.by_tag, window.requests, window.unknown)
    cap = is_capped(window.te)
    capped = {day: bool(cap[day]) for day, one in enumerate(known) if one.allows_interval}
    raw = rolling_intervals(frame, selection, each, frame.days(zone), capped, window_days)
    ends = {
        day: (low * SCALE * share, high * SCALE * share)
        for day, (low, high) in raw.items()
        for share in (1 - known[day].unknown,)
    }
    lower, upper = (
        _divided(*both) for both in ((window.lower, window.high), (window.upper, window.low))
    )
    shows = [one.allows_point(*ends.get(day, (None, None))) for day, one in enumerate(known)]
    point = _points(_divided(window.guess, window.te), lower, upper, known, shows)
    line = smoothed(each.sums.guess, headline_costs(each.sums.te), HALF_LIFE_DAYS)
    return RatioSeries(
        days=each.days,
        lower=lower,
        upper=upper,
        point=point,
        low=tuple(ends[day][0] if day in ends else None for day in range(len(each.days))),
        high=tuple(ends[day][1] if day in ends else None for day in range(len(each.days))),
        smooth=tuple(
            value * SCALE if value is not None and shown else None
            for value, shown in zip(line, shows, strict=True)
        ),
        coverage=tuple(one.coverage for one in known),
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
    for one, paid in zip(worth.tolist(), cost.tolist(), strict=True):
        waiting += one
        if paid > 0:
            earned, spent, waiting = stays * earned + waiting, stays * spent + paid, 0.0
        line.append(earned / spent if spent else None)
    return line


def _divided(worth: Ints | Floats, te: Ints) -> Line:
    cost = headline_costs(te).tolist()
    return tuple(
        one * SCALE / paid if paid > 0 else None
        for one, paid in zip(worth.tolist(), cost, strict=True)
    )


def _points(best: Line, lower: Line, upper: Line, known: list[Evidence], shows: list[bool]) -> Line:
    """Keep the points that may be shown, inside their bounds."""
    return tuple(
        min(max(value * (1 - one.unknown), least), most)
        if shown and value is not None and least is not None and most is not None
        else None
        for value, least, most, one, shown in zip(best, lower, upper, known, shows, strict=True)
    )
