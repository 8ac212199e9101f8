"""Every session as one dot: its size, and what its tagged tokens became."""

from datetime import tzinfo

import numpy as np

from ledger.core.curves import SessionDot
from ledger.core.words import TOOLS, UNTAGGED
from ledger.metrics.arrays import Floats, Ints, counted, distinct, weighed
from ledger.metrics.blocks import EDITED_WORTH, TAGS, WHOLE, lower_worth
from ledger.metrics.frame import Frame, Lasting, Selection
from ledger.metrics.sized import TWENTIETHS_A_MILLION

MOST_DOTS = 20_000


class _Sessions(dict[None, Ints], Lasting):
    """The number of each interaction's session, made once per frame."""


def sessions(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> list[SessionDot]:
    """Return the sessions of a selection in the order of their first interaction.

    Of more than 20,000 every so-manieth stands for its neighbours: evenly spaced in that order.
    """
    rows, parts = selection.rows, selection.parts
    of = _numbers(frame)
    number = of[rows]
    size = int(of.max(initial=-1)) + 1
    many = counted(number, size)
    te = frame.te[parts]
    owner = frame.owners[parts]
    tag = frame.tag[owner]
    session = of[owner]
    all_te = weighed(session, te, size)
    tagged = weighed(session, te * (tag != UNTAGGED), size)
    worth = weighed(session, te * _worth_of_tags(edited_worth)[tag], size)
    first = np.zeros(size, dtype=np.intp)
    at = np.arange(len(frame))[rows]
    first[number[::-1]] = at[::-1]  # of several writes the last stays: the earliest
    there = np.flatnonzero(many)
    there = there[np.argsort(first[there], kind="stable")]
    there = there[_spread(len(there))]
    return _dots(frame, first[there], many[there], all_te[there], tagged[there], worth[there])


def _numbers(frame: Frame) -> Ints:
    kept = frame.kept(_Sessions)
    if None not in kept:
        kept[None] = distinct(frame.session)[0]
    return kept[None]


def _worth_of_tags(edited_worth: int) -> Floats:
    """Return what each tag is worth, 0..1."""
    worth: Floats = lower_worth(edited_worth)[1 << np.arange(TAGS)] / WHOLE
    return worth


def _spread(number: int) -> Ints:
    if number <= MOST_DOTS:
        return np.arange(number)
    return np.arange(MOST_DOTS) * number // MOST_DOTS


def _dots(
    frame: Frame, first: Ints, many: Ints, te: Floats, tagged: Floats, worth: Floats
) -> list[SessionDot]:
    names = [str(tool) for tool in TOOLS]
    columns = (
        frame.session[first],
        frame.id[first],
        frame.time_s[first],
        frame.tool[first],
        te / TWENTIETHS_A_MILLION,
        np.divide(worth, tagged, out=np.full_like(worth, np.nan), where=tagged > 0),
        np.divide(tagged, te, out=np.zeros_like(te), where=te > 0),
        many,
    )
    return [
        SessionDot(one, start, when, names[tool], mte, None if kept != kept else kept, known, count)
        for one, start, when, tool, mte, kept, known, count in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]
