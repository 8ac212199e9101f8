"""Does a line rise, and if so how: the best rising step line through points.

Pool adjacent violators: Ayer, Brunk, Ewing, Reid and Silverman 1955, Annals of Mathematical
Statistics 26(4).
"""

from math import sqrt

import numpy as np

from ledger.metrics.arrays import Floats, Ints, counted, weighed

SURE = 1.96  # standard errors: what rises or falls less surely is flat
CLUSTERS = 10  # below so many days values are taken as independent


def rising(values: Floats, weights: Floats) -> Floats:
    """Return the never falling values nearest to these in weighted squares; weights are above 0."""
    pools: list[tuple[float, float, int]] = []  # sum, weight, how many
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        total, heavy, many = value * weight, weight, 1
        while pools and pools[-1][0] * heavy >= total * pools[-1][1]:
            before = pools.pop()
            total, heavy, many = total + before[0], heavy + before[1], many + before[2]
        pools.append((total, heavy, many))
    means = np.asarray([total / heavy for total, heavy, _ in pools], dtype=np.float64)
    return np.repeat(means, [many for _, _, many in pools])


def rise(values: Floats, day: Ints) -> float:
    """Return how many standard errors values rise with their place.

    The error adds up within days first: what happens on one day hangs together (Liang and Zeger
    1986, Biometrika 73(1)). Never smaller than if the values were independent.
    """
    place = np.arange(len(values)) - (len(values) - 1) / 2
    each = place * (values - values.mean())
    alone = float((place**2).sum() * values.var())
    first, length = int(day.min()), int(np.ptp(day)) + 1
    by_day = weighed(day - first, each, length)
    days = np.count_nonzero(counted(day - first, length))
    spread = float((by_day**2).sum()) if days >= CLUSTERS else 0.0
    error = sqrt(max(alone, spread))
    return float(each.sum()) / error if error > 0 else 0.0
