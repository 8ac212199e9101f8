"""The interval of a mean of values between 0 and 1, quick at any number of them."""

from math import exp, lgamma, log, sqrt
from statistics import NormalDist

from ledger.metrics.shares import JEFFREYS, beta_below, beta_quantile

NEAR = 1e-10
STEPS = 60
MANY = 2000.0  # beyond it the expansion alone is right to seven digits


def mean_interval(total: float, number: int, level: float = 0.95) -> tuple[float, float]:
    """Return the Jeffreys interval of a mean: Beta(total + 1/2, number - total + 1/2).

    With values 0 and 1 it is that of a rate (Brown, Cai and DasGupta 2001, Statistical Science
    16(2)). Values between vary less than a coin with the same mean, so for them it is a little
    too wide, never too narrow.
    """
    if not number:
        return 0.0, 1.0
    a, b = total + JEFFREYS, number - total + JEFFREYS
    tail = (1 - level) / 2
    low = quantile(tail, a, b) if total > 0 else 0.0
    high = quantile(1 - tail, a, b) if total < number else 1.0
    return low, high


def quantile(share_below: float, a: float, b: float) -> float:
    """Return x with P(X <= x) = share_below for X ~ Beta(a, b)."""
    if min(a, b) < 1:
        return beta_quantile(share_below, a, b)
    x = _expansion(share_below, a, b)
    return x if min(a, b) > MANY else _improved(x, share_below, a, b)


def student(share_below: float, degrees: int) -> float:
    """Return t with P(T <= t) = share_below, above 1/2, for Student's t."""
    x = beta_quantile(2 * (1 - share_below), degrees / 2, 0.5)
    return sqrt(degrees * (1 / x - 1))


def _expansion(share_below: float, a: float, b: float) -> float:
    """Return an approximate quantile (Abramowitz and Stegun 26.5.22)."""
    y = -NormalDist().inv_cdf(share_below)
    left, right = 1 / (2 * a - 1), 1 / (2 * b - 1)
    h, bend = 2 / (left + right), (y * y - 3) / 6
    w = y * sqrt(max(h + bend, 0.0)) / h - (right - left) * (bend + 5 / 6 - 2 / (3 * h))
    return a / (a + b * exp(2 * w))


def _improved(x: float, share_below: float, a: float, b: float) -> float:
    """Follow the density to the quantile, halving where a step would leave what is known."""
    low, high = 0.0, 1.0
    front = lgamma(a + b) - lgamma(a) - lgamma(b)
    for _ in range(STEPS):
        off = beta_below(x, a, b) - share_below
        low, high = (x, high) if off < 0 else (low, x)
        density = exp(front + (a - 1) * log(x) + (b - 1) * log(1 - x))
        after = x - off / density if density > 0 else low
        if not low < after < high:
            after = (low + high) / 2
        if abs(after - x) <= NEAR * x:
            return after
        x = after
    return x
