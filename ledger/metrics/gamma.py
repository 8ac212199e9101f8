"""Quantiles of the gamma distribution, without a library for them."""

from math import exp, inf, lgamma, log, sqrt
from statistics import NormalDist

NEAR = 1e-10
STEPS = 100
TERMS = 10_000
MANY = 5000.0  # beyond this shape the cube-root approximation is right to six digits
TINY = 1e-300


def gamma_quantile(share_below: float, shape: float, rate: float) -> float:
    """Return x with P(X <= x) = share_below for X ~ Gamma(shape, rate); its mean is shape / rate.

    From the cube-root approximation (Wilson and Hilferty 1931, PNAS 17(12)), improved by halving
    and by following the density.
    """
    if shape > MANY:
        return _cube_root(share_below, shape) / rate
    start = _cube_root(share_below, shape) if shape >= 1 else 0.0
    start = start or _near_zero(share_below, shape)
    return _improved(start, share_below, shape) / rate if start > 0 else 0.0


def gamma_below(x: float, shape: float) -> float:
    """Return P(X <= x) for X ~ Gamma(shape, 1): the regularised lower incomplete gamma function.

    The series of DLMF 8.11.4, and beyond the mean the continued fraction of DLMF 8.9.2.
    """
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        return front * _series(x, shape)
    return 1.0 - front * _fraction(x, shape)


def _cube_root(share_below: float, shape: float) -> float:
    part = 1 / (9 * shape)
    root = 1 - part + NormalDist().inv_cdf(share_below) * sqrt(part)
    return float(shape * max(root, 0.0) ** 3)


def _near_zero(share_below: float, shape: float) -> float:
    """Return the quantile of the first term of the series, which small shapes have nearly all in.

    So small that no float holds it, it is 0.
    """
    return exp((log(share_below) + lgamma(shape + 1)) / shape)


def _improved(x: float, share_below: float, shape: float) -> float:
    low, high = 0.0, inf
    for _ in range(STEPS):
        off = gamma_below(x, shape) - share_below
        low, high = (x, high) if off < 0 else (low, x)
        density = exp((shape - 1) * log(x) - x - lgamma(shape))
        after = x - off / density if density > TINY else low
        if not low < after < high:
            after = (low + high) / 2 if high < inf else 2 * x
        if abs(after - x) <= NEAR * x:
            return after
        x = after
    return x


def _series(x: float, shape: float) -> float:
    term = total = 1 / shape
    for n in range(1, TERMS):
        term *= x / (shape + n)
        total += term
        if term < total * 1e-16:
            break
    return total


def _fraction(x: float, shape: float) -> float:
    """Evaluate the continued fraction of the upper function by Lentz's method."""
    b = x + 1 - shape
    c, d = 1 / TINY, 1 / b
    value = d
    for n in range(1, TERMS):
        a = -n * (n - shape)
        b += 2
        d = 1 / _not_zero(a * d + b)
        c = _not_zero(b + a / c)
        value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
