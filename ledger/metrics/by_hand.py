"""How much of the work was entered by hand, and so rests on the person's word alone."""

import numpy as np

from ledger.core.words import Origin
from ledger.metrics.look import Answer, Look


def by_hand(look: Look) -> Answer:
    """Answer: what share of the work blocks has nothing in it but what was entered by hand?"""
    frame = look.frame
    mine = look.selection.interactions & frame.delivering
    begun, in_a_log = np.zeros((2, len(frame.blocks)), dtype=np.bool_)
    begun[frame.blocks.of[mine]] = True
    in_a_log[frame.blocks.of[mine & (frame.origin != Origin.LOGGED)]] = True
    blocks = int(np.count_nonzero(begun))
    if not blocks:
        return Answer()
    return Answer(1 - int(np.count_nonzero(in_a_log)) / blocks, n=blocks)
