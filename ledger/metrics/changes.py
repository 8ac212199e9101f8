"""Whether the typical STR changed, about when, and which known causes lie there.

The typical STR and not the sum: a single giant block moves the sum more than a real change does,
and then hides it (tests/metrics/test_simulation.py says how often changes are found).
"""

from datetime import date, timedelta, tzinfo
from math import exp, log
from typing import NamedTuple

import numpy as np

from ledger.core.figures import Change, Mark
from ledger.core.vocabulary import TOOLS
from ledger.metrics.arrays import Bools, Floats, Ints, counted, summed, weighed
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Selection, TagIndependent
from ledger.metrics.grouping import grouping
from ledger.metrics.intervals import interval
from ledger.metrics.ratio import COVERAGE
from ledger.metrics.sized import SizedBlocks, sized_blocks

FEWEST_WEEKS = 10
SEGMENT_WEEKS = 3
FEWEST_BLOCKS = 4  # in a week, else it is left out
WEEKS_EITHER_WAY = 2  # weeks
PERMUTATIONS = 999
SIGNIFICANCE = 0.05
SEED = 26_11_3_10
QUARTER_WEEKS = 13
LEAST_FACTOR_IN_QUARTER = 1.5  # within a quarter less is not claimed
WEEK_DAYS = 7
ROUNDING_SLACK = 1 - 1e-12  # an order that differs by rounding only is as strong
FIRST_DAYS = 7  # of a ledger: everything is new in them
FEWEST_USES = 5  # a model tried a few times changed nothing
FEWEST_DAYS = 5


class Weeks(NamedTuple):
    """The weeks that have enough to say something, in the order of time."""

    monday: list[date]
    log_typical: Floats


