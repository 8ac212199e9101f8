"""Tokens that bought nothing: thrown away, or spent on what had to be asked again."""

import numpy as np

from ledger.core.figures import Doubt
from ledger.core.words import UNTAGGED, Tag
from ledger.metrics.arrays import Bools, Ints
from ledger.metrics.frame import Frame
from ledger.metrics.gates import COVERAGE
from ledger.metrics.look import Answer, Look
from ledger.metrics.shares import share

SOON_S = 600


def rework(look: Look) -> Answer:
    """Answer: which share of what was spent was thrown away or had to be done again?

    At least what was thrown away, at most that and everything untagged. An untagged interaction
    that was asked again almost word for word is taken as redone; the person's own tag goes before.
    """
    frame, parts = look.frame, look.selection.parts
    te, owner = frame.te[parts], frame.owners[parts]
    whole = int(te.sum())
    if not whole:
        return Answer(of="interactions")
    thrown = frame.tag == Tag.THROWN_AWAY
    open_ = frame.tag == UNTAGGED
    redone = _redone(look) & open_
    gone, again, unsaid = (int(te[some[owner]].sum()) for some in (thrown, redone, open_))
    tagged = share(whole - unsaid, whole) or 0.0
    asked_twice = int(np.count_nonzero(redone & look.selection.interactions))
    return Answer(
        (gone + again) / whole if tagged >= COVERAGE else None,
        gone / whole,
        (gone + unsaid) / whole,
        look.summary.interactions,
        "interactions",
        f"{asked_twice} untagged were asked again within 10 minutes." if asked_twice else "",
        Doubt.BOUNDS,
    )


def soon_again(frame: Frame) -> tuple[Ints, Ints]:
    """Return pairs of prompts of a session that began within 10 minutes: the earlier, the later.

    Positions in the frame; each prompt is paired with the next one only. Whether the second
    repeats the first is for evidence to say.
    """
    rows = np.flatnonzero(frame.prompted)
    order = rows[np.lexsort((rows, frame.session[rows]))]
    first, second = order[:-1], order[1:]
    near = (frame.session[first] == frame.session[second]) & (
        frame.time_s[second] - frame.time_s[first] <= SOON_S
    )
    return first[near], second[near]


def _redone(look: Look) -> Bools:
    redone = np.zeros(len(look.frame), dtype=np.bool_)
    if look.redone:
        redone[look.frame.positions(look.redone)] = True
    return redone
