"""Which interactions a review is about, and which of the period its author left out."""

from collections.abc import Collection
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.days import start_of
from ledger.core.errors import LedgerError
from ledger.core.filters import Filter
from ledger.core.report import Period
from ledger.flows.filters import periods
from ledger.flows.review.recipe import Recipe
from ledger.metrics.frame import Frame, Selection

LONGEST_DAYS = 3 * 366


class ReviewSelection(NamedTuple):
    """What is in, and everything of the period."""

    mine: Selection
    whole: Selection


def period_of(text: str, today: date) -> Period:
    """Return the days that a review of this name covers; raises LedgerError."""
    first, last = periods.days_of(text, today)
    if first is None:
        raise LedgerError("A review needs a period that begins.", periods.HINT)
    last = last or today
    if (last - first).days > LONGEST_DAYS:
        raise LedgerError("A review covers at most three years.", periods.HINT)
    return Period(name=text.strip().upper().replace("D", "d"), first=first, last=last)


def select_review(
    frame: Frame, period: Period, recipe: Recipe, zone: tzinfo | None = None
) -> ReviewSelection:
    """Return what the review is about."""
    return between(frame, (period.first, period.last), recipe, zone)


def between(
    frame: Frame, days: tuple[date, date], recipe: Recipe, zone: tzinfo | None = None
) -> ReviewSelection:
    """Return what is chosen of some days, the first and the last included."""
    until = start_of(days[1] + timedelta(days=1), zone)
    whole = frame.select(Filter(since_s=start_of(days[0], zone), until_s=until))
    return ReviewSelection(without(frame, whole, _left_out(frame, recipe)), whole)


def without(frame: Frame, selection: Selection, ids: Collection[int]) -> Selection:
    """Return a selection without some interactions and all that they used."""
    if not ids:
        return selection
    stays = np.ones(len(frame), dtype=np.bool_)
    stays[frame.positions(ids)] = False
    return Selection(selection.interactions & stays, selection.portions & stays[frame.owners])


def _left_out(frame: Frame, recipe: Recipe) -> set[int]:
    ids = set(recipe.left_out)
    for label in recipe.without:
        ids |= frame.labels.get(label, frozenset())
    return ids
