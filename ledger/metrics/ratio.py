"""The signal-to-token ratio, STR: kept work blocks per million token-equivalents (MTE).

Worth is in percent of a block and token-equivalents in twentieths, both whole numbers, so bounds
are exact until the one division at the end.
"""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from ledger.core.usage import TWENTIETHS
from ledger.metrics.arrays import Bools, Ints
from ledger.metrics.blocks import WHOLE

MILLION = 1_000_000
# Exempt tokens (experiments, automation) leave at least three quarters of all in the denominator:
# calling work an experiment can raise an STR by a third and no more (I11).
FOURTHS = 4
NEVER_EXEMPT = 3
# From percent of a block per fourth of a twentieth to blocks per MTE; a whole number.
SCALE = TWENTIETHS * MILLION * FOURTHS // WHOLE


class Cost(NamedTuple):
    """Token-equivalents of a group in twentieths: of deliveries, and exempt from them."""

    delivering: int
    exempt: int


def headline_fourths(cost: Cost) -> int:
    """Return four times the headline's denominator, all - min(exempt, all / 4)."""
    return max(FOURTHS * cost.delivering, NEVER_EXEMPT * (cost.delivering + cost.exempt))


def all_fourths(cost: Cost) -> int:
    """Return four times the denominator of deliveries and experiments together."""
    return FOURTHS * (cost.delivering + cost.exempt)


def headline_costs(te: Ints) -> Ints:
    """Return `headline_fourths` of many groups or days; `te` has shape (..., 2)."""
    costs: Ints = np.maximum(FOURTHS * te[..., 0], NEVER_EXEMPT * te.sum(axis=-1))
    return costs


def is_capped(te: Ints) -> Bools:
    """Say where more than a quarter is exempt, so that the cap holds; `te` has shape (..., 2)."""
    capped: Bools = NEVER_EXEMPT * te.sum(axis=-1) > FOURTHS * te[..., 0]
    return capped


def str_of(worth: Fraction | float, fourths: int) -> float | None:
    """Return blocks per MTE from percent and fourths; None where nothing was spent.

    A Fraction is divided exactly and rounded once.
    """
    if fourths <= 0:
        return None
    if isinstance(worth, Fraction):
        return worth.numerator * SCALE / (worth.denominator * fourths)
    return worth * SCALE / fourths


def mte(twentieths: int) -> float:
    """Return millions of token-equivalents."""
    return twentieths / (TWENTIETHS * MILLION)
