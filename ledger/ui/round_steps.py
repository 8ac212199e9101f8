"""Round values along an axis."""

import math


def round_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 5, 10, 20 ... that cuts `span` into at most `most` parts."""
    if span <= 0:
        return 1.0
    raw = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1, 2, 5, 10):
        if factor * power >= raw * (1 - 1e-9):
            return factor * power
    return 10 * power


def ticks(top: float, most: int) -> list[float]:
    """Return round values from 0 up to `top`."""
    step = round_step(top, most)
    return [n * step for n in range(math.floor(top / step + 1e-9) + 1)]
