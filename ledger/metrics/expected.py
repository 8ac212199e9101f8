"""What untagged blocks are worth if they behave like tagged ones of the same tool and week."""

import numpy as np

from ledger.core.words import TOOLS
from ledger.metrics.arrays import Codes, Floats, Ints, counted
from ledger.metrics.blocks import CODES, DECIDED, BlockIndex, lower_worth, upper_worth


def expected_worth(blocks: BlockIndex, tool: Ints, codes: Codes, edited_worth: int) -> Floats:
    """Return the worth of each block in percent; an assumption wherever it is not decided.

    `tool` is the tool of each block, `codes` its tags (`blocks.marks`). An undecided block gets
    the mean worth of the decided ones of its tool and UTC week, else of its tool, else of all,
    and never less than it is already known to be worth.
    """
    lower, upper = lower_worth(edited_worth), upper_worth(edited_worth)
    week = blocks.week
    week = week - week[:1]  # blocks are in the order of time
    tools, weeks = len(TOOLS), int(week.max(initial=0)) + 1
    stratum = (week * tools + tool) * CODES + codes
    strata = counted(stratum, weeks * tools * CODES).reshape(weeks, tools, CODES)
    guess = _mean(strata.sum(axis=(0, 1)), lower)
    for known in (strata.sum(axis=0), strata):
        guess = np.where(known[..., DECIDED].any(axis=-1), _mean(known, lower), guess)
    table = np.where(lower < upper, np.maximum(guess[..., np.newaxis], lower), lower)
    worth: Floats = table.reshape(-1)[stratum]
    return worth


def _mean(number: Ints, worth: Ints) -> Floats:
    """Return the mean worth of decided blocks; the last axis of `number` is the code."""
    known = number[..., DECIDED]
    mean: Floats = known @ worth[DECIDED] / np.maximum(known.sum(axis=-1), 1)
    return mean
