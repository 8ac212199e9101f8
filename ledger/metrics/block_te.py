"""How many token-equivalents each work block took."""

import numpy as np

from ledger.metrics.arrays import Ints, summed
from ledger.metrics.frame import Frame, Selection


def block_te(frame: Frame, selection: Selection) -> Ints:
    """Return the token-equivalents (twentieths) of every selected block of deliveries, by time.

    A block takes what its delivering interactions took. One in which a request told no counts is
    left out: nobody knows how large it is.
    """
    delivering, of = frame.delivering, frame.blocks.of
    there = np.zeros(len(frame.blocks), dtype=np.bool_)
    there[of[selection.interactions & delivering]] = True
    parts = np.flatnonzero(selection.portions & delivering[frame.owners])
    block = of[frame.owners[parts]]
    there[block[frame.unknown[parts] > 0]] = False
    return summed(block, frame.te[parts], len(frame.blocks))[there]
