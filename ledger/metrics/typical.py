"""The typical STR: what a block is worth on average per geometric mean of its token-equivalents.

It says how an ordinary half-hour goes; the sum says what it all came to (metrics 2.7).
"""

from datetime import tzinfo
from math import exp, log, sqrt

import numpy as np

from ledger.core.figures import Typical
from ledger.metrics.arrays import distinct, weighed
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.distributions import student
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.intervals import FEWEST_DAYS
from ledger.metrics.ratio import INTERVAL_BLOCKS, INTERVAL_DAYS, POINT_BLOCKS
from ledger.metrics.sized import SizedBlocks, sized_blocks

UPPER = 0.975


def typical(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Typical:
    """Return the typical STR of deliveries with its interval, as far as the gates allow."""
    blocks = sized_blocks(frame, selection, zone, edited_worth)
    number, decided = len(blocks.mte), int(blocks.decided.sum())
    days = len(np.unique(blocks.day))
    worth = float(blocks.guess.sum())
    if decided < INTERVAL_BLOCKS or days < INTERVAL_DAYS or not blocks.is_covered or not worth:
        return Typical(None, None, None, number)
    middle = log(worth / number) - float(np.log(blocks.mte).mean())
    reach = _reach(blocks, worth / number)
    value = exp(middle) if decided >= POINT_BLOCKS else None
    return Typical(value, exp(middle - reach), exp(middle + reach), number)


def _reach(blocks: SizedBlocks, mean: float) -> float:
    """Return how far the interval reaches either way on the scale of logarithms.

    Each block moves the logarithm by worth / mean - ln(MTE) over the number of blocks; what
    happens on one day is added up first, since it hangs together (delta method: Deng, Knoblich, Lu
    2018, KDD).
    """
    moves = blocks.guess / mean - np.log(blocks.mte)
    moves = (moves - moves.mean()) / len(moves)
    unit, units = distinct(blocks.day)
    if len(units) >= FEWEST_DAYS:
        moves = weighed(unit, moves, len(units))
    number = len(moves)
    error = sqrt(float((moves**2).sum()) * number / (number - 1))
    return student(UPPER, number - 1) * error
