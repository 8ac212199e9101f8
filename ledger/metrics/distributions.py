"""Beta, gamma and Student quantiles, without a library for them."""

from math import exp, inf, lgamma, log, sqrt
from statistics import NormalDist

RELATIVE_TOLERANCE = 1e-10
MAX_GAMMA_ITERATIONS = 100
MAX_TERMS = 10_000
MIN_SHAPE_FOR_CUBE_ROOT = (
    5000.0  # beyond this shape the cube-root approximation is right to six digits
)
TINY = 1e-300
MAX_BETA_ITERATIONS = 200  # halving alone reaches the last digit in less
JEFFREYS = 0.5


def gamma_quantile(share_below: float, shape: float, rate: float) -> float:
    """Return x with P(X <= x) = share_below for X ~ Gamma(shape, rate); its mean is shape / rate.

    From the cube-root approximation (Wilson and Hilferty 1931, PNAS 17(12)), improved by halving
    and by following the density.
    """
    if shape > MIN_SHAPE_FOR_CUBE_ROOT:
        return _cube_root_quantile(share_below, shape) / rate
    start = _cube_root_quantile(share_below, shape) if shape >= 1 else 0.0
    start = start or _first_term_quantile(share_below, shape)
    return _refine_gamma(start, share_below, shape) / rate if start > 0 else 0.0


def gamma_below(x: float, shape: float) -> float:
    """Return P(X <= x) for X ~ Gamma(shape, 1): the regularised lower incomplete gamma function.

    The series of DLMF 8.11.4, and beyond the mean the continued fraction of DLMF 8.9.2.
    """
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        return front * _series(x, shape)
    return 1.0 - front * _gamma_fraction(x, shape)


def _cube_root_quantile(share_below: float, shape: float) -> float:
    part = 1 / (9 * shape)
    root = 1 - part + NormalDist().inv_cdf(share_below) * sqrt(part)
    return float(shape * max(root, 0.0) ** 3)


def _first_term_quantile(share_below: float, shape: float) -> float:
    """Return the quantile of the first term of the series, which small shapes have nearly all in.

    So small that no float holds it, it is 0.
    """
    return exp((log(share_below) + lgamma(shape + 1)) / shape)


def _refine_gamma(x: float, share_below: float, shape: float) -> float:
    low, high = 0.0, inf
    for _ in range(MAX_GAMMA_ITERATIONS):
        off = gamma_below(x, shape) - share_below
        low, high = (x, high) if off < 0 else (low, x)
        density = exp((shape - 1) * log(x) - x - lgamma(shape))
        after = x - off / density if density > TINY else low
        if not low < after < high:
            after = (low + high) / 2 if high < inf else 2 * x
        if abs(after - x) <= RELATIVE_TOLERANCE * x:
            return after
        x = after
    return x


def _series(x: float, shape: float) -> float:
    term = total = 1 / shape
    for n in range(1, MAX_TERMS):
        term *= x / (shape + n)
        total += term
        if term < total * 1e-16:
            break
    return total


def _gamma_fraction(x: float, shape: float) -> float:
    """Evaluate the continued fraction of the upper function by Lentz's method."""
    b = x + 1 - shape
    c, d = 1 / TINY, 1 / b
    value = d
    for n in range(1, MAX_TERMS):
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


def jeffreys(total: float, number: int, level: float = 0.95) -> tuple[float, float]:
    """Return the Jeffreys interval of a rate, or of the mean of values from 0 to 1.

    That is Beta(total + 1/2, number - total + 1/2); 0 and 1 are its ends when nothing contradicts
    them (Brown, Cai and DasGupta 2001, Statistical Science 16(2)). Values between 0 and 1 vary less
    than a coin with the same mean, so for them it is a little too wide, never too narrow.
    """
    if not number:
        return 0.0, 1.0
    a, b = total + JEFFREYS, number - total + JEFFREYS
    tail = (1 - level) / 2
    low = beta_quantile(tail, a, b) if total > 0 else 0.0
    high = beta_quantile(1 - tail, a, b) if total < number else 1.0
    return low, high


def beta_quantile(share_below: float, a: float, b: float) -> float:
    """Return x with P(X <= x) = share_below for X ~ Beta(a, b)."""
    start = a / (a + b) if min(a, b) < 1 else _asymptotic_beta_quantile(share_below, a, b)
    return _refine_beta(start, share_below, a, b)


def beta_below(x: float, a: float, b: float) -> float:
    """Return P(X <= x) for X ~ Beta(a, b): the regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _continued_fraction(x, a, b) / a
    return 1 - front * _continued_fraction(1 - x, b, a) / b


def _continued_fraction(x: float, a: float, b: float) -> float:
    """Evaluate the continued fraction of the incomplete beta by Lentz's method (DLMF 8.17.22)."""
    c, d = 1.0, 1.0 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 10_000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_zero(1 + step * d)
            c = _not_zero(1 + step / c)
            value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value


def student(share_below: float, degrees: int) -> float:
    """Return t with P(T <= t) = share_below, above 1/2, for Student's t."""
    x = beta_quantile(2 * (1 - share_below), degrees / 2, 0.5)
    return sqrt(degrees * (1 / x - 1))


def _asymptotic_beta_quantile(share_below: float, a: float, b: float) -> float:
    """Return an approximate quantile (Abramowitz and Stegun 26.5.22)."""
    y = -NormalDist().inv_cdf(share_below)
    left, right = 1 / (2 * a - 1), 1 / (2 * b - 1)
    h, bend = 2 / (left + right), (y * y - 3) / 6
    w = y * sqrt(max(h + bend, 0.0)) / h - (right - left) * (bend + 5 / 6 - 2 / (3 * h))
    return a / (a + b * exp(2 * w))


def _refine_beta(x: float, share_below: float, a: float, b: float) -> float:
    """Follow the density to the quantile, halving where a step would leave what is known."""
    low, high = 0.0, 1.0
    front = lgamma(a + b) - lgamma(a) - lgamma(b)
    for _ in range(MAX_BETA_ITERATIONS):
        off = beta_below(x, a, b) - share_below
        low, high = (x, high) if off < 0 else (low, x)
        density = exp(front + (a - 1) * log(x) + (b - 1) * log(1 - x))
        after = x - off / density if density > 0 else low
        if not low < after < high:
            after = (low + high) / 2
        if abs(after - x) <= RELATIVE_TOLERANCE * x:
            return after
        x = after
    return x
