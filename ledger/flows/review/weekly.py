"""How it went week by week: counts, the rolling ratio at the end of each week, known causes."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from ledger.core.figures import RatioSeries
from ledger.core.report import (
    TOTAL_FIGURES,
    FirstUse,
    Period,
    Trend,
    Week,
    rounded,
    rounded_or_none,
)
from ledger.core.usage import TWENTIETHS
from ledger.flows.insights.charts import change_words
from ledger.flows.review.grouped import ReviewContext
from ledger.flows.review.names import Names
from ledger.flows.review.recipe import Recipe
from ledger.flows.review.selection import between
from ledger.metrics.arrays import Ints
from ledger.metrics.changes import change_scan, marks
from ledger.metrics.frame import Selection
from ledger.metrics.trends import WINDOW_DAYS, ratio_series

WEEK_DAYS = 7
Counts = dict[date, Ints]


def trend(context: ReviewContext, period: Period, names: Names, recipe: Recipe) -> Trend:
    """Return the weeks of a period; the window of the first ones reaches back before it."""
    since = period.first - timedelta(days=WINDOW_DAYS - 1)
    selection = between(context.frame, (since, period.last), recipe, context.zone).mine
    series = ratio_series(
        context.frame,
        selection,
        zone=context.zone,
        window_days=WINDOW_DAYS,
        edited_worth=context.edited_worth,
    )
    scan = change_scan(
        context.frame, context.mine, zone=context.zone, edited_worth=context.edited_worth
    )
    return Trend(
        weeks=tuple(_weeks(context, period, series)),
        window_days=WINDOW_DAYS,
        first_uses=_first_uses(context, names),
        change=change_words(scan) if scan else "",
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(context: ReviewContext, period: Period, series: RatioSeries) -> list[Week]:
    """Return every week of the period up to the last one with anything in it."""
    tags = _by_week(context, context.mine)
    place = {day: at for at, day in enumerate(series.days)}
    if not tags:
        return []
    weeks, monday = [], _monday(period.first)
    while monday <= max(tags):
        last = min(monday + timedelta(days=WEEK_DAYS - 1), period.last, *series.days[-1:])
        weeks.append(_week(monday, tags.get(monday), series, place.get(last)))
        monday += timedelta(days=WEEK_DAYS)
    return weeks


def _week(monday: date, counts: Ints | None, series: RatioSeries, at: int | None) -> Week:
    untagged, kept, edited, thrown, te = (0,) * 5 if counts is None else counts.tolist()
    week = Week(
        monday=monday,
        interactions=untagged + kept + edited + thrown,
        kept=kept,
        edited=edited,
        thrown_away=thrown,
        untagged=untagged,
        token_equivalents=rounded(te / TWENTIETHS, TOTAL_FIGURES),
    )
    if at is None:
        return week
    columns = (series.lower, series.upper, series.point, series.low, series.high, series.coverage)
    lower, upper, point, low, high, coverage = (rounded_or_none(line[at]) for line in columns)
    return replace(
        week, lower=lower, upper=upper, point=point, low=low, high=high, coverage=coverage
    )


def _by_week(context: ReviewContext, selection: Selection) -> Counts:
    """Return (untagged, kept, edited, thrown away, token-equivalents) by Monday."""
    frame, days = context.frame, context.frame.days(context.zone)
    width = 5
    rows, parts = days.row[selection.rows], days.portion[selection.parts]
    sums = np.zeros((len(days.days), width), dtype=np.int64)
    np.add.at(sums, (rows, frame.tag[selection.rows]), 1)
    np.add.at(sums, (parts, np.full(len(parts), width - 1)), frame.te[selection.parts])
    by_monday: Counts = {}
    for at in np.flatnonzero(sums.sum(axis=1)).tolist():
        monday = _monday(days.days[at])
        by_monday[monday] = by_monday.get(monday, 0) + sums[at]
    return by_monday


def _first_uses(context: ReviewContext, names: Names) -> tuple[FirstUse, ...]:
    uses = marks(context.frame, context.mine, zone=context.zone, edited_worth=context.edited_worth)
    return tuple(
        dict.fromkeys(
            FirstUse(
                monday=_monday(mark.day),
                kind=mark.kind,
                name=names.tool(mark.name) if mark.kind == "tool" else names.models[mark.name],
            )
            for mark in uses
        )
    )
