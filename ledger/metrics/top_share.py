"""How uneven the spending is: what the largest blocks took."""

import numpy as np

from ledger.metrics.block_te import block_te
from ledger.metrics.look import Answer, Look
from ledger.metrics.shares import share

ONE_IN = 20  # the largest 5 %
FEWEST = 20


def top_share(look: Look) -> Answer:
    """Answer: which share of the token-equivalents did the largest 5 % of work blocks take?

    Needs 20 blocks, one of which is then 5 %; 5 % of a number that 20 does not divide is rounded
    up.
    """
    sizes = np.sort(block_te(look.frame, look.selection))
    if len(sizes) < FEWEST:
        return Answer(n=len(sizes))
    largest = -(-len(sizes) // ONE_IN)
    value = share(int(sizes[-largest:].sum()), int(sizes.sum()))
    return Answer(value, n=len(sizes))
