"""How large a work block is: the median of its token-equivalents."""

from math import comb

import numpy as np

from ledger.core.figures import Doubt
from ledger.metrics.block_te import block_te
from ledger.metrics.gates import INTERVAL_BLOCKS
from ledger.metrics.look import Answer, Look
from ledger.metrics.ratio import mte

OUTSIDE = 0.025  # of the interval, on each side
LARGE = 1000  # from here on the binomial is taken as normal
NORMAL_975 = 1.959964


def block_size(look: Look) -> Answer:
    """Answer: how many million token-equivalents did a work block take, in the middle?

    Half of the blocks took less. The interval lies between two order statistics (Conover 1999,
    Practical Nonparametric Statistics, 3.2): it asks nothing of how sizes are spread.
    """
    sizes = np.sort(block_te(look.frame, look.selection))
    n = len(sizes)
    if not n:
        return Answer()
    value = mte(int(sizes[(n - 1) // 2]) + int(sizes[n // 2])) / 2
    if n < INTERVAL_BLOCKS:
        return Answer(value, n=n)
    below = middle_rank(n)
    low, high = mte(int(sizes[below - 1])), mte(int(sizes[n - below]))
    return Answer(value, low, high, n, doubt=Doubt.INTERVAL)


def middle_rank(n: int) -> int:
    """Return the rank k so that the median lies between the k-th smallest and k-th largest.

    It holds for at least 95 % of samples of this many; needs 6 or more.
    """
    if n >= LARGE:
        return int((n - NORMAL_975 * n**0.5) / 2)
    below, rank = 0, 0
    while (below + comb(n, rank)) <= OUTSIDE * 2**n:
        below += comb(n, rank)
        rank += 1
    return rank
