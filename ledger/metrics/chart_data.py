"""What the flow, session and week-hour charts draw: tokens, dots and counts."""

from datetime import UTC, datetime, tzinfo

import numpy as np

from ledger.core.figures import Flow, Link, SessionDot, WeekHours
from ledger.core.vocabulary import TOOLS, UNTAGGED, Tag
from ledger.metrics.arrays import Floats, Ints, counted, distinct, summed, weighed
from ledger.metrics.blocks import EDITED_WORTH, FULL_WORTH, TAGS, lower_worth
from ledger.metrics.frame import Frame, Selection, TagIndependent
from ledger.metrics.shares import kept_share_of_tagged
from ledger.metrics.sized import TWENTIETHS_A_MILLION
from ledger.metrics.uncertain import likely_te

LARGEST = 8  # names of a layer; all beyond are drawn together
OTHERS = "others"
OUTCOMES = (*(tag.title for tag in Tag), "untagged")
OUTCOME_OF_TAG = (3, 0, 1, 2)
MOST_DOTS = 20_000
DAYS, HOURS = 7, 24
HOUR_S, DAY_S = 3600, 86_400


def flow(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Flow:
    """Return the token-equivalents of a selection by tool, model and outcome.

    Names are tool keys and model names; beyond the eight largest they fold into “others”.
    """
    parts = selection.parts
    owner, te = frame.owners[parts], frame.te[parts]
    models = max(len(frame.models), 1)
    cell = (frame.tool[owner] * np.intp(models) + frame.model[parts]) * TAGS + frame.tag[owner]
    mte = weighed(cell, te, len(TOOLS) * models * TAGS).reshape(len(TOOLS), models, TAGS)
    mte /= TWENTIETHS_A_MILLION
    tool_names, tool_at = _largest([str(tool) for tool in TOOLS], mte.sum(axis=(1, 2)))
    model_names, model_at = _largest(list(frame.models), mte.sum(axis=(0, 2)))
    to_model = _sum_by_place(mte.sum(axis=2), tool_at, model_at, len(tool_names), len(model_names))
    outcome_at = np.asarray(OUTCOME_OF_TAG)
    to_outcome = _sum_by_place(
        mte.sum(axis=0), model_at, outcome_at, len(model_names), len(OUTCOMES)
    )
    return Flow(
        tools=tuple(tool_names),
        models=tuple(model_names),
        outcomes=OUTCOMES,
        links=(
            *_links(tool_names, model_names, to_model),
            *_links(model_names, list(OUTCOMES), to_outcome),
        ),
    )


def _largest(names: list[str], mte: Floats) -> tuple[list[str], Ints]:
    """Return the names that are drawn, from large to small, and the place of each original."""
    order = sorted(np.flatnonzero(mte[: len(names)]).tolist(), key=lambda at: (-mte[at], names[at]))
    shown = [names[at] for at in order[:LARGEST]]
    place = np.full(len(mte), len(shown), dtype=np.intp)
    place[order[:LARGEST]] = np.arange(len(shown))
    return [*shown, OTHERS] if len(order) > LARGEST else shown, place


def _sum_by_place(mte: Floats, rows: Ints, columns: Ints, height: int, width: int) -> Floats:
    # What has no tokens may point one place beyond: it adds nothing and is cut off.
    sums = np.zeros((height + 1, width + 1))
    np.add.at(sums, (rows[:, np.newaxis], columns), mte)
    return sums[:height, :width]


def _links(sources: list[str], targets: list[str], mte: Floats) -> list[Link]:
    return [
        Link(sources[row], targets[column], float(mte[row, column]))
        for row, column in np.argwhere(mte > 0).tolist()
    ]


class _SessionNumberCache(dict[None, Ints], TagIndependent):
    """The number of each interaction's session, made once per frame."""


def sessions(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> list[SessionDot]:
    """Return the sessions of a selection in the order of their first interaction.

    Of more than 20,000 every so-manieth stands for its neighbours: evenly spaced in that order. In
    what was kept and tagged, a request without counts is taken for an average one of the others.
    """
    rows, parts = selection.rows, selection.parts
    of = _session_numbers(frame)
    number = of[rows]
    size = int(of.max(initial=-1)) + 1
    interactions = counted(number, size)
    counted_te, te = frame.te[parts], likely_te(frame, parts)
    owner = frame.owners[parts]
    tag = frame.tag[owner]
    session = of[owner]
    sizes, all_te = weighed(session, counted_te, size), weighed(session, te, size)
    tagged = weighed(session, te * (tag != UNTAGGED), size)
    worth = weighed(session, te * _worth_of_tags(edited_worth)[tag], size)
    first = np.zeros(size, dtype=np.intp)
    at = np.arange(len(frame))[rows]
    first[number[::-1]] = at[::-1]  # of several writes the last stays: the earliest
    shown = np.flatnonzero(interactions)
    shown = shown[np.argsort(first[shown], kind="stable")]
    shown = shown[_evenly_spaced(len(shown))]
    kept = np.divide(worth, tagged, out=np.full_like(worth, np.nan), where=tagged > 0)
    covered = np.divide(tagged, all_te, out=np.zeros_like(all_te), where=all_te > 0)
    return _dots(
        frame, first[shown], interactions[shown], sizes[shown], kept[shown], covered[shown]
    )


def _session_numbers(frame: Frame) -> Ints:
    cache = frame.cache(_SessionNumberCache)
    if None not in cache:
        cache[None] = distinct(frame.session)[0]
    return cache[None]


def _worth_of_tags(edited_worth: int) -> Floats:
    """Return what each tag is worth, 0..1."""
    worth: Floats = lower_worth(edited_worth)[1 << np.arange(TAGS)] / FULL_WORTH
    return worth


def _evenly_spaced(number: int) -> Ints:
    if number <= MOST_DOTS:
        return np.arange(number)
    return np.arange(MOST_DOTS) * number // MOST_DOTS


def _dots(
    frame: Frame, first: Ints, interactions: Ints, te: Floats, kept: Floats, covered: Floats
) -> list[SessionDot]:
    names = [str(tool) for tool in TOOLS]
    columns = (
        frame.session[first],
        frame.id[first],
        frame.time_s[first],
        frame.tool[first],
        te / TWENTIETHS_A_MILLION,
        kept,
        covered,
        interactions,
    )
    return [
        SessionDot(
            session,
            first_id,
            time_s,
            names[tool],
            mte,
            None if kept_share != kept_share else kept_share,
            coverage,
            count,
        )
        for session, first_id, time_s, tool, mte, kept_share, coverage, count in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def week_hours(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> WeekHours:
    """Return blocks begun, and the kept share of tagged tokens, by local weekday and hour.

    Tokens count at the hour in which their block begins.
    """
    cell = _week_cells(frame, zone)
    begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    begun[frame.blocks.of[selection.interactions & frame.prompted]] = True
    blocks = counted(cell[begun], DAYS * HOURS).reshape(DAYS, HOURS)
    owner = frame.owners[selection.parts]
    kind = cell[frame.blocks.of[owner]] * TAGS + frame.tag[owner]
    te = likely_te(frame, selection.parts)
    by_tag = summed(kind, te, DAYS * HOURS * TAGS).reshape(-1, TAGS)
    kept_shares = [kept_share_of_tagged(row, edited_worth) for row in by_tag.tolist()]
    return WeekHours(
        blocks=tuple(tuple(row) for row in blocks.tolist()),
        kept_share=tuple(
            tuple(kept_shares[day * HOURS : (day + 1) * HOURS]) for day in range(DAYS)
        ),
    )


def _week_cells(frame: Frame, zone: tzinfo | None) -> Ints:
    """Return weekday * 24 + hour of the local begin of every block."""
    local, start = frame.days(zone), frame.blocks.start_s
    if not len(start):
        return np.zeros(0, dtype=np.intp)
    day = local.block
    weekday = (local.days[0].weekday() + np.arange(len(local.days))) % DAYS
    hour = (start - local.starts[day]) // HOUR_S
    # Where clocks change, a day is longer or shorter and its hours must be asked for.
    changed = np.flatnonzero((np.diff(local.starts) != DAY_S)[day])
    moments, at = np.unique(start[changed], return_inverse=True)
    local_hours = [
        datetime.fromtimestamp(moment, UTC).astimezone(zone).hour for moment in moments.tolist()
    ]
    hour[changed] = np.asarray(local_hours, dtype=np.int64)[at]
    cells: Ints = (weekday[day] * HOURS + hour).astype(np.intp)
    return cells
