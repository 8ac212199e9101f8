"""From the frame and the filter to what the pages say: pure, without a clock."""

from typing import Literal

import numpy as np

from ledger.core.figures import Summary
from ledger.core.usage import TWENTIETHS
from ledger.core.words import TOOL_TITLES, Tag
from ledger.metrics.arrays import Floats
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.gates import COVERAGE, blocks_needed

DAYS_BY_DAY = 92  # up to a quarter by day, up to two years by week, then by month
DAYS_BY_WEEK = 731
Step = Literal["day", "week", "month"]
TE_PER_MTE = TWENTIETHS * 1_000_000
TOOL_NAMES = {str(tool): title for tool, title in TOOL_TITLES.items()}


def fitting_step(frame: Frame, selection: Selection) -> Step:
    """Return the step that gives a stack of a readable number of bars."""
    times = frame.time_s[selection.rows]
    length = (int(times[-1]) - int(times[0])) // 86_400 if len(times) else 0
    if length <= DAYS_BY_DAY:
        return "day"
    return "week" if length <= DAYS_BY_WEEK else "month"


def weights(frame: Frame, selection: Selection) -> Floats:
    """Return the token-equivalents (twentieths) of every interaction, of selected portions only."""
    mine = selection.parts
    sums = np.bincount(frame.owners[mine], weights=frame.te[mine], minlength=len(frame))
    return sums.astype(np.float64, copy=False)


def tags_needed(frame: Frame, selection: Selection, whole: Summary) -> int:
    """Return how many tags, the largest interactions first, an estimate still needs.

    `whole` is the summary of the same selection. 0 where tags are not what is lacking.
    """
    if whole.ratio.low is not None:
        return 0
    for_coverage = tags_for_coverage(frame, selection)
    return max(for_coverage, blocks_needed(whole.ratio.blocks, whole.coverage_blocks))


def tags_for_coverage(frame: Frame, selection: Selection) -> int:
    """Return how many tags, the largest interactions first, bring what is known to one half."""
    te = weights(frame, selection)
    missing = COVERAGE * te.sum() - te[frame.tag != 0].sum()
    untagged = np.sort(te[(frame.tag == 0) & (te > 0)])[::-1]
    if missing <= 0 or not len(untagged):
        return 0
    enough = int(np.searchsorted(np.cumsum(untagged), missing)) + 1
    return min(enough, len(untagged))


def shares(frame: Frame, selection: Selection) -> tuple[tuple[int, float], ...]:
    """Return the MTE per tag: kept, edited, thrown away and (0) untagged."""
    sums = np.bincount(frame.tag, weights=weights(frame, selection), minlength=len(Tag) + 1)
    order = (*Tag, 0)
    return tuple((int(tag), float(sums[int(tag)]) / TE_PER_MTE) for tag in order)


def recent(frame: Frame, selection: Selection, number: int = 6) -> tuple[int, ...]:
    """Return the ids of the newest interactions, the newest first."""
    newest = frame.id[selection.rows][-number:][::-1]
    return tuple(int(identity) for identity in newest)
