"""Token-equivalents by what became of them, per day, week or month; and the year as a calendar."""

from datetime import date, timedelta, tzinfo
from typing import Literal

import numpy as np

from ledger.core.figures import Calendar, Stack
from ledger.core.words import Tag
from ledger.metrics.arrays import Ints, counted, summed
from ledger.metrics.blocks import EDITED_WORTH, TAGS
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.ratio import mte
from ledger.metrics.shares import share
from ledger.metrics.spending import weighed_by_tag

Step = Literal["day", "week", "month"]


def stack(
    frame: Frame, selection: Selection, *, step: Step = "day", zone: tzinfo | None = None
) -> Stack:
    """Return token-equivalents by tag for every period from the first to the last with any."""
    days = frame.days(zone).days
    by_day = _by_day(frame, selection, zone)
    first, end = _span(by_day.sum(axis=1))
    begins = [_begin(day, step) for day in days[first:end]]
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


def calendar(frame: Frame, selection: Selection, zone: tzinfo | None = None) -> Calendar:
    """Return the work blocks begun on each day and what became of its token-equivalents."""
    days = frame.days(zone)
    by_day = _by_day(frame, selection, zone)
    begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    begun[frame.blocks.of[selection.interactions & frame.prompted]] = True
    blocks = counted(days.block[begun], len(days.days))
    first, end = _span(blocks + by_day.sum(axis=1))
    span = by_day[first:end]
    worth = weighed_by_tag(span, EDITED_WORTH).tolist()
    tagged, whole = span[:, Tag.KEPT :].sum(axis=1).tolist(), span.sum(axis=1).tolist()
    return Calendar(
        days=days.days[first:end],
        blocks=tuple(blocks[first:end].tolist()),
        kept_share=tuple(share(a, 100 * b) for a, b in zip(worth, tagged, strict=True)),
        coverage=tuple(share(a, b) for a, b in zip(tagged, whole, strict=True)),
    )


def _by_day(frame: Frame, selection: Selection, zone: tzinfo | None) -> Ints:
    """Return the selection's token-equivalents, shape (days, 4): by local day and tag."""
    days, parts = frame.days(zone), selection.parts
    kind = days.portion[parts] * TAGS + frame.tag[frame.owners[parts]]
    size = len(days.days) * TAGS
    return summed(kind, frame.te[parts], size).reshape(-1, TAGS)


def _span(sums: Ints) -> tuple[int, int]:
    there = np.flatnonzero(sums)
    return (int(there[0]), int(there[-1]) + 1) if len(there) else (0, 0)


def _begin(day: date, step: Step) -> date:
    match step:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
