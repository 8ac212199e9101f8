"""Shares of a whole: kept, tagged, and the interval of a rate of yes and no."""

from collections.abc import Sequence
from math import exp, lgamma, log

from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.metrics.blocks import FULL_WORTH
from ledger.metrics.uncertain import Piece, share_ends

JEFFREYS = 0.5
MAX_BISECTIONS = 200
TINY = 1e-300


def share(part: int, total: int) -> float | None:
    """Return part / whole, None where there is no whole."""
    return part / total if total else None


def kept_share(
    low: Sequence[int], high: Sequence[int], edited_worth: int
) -> tuple[float | None, float | None]:
    """Return the least and the most that the kept share of token-equivalents can be.

    `low` and `high` hold the ends of what untagged, kept, edited and thrown away took. At worst
    the untagged was thrown away, at best it was kept.
    """
    worth = {Tag.KEPT: FULL_WORTH, Tag.EDITED: edited_worth, Tag.THROWN_AWAY: 0}
    tagged = [Piece(worth[tag], low[tag], high[tag]) for tag in worth]
    ends = low[UNTAGGED], high[UNTAGGED]
    least, _ = share_ends([*tagged, Piece(0, *ends)])
    _, most = share_ends([*tagged, Piece(FULL_WORTH, *ends)])
    return least, most


def coverage(by_tag: Sequence[int]) -> float | None:
    """Return the tagged share of token-equivalents."""
    return share(sum(by_tag[1:]), sum(by_tag))


def jeffreys(hits: int, tries: int, level: float = 0.95) -> tuple[float, float]:
    """Return the Jeffreys interval of a rate; 0 and 1 are its ends when nothing contradicts them.

    Brown, Cai and DasGupta 2001, Statistical Science 16(2).
    """
    if not tries:
        return 0.0, 1.0
    a, b = hits + JEFFREYS, tries - hits + JEFFREYS
    tail = (1 - level) / 2
    low = beta_quantile(tail, a, b) if hits else 0.0
    high = beta_quantile(1 - tail, a, b) if hits < tries else 1.0
    return low, high


def beta_quantile(share_below: float, a: float, b: float) -> float:
    """Return x with P(X <= x) = share_below for X ~ Beta(a, b), by halving."""
    low, high = 0.0, 1.0
    for _ in range(MAX_BISECTIONS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_below(middle, a, b) < share_below:
            low = middle
        else:
            high = middle
    return (low + high) / 2


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


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
