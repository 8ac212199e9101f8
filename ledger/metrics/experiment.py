"""Before and after a day that was chosen beforehand: did a change of habit change the STR?"""

from dataclasses import replace
from datetime import date, timedelta, tzinfo

import numpy as np

from ledger.core.curves import Comparison
from ledger.core.days import start_of
from ledger.core.filters import Filter
from ledger.metrics.arms import Blocks, side
from ledger.metrics.arrays import Floats, weighed
from ledger.metrics.blocks import EDITED_WORTH, THERE, WHOLE
from ledger.metrics.frame import Frame
from ledger.metrics.grouping import grouping
from ledger.metrics.outcome import Outcome
from ledger.metrics.sized import TWENTIETHS_A_MILLION, delivering_parts
from ledger.metrics.verdicts import judged, nothing

AFTER, BEFORE = "after", "before"
SETTLING_DAYS = 7  # what became of younger work is not settled
LEAST_STRATA = 1  # the same project before and after is the same work
TOGETHER = "Whatever else changed on that day is in the difference too."


def before_after(
    frame: Frame,
    wanted: Filter,
    start: date,
    days: int,
    *,
    today: date,
    exposure: Floats | None = None,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Comparison:
    """Compare the `days` days from `start` on with as many days before, within each project.

    The first side is after. Nothing at all is shown until the window has ended and its last work
    has had a week to settle: who looks early can stop when they like what they see. The times of
    `wanted` are replaced.
    """
    left = (start + timedelta(days=days + SETTLING_DAYS) - today).days
    if left > 0:
        unit = "day" if left == 1 else "days"
        return nothing(AFTER, BEFORE, f"Too early: {left} {unit} left.")
    since, middle, until = (
        start_of(start + timedelta(days=shift), zone) for shift in (-days, 0, days)
    )
    selection = frame.select(replace(wanted, since_s=since, until_s=until))
    groups, local = grouping(frame, "all"), frame.days(zone)
    outcome = Outcome(
        frame, selection, groups, selection.interactions & frame.delivering, local, edited_worth
    )
    parts = np.arange(len(frame.owner))[delivering_parts(frame, selection)]
    block, size = frame.blocks.of[frame.owners[parts]], len(frame.blocks)
    mte = weighed(block, frame.te[parts] / TWENTIETHS_A_MILLION, size)
    paid = mte if exposure is None else weighed(block, exposure[parts], size)
    begun = THERE[outcome.codes]
    at = np.flatnonzero(begun | (mte > 0))
    # A block across the moment (zones off by a quarter-hour) counts where it begins.
    arm = (frame.blocks.start_s[at] < middle).astype(np.intp)
    blocks = Blocks(
        arm=arm,
        block=at,
        day=local.block[at],
        stratum=frame.blocks.project[at].astype(np.intp),
        is_begun=begun[at],
        worth=outcome.guess[at] / WHOLE,
        mte=mte[at],
        exposure=paid[at],
    )
    chosen = np.flatnonzero(selection.portions)
    was = frame.blocks.start_s[frame.blocks.of[frame.owners[chosen]]] < middle
    sides = (
        side(frame, AFTER, chosen[~was], exposure),
        side(frame, BEFORE, chosen[was], exposure),
    )
    found = judged(blocks, sides, list(frame.projects), least_strata=LEAST_STRATA)
    return replace(found, notes=(TOGETHER, *found.notes[1:]))