def change_scan(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Change | None:
    """Return the change that the weeks of a selection show; None where they show none.

    Leave out what is not settled yet by selecting up to a week ago.
    """
    weeks = _weeks(frame, sized_blocks(frame, selection, zone, edited_worth), zone)
    if len(weeks.monday) < FEWEST_WEEKS:
        return None
    values = weeks.log_typical
    splits, strength = _best_splits(values[np.newaxis])
    beaten = np.count_nonzero(
        _best_splits(_permutations(values))[1] >= strength[0] * ROUNDING_SLACK
    )
    p = (1 + int(beaten)) / (1 + PERMUTATIONS)
    split = int(splits[0])
    shift = float(values[split:].mean() - values[:split].mean())
    if p > SIGNIFICANCE or _is_slight(weeks, shift):
        return None
    return Change(
        week=weeks.monday[split], weeks_either_way=WEEKS_EITHER_WAY, factor=exp(shift), p=p
    )


def _permutations(values: Floats) -> Floats:
    """Return the values in many orders, the same ones on every machine: shape (orders, weeks)."""
    # Only the raw stream of the generator is promised never to change.
    raw = np.random.PCG64(SEED).random_raw(PERMUTATIONS * len(values))
    rows: Floats = values[np.argsort(raw.reshape(PERMUTATIONS, -1), axis=1)]
    return rows


def _is_slight(weeks: Weeks, shift: float) -> bool:
    span = (weeks.monday[-1] - weeks.monday[0]).days // WEEK_DAYS + 1
    return abs(shift) < log(LEAST_FACTOR_IN_QUARTER) and span <= QUARTER_WEEKS


def _weeks(frame: Frame, blocks: SizedBlocks, zone: tzinfo | None) -> Weeks:
    """Return the logarithm of each local week's typical STR.

    One block of average worth is added to each week, so that a week without any has a logarithm.
    Weeks with few blocks, or with less than half of their blocks decided, say nothing.
    """
    if not len(blocks.mte):
        return Weeks([], np.zeros(0))
    days = frame.days(zone).days
    first = days[0] - timedelta(days=days[0].weekday())
    week: Ints = (blocks.day + (days[0] - first).days) // WEEK_DAYS
    size = int(week.max()) + 1
    number = counted(week, size)
    decided = counted(week[blocks.decided], size)
    worth = weighed(week, blocks.guess, size)
    tokens = weighed(week, np.log(blocks.mte), size)
    told_weeks = np.flatnonzero((number >= FEWEST_BLOCKS) & (decided >= COVERAGE * number))
    mean = worth.sum() / number.sum()
    if mean <= 0:
        return Weeks([], np.zeros(0))
    values = (
        np.log((worth[told_weeks] + mean) / (number[told_weeks] + 1))
        - tokens[told_weeks] / number[told_weeks]
    )
    return Weeks([first + timedelta(days=WEEK_DAYS * at) for at in told_weeks.tolist()], values)


def _best_splits(rows: Floats) -> tuple[Ints, Floats]:
    """Return of each row where its best split lies and how much of the squares that explains."""
    length = rows.shape[1]
    centred = rows - rows.mean(axis=1, keepdims=True)
    before = np.arange(SEGMENT_WEEKS, length - SEGMENT_WEEKS + 1)
    sums = np.cumsum(centred, axis=1)[:, before - 1]
    explained = sums**2 * length / (before * (length - before))
    at = explained.argmax(axis=1)
    return before[at], explained[np.arange(len(rows)), at]


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
    model_rows = np.arange(len(frame)) if models.rows is None else models.rows
    uses = _uses(frame)
    shown_tools = counted(frame.tool[rows], len(TOOLS)) > 0
    shown_models = counted(models.group[selection.interactions[model_rows]], models.size) > 0
    first, last = days.days[days.row[rows[0]]], days.days[days.row[rows[-1]]]
    begin = max(first, days.days[days.row[0]] + timedelta(days=FIRST_DAYS))
    first_uses = [
        *_marks(
            "tool", [str(tool) for tool in TOOLS], uses.tools, shown_tools, days.row, days.days
        ),
        *_marks(
            "model", list(models.keys), uses.models, shown_models & uses.often, days.row, days.days
        ),
    ]
    return tuple(sorted(mark for mark in first_uses if begin <= mark.day <= last))


class _Uses(NamedTuple):
    """Of the whole ledger: the first row of each tool and each model, and what was used often."""

    tools: Ints
    models: Ints
    often: Bools


class _UsesCache(dict[None, _Uses], TagIndependent):
    """The uses, made once per frame."""


def _uses(frame: Frame) -> _Uses:
    cache = frame.cache(_UsesCache)
    if None not in cache:
        models, every = grouping(frame, "model"), np.arange(len(frame))
        cache[None] = _Uses(
            _first_rows(frame.tool, every, len(TOOLS)),
            _first_rows(models.group, every if models.rows is None else models.rows, models.size),
            counted(models.group, models.size) >= FEWEST_USES,
        )
    return cache[None]


def _first_rows(group: Ints, row: Ints, size: int) -> Ints:
    """Return the first row of each group; rows rise with time."""
    first = np.zeros(size, dtype=np.intp)
    first[group[::-1]] = row[::-1]  # of several writes the last stays: the earliest
    return first


def _marks(
    kind: str, names: list[str], first: Ints, shown: Bools, day: Ints, days: tuple[date, ...]
) -> list[Mark]:
    return [Mark(days[day[first[at]]], kind, names[at]) for at in np.flatnonzero(shown).tolist()]


class CacheShare(NamedTuple):
    """The share of input tokens that was read from a cache, and its interval over days."""

    value: float
    low: float
    high: float
    days: int


def cache_share_by_day(
    frame: Frame, selection: Selection, zone: tzinfo | None = None
) -> CacheShare | None:
    """Return the share with its interval; None with fewer than five days or nothing read."""
    parts, days = selection.parts, frame.days(zone)
    size = len(days.days)
    read = summed(days.portion[parts], frame.cache_read[parts], size).astype(np.float64)
    fresh = (frame.input[parts] + frame.cache_write[parts]).astype(np.int64)
    total = read + summed(days.portion[parts], fresh, size)
    active = total > 0
    if np.count_nonzero(active) < FEWEST_DAYS or not read.any():
        return None
    ends = interval(read[active], total[active])
    if ends is None:
        return None
    value = float(read.sum() / total.sum())
    return CacheShare(value, ends[0], min(ends[1], 1.0), int(np.count_nonzero(active)))
