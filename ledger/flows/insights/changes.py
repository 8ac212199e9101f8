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
    filter_: Filter,
    now_s: int,
    zone: tzinfo | None = None,
    *,
    edited_worth: int = EDITED_WORTH,
) -> Change:
    """Compare the newest settled period with the one before it, within the filter's other parts."""
    first, end = settled_period(filter_, now_s, zone)
    length = end - first
    now = _summary_between(frame, filter_, (first, end), zone, edited_worth)
    before = _summary_between(frame, filter_, (first - length, first), zone, edited_worth)
    weeks = "the four weeks" if length.days == PERIOD_DAYS else f"the {length.days} days"
    last = end - timedelta(days=1)
    statement = headline.change(now, before, f"{weeks} to {day(last)}", f"{weeks} before")
    return Change(
        statement, days(first, last), _days_until(first - length, first), _pairs(now, before)
    )


def _days_until(first: date, end: date) -> str:
    return days(first, end - timedelta(days=1))


def settled_period(filter_: Filter, now_s: int, zone: tzinfo | None = None) -> tuple[date, date]:
    """Return the first day and the day after the last of the newest settled period."""
    end = day_of(now_s, zone) - timedelta(days=MATURE_DAYS)
    if filter_.until_s is not None:
        end = min(end, day_of(filter_.until_s, zone))
    length = PERIOD_DAYS
    if filter_.since_s is not None:
        length = max((end - day_of(filter_.since_s, zone)).days, MATURE_DAYS)
    return end - timedelta(days=length), end


def between(
    frame: Frame, filter_: Filter, first: date, end: date, zone: tzinfo | None = None
) -> Selection:
    """Return what a filter selects of the days from `first` up to but not including `end`."""
    since, until = (start_of(edge, zone) for edge in (first, end))
    return frame.select(replace(filter_, since_s=since, until_s=until))


def _summary_between(
    frame: Frame, filter_: Filter, span: tuple[date, date], zone: tzinfo | None, edited_worth: int
) -> Summary:
    selection = between(frame, filter_, *span, zone)
    return summary_of(frame, selection, "all", zone=zone, edited_worth=edited_worth)


def _pairs(now: Summary, before: Summary) -> tuple[Pair, ...]:
    rows: tuple[tuple[str, Callable[[Summary], str], str], ...] = (
        ("Signal per token", lambda summary: _ratio(summary.ratio), "str"),
        ("Kept share", _bounds, "kept-share"),
        ("Tagged", lambda summary: _share(summary.coverage), "coverage"),
        ("Half-hours of work", lambda summary: str(summary.ratio.blocks), "work-blocks"),
        ("Tokens, weighted", lambda summary: tokens(summary.mte), "token-equivalents"),
    )
    return tuple(
        Pair(name, written(now), written(before), anchor) for name, written, anchor in rows
    )


def _ratio(ratio: Ratio) -> str:
    if ratio.low is not None and ratio.high is not None:
        interval = dash(ratio.low, ratio.high)
        return interval if ratio.point is None else f"{short(ratio.point)} ({interval})"
    if ratio.lower is None or ratio.upper is None:
        return NONE
    return f"{dash(ratio.lower, ratio.upper)} (bounds)"


def _bounds(summary: Summary) -> str:
    if summary.kept_share_lower is None or summary.kept_share_upper is None:
        return NONE
    low, high = percent(summary.kept_share_lower), percent(summary.kept_share_upper)
    return low if low == high else f"{low} to {high}"


def _share(value: float | None) -> str:
    return NONE if value is None else percent(value)
