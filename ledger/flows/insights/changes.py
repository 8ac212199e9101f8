"""The newest settled period beside the one before it, in one sentence and in figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from ledger.core.days import day_of, start_of
from ledger.core.figures import Ratio, Summary
from ledger.core.filters import Filter
from ledger.core.formatting import dash, day, days, percent, short, tokens
from ledger.flows.insights import headline
from ledger.flows.insights.headline import Statement
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.tally import summary_of

MATURE_DAYS = 7  # what became of younger work is not settled: it is left out of comparisons
PERIOD_DAYS = 28
NONE = "–"


class Pair(NamedTuple):
    """One figure in the newest settled period and in the one before, as people read it."""

    name: str
    now: str
    before: str
    anchor: str


class Change(NamedTuple):
    """What changed: a sentence, the two periods in words, and the figures behind it."""

    statement: Statement
    now: str
    before: str
    pairs: tuple[Pair, ...]


def change(
    frame: Frame,
    chosen: Filter,
    now_s: int,
    zone: tzinfo | None = None,
    *,
    edited_worth: int = EDITED_WORTH,
) -> Change:
    """Compare the newest settled period with the one before it, within the filter's other parts."""
    first, end = settled_period(chosen, now_s, zone)
    length = end - first
    now = _between(frame, chosen, (first, end), zone, edited_worth)
    before = _between(frame, chosen, (first - length, first), zone, edited_worth)
    weeks = "the four weeks" if length.days == PERIOD_DAYS else f"the {length.days} days"
    last = end - timedelta(days=1)
    said = headline.change(now, before, f"{weeks} to {day(last)}", f"{weeks} before")
    return Change(said, days(first, last), _days(first - length, first), _pairs(now, before))


def _days(first: date, end: date) -> str:
    return days(first, end - timedelta(days=1))


def settled_period(chosen: Filter, now_s: int, zone: tzinfo | None = None) -> tuple[date, date]:
    """Return the first day and the day after the last of the newest settled period."""
    end = day_of(now_s, zone) - timedelta(days=MATURE_DAYS)
    if chosen.until_s is not None:
        end = min(end, day_of(chosen.until_s, zone))
    length = PERIOD_DAYS
    if chosen.since_s is not None:
        length = max((end - day_of(chosen.since_s, zone)).days, MATURE_DAYS)
    return end - timedelta(days=length), end


def between(
    frame: Frame, chosen: Filter, first: date, end: date, zone: tzinfo | None = None
) -> Selection:
    """Return what a filter selects of the days from `first` up to but not including `end`."""
    since, until = (start_of(each, zone) for each in (first, end))
    return frame.select(replace(chosen, since_s=since, until_s=until))


def _between(
    frame: Frame, chosen: Filter, span: tuple[date, date], zone: tzinfo | None, edited_worth: int
) -> Summary:
    selection = between(frame, chosen, *span, zone)
    return summary_of(frame, selection, "all", zone=zone, edited_worth=edited_worth)


def _pairs(now: Summary, before: Summary) -> tuple[Pair, ...]:
    rows: tuple[tuple[str, Callable[[Summary], str], str], ...] = (
        ("Signal per token", lambda one: _ratio(one.ratio), "str"),
        ("Kept share", _bounds, "kept-share"),
        ("Tagged", lambda one: _share(one.coverage), "coverage"),
        ("Half-hours of work", lambda one: str(one.ratio.blocks), "work-blocks"),
        ("Tokens, weighted", lambda one: tokens(one.mte), "token-equivalents"),
    )
    return tuple(Pair(name, told(now), told(before), anchor) for name, told, anchor in rows)


def _ratio(ratio: Ratio) -> str:
    if ratio.low is not None and ratio.high is not None:
        interval = dash(ratio.low, ratio.high)
        return interval if ratio.point is None else f"{short(ratio.point)} ({interval})"
    if ratio.lower is None or ratio.upper is None:
        return NONE
    return f"{dash(ratio.lower, ratio.upper)} (bounds)"


def _bounds(one: Summary) -> str:
    if one.kept_share_lower is None or one.kept_share_upper is None:
        return NONE
    low, high = percent(one.kept_share_lower), percent(one.kept_share_upper)
    return low if low == high else f"{low} to {high}"


def _share(value: float | None) -> str:
    return NONE if value is None else percent(value)
