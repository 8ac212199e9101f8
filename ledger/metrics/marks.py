"""Known causes of a change: the days on which a tool or a model was used first."""

from datetime import date, timedelta, tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.curves import Mark
from ledger.core.words import TOOLS
from ledger.metrics.arrays import Bools, Ints, counted
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Lasting, Selection
from ledger.metrics.grouping import grouping

FIRST_DAYS = 7  # of a ledger: everything is new in them
FEWEST_USES = 5  # a model tried a few times changed nothing


def marks(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> tuple[Mark, ...]:
    """Return first uses within the days of a selection, of what the selection holds too.

    First means first in the whole ledger, so a filter by project makes nothing look new.
    """
    rows = np.arange(len(frame))[selection.rows]
    if not len(rows):
        return ()
    days = frame.days(zone)
    models = grouping(frame, "model")
    of = np.arange(len(frame)) if models.rows is None else models.rows
    uses = _uses(frame)
    here = counted(frame.tool[rows], len(TOOLS)) > 0
    used = counted(models.group[selection.interactions[of]], models.size) > 0
    first, last = days.days[days.row[rows[0]]], days.days[days.row[rows[-1]]]
    begin = max(first, days.days[days.row[0]] + timedelta(days=FIRST_DAYS))
    found = [
        *_marks("tool", [str(one) for one in TOOLS], uses.tools, here, days.row, days.days),
        *_marks("model", list(models.keys), uses.models, used & uses.often, days.row, days.days),
    ]
    return tuple(sorted(mark for mark in found if begin <= mark.day <= last))


class _Uses(NamedTuple):
    """Of the whole ledger: the first row of each tool and each model, and what was used often."""

    tools: Ints
    models: Ints
    often: Bools


class _Made(dict[None, _Uses], Lasting):
    """The uses, made once per frame."""


def _uses(frame: Frame) -> _Uses:
    made = frame.kept(_Made)
    if None not in made:
        models, every = grouping(frame, "model"), np.arange(len(frame))
        made[None] = _Uses(
            _first(frame.tool, every, len(TOOLS)),
            _first(models.group, every if models.rows is None else models.rows, models.size),
            counted(models.group, models.size) >= FEWEST_USES,
        )
    return made[None]


def _first(group: Ints, row: Ints, size: int) -> Ints:
    """Return the first row of each group; rows rise with time."""
    first = np.zeros(size, dtype=np.intp)
    first[group[::-1]] = row[::-1]  # of several writes the last stays: the earliest
    return first


def _marks(
    kind: str, names: list[str], first: Ints, shown: Bools, day: Ints, days: tuple[date, ...]
) -> list[Mark]:
    return [Mark(days[day[first[at]]], kind, names[at]) for at in np.flatnonzero(shown).tolist()]
