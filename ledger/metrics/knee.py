"""Where more tokens stop paying: beyond which size they yield less than half of the usual."""

from itertools import pairwise
from math import sqrt
from statistics import NormalDist

import numpy as np

from ledger.metrics.arrays import Floats, Ints
from ledger.metrics.monotone import SURE, rise

FEWEST_BLOCKS = 50
HALF = 0.5
DOUBT = 0.05


def knee(size: Floats, worth: Floats, cuts: Ints, day: Ints, *, overall: float) -> float | None:
    """Return the size (MTE) at which the first surely poor step to the next bin begins.

    `size` rises; `cuts` are where bins begin, and the end. The step from one bin to the next
    yields (worth' - worth) / (size' - size). It is surely less than half of `overall` (blocks per
    MTE) when worth - size * overall / 2 surely falls from one to the next: Fieller's way to compare
    a ratio without dividing (1954, JRSS B 16(2)). All steps together may err in 1 of 20 cases
    (Bonferroni). Where worth does not surely rise before that size there is no knee: more tokens
    yielded nothing there either, and the place would only tell how many blocks there are.
    """
    steps = len(cuts) - 2
    if len(size) < FEWEST_BLOCKS or steps < 1 or overall <= 0:
        return None
    sure = NormalDist().inv_cdf(1 - DOUBT / (2 * steps))
    price = overall * HALF
    parts = [_net(size[a:b], worth[a:b], price) for a, b in pairwise(cuts.tolist())]
    for at, ((mean, error), (after, error_after)) in enumerate(pairwise(parts)):
        if after - mean + sure * sqrt(error + error_after) < 0:
            end = cuts[at + 1]
            return float(size[end - 1]) if rise(worth[:end], day[:end]) >= SURE else None
    return None


def _net(size: Floats, worth: Floats, price: float) -> tuple[float, float]:
    """Return the mean of worth - price * size and its squared standard error."""
    number = len(size)
    net = worth - price * size
    seen = float(net.var(ddof=1)) if number > 1 else np.inf
    # Blocks that all came out alike are no proof that the next will: as in the bins' intervals.
    share = (float(worth.sum()) + HALF) / (number + 1)
    return float(net.mean()), max(seen, share * (1 - share)) / number
