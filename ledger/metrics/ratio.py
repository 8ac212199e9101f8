"""The signal-to-token ratio STR: kept blocks per million token-equivalents, and its gates.

Worth is in percent of a block and token-equivalents in twentieths, both whole numbers, so bounds
are exact until the one division at the end.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from ledger.core.usage import TWENTIETHS
from ledger.metrics.arrays import Bools, Ints
from ledger.metrics.blocks import FULL_WORTH
from ledger.metrics.shares import coverage

MILLION = 1_000_000
# Exempt tokens (experiments, automation) leave at least three quarters of all in the denominator:
# calling work an experiment can raise an STR by a third and no more.
FOURTHS = 4
NEVER_EXEMPT = 3
# From percent of a block per fourth of a twentieth to blocks per MTE; a whole number.
SCALE = TWENTIETHS * MILLION * FOURTHS // FULL_WORTH
INTERVAL_BLOCKS = 8
INTERVAL_DAYS = 3
POINT_BLOCKS = 30
MAX_INTERVAL_FACTOR = 6.0  # an interval whose ends differ by more than this factor allows no point
COVERAGE = 0.5
UNKNOWN_SHARE = 0.2  # of requests; above it only the bounds are shown


class Cost(NamedTuple):
    """Token-equivalents of a group in twentieths: of deliveries, and exempt from them."""

    delivering: int
    exempt: int


def headline_denominator_x4(cost: Cost) -> int:
    """Return four times the headline's denominator, all - min(exempt, all / 4)."""
    return max(FOURTHS * cost.delivering, NEVER_EXEMPT * (cost.delivering + cost.exempt))


def all_fourths(cost: Cost) -> int:
    """Return four times the denominator of deliveries and experiments together."""
    return FOURTHS * (cost.delivering + cost.exempt)


def headline_costs(te: Ints) -> Ints:
    """Return `headline_denominator_x4` of many groups or days; `te` has shape (..., 2)."""
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


class DataQuality(NamedTuple):
    """How much is known of the blocks of one group."""

    decided: int  # blocks whose worth is known
    days: int  # days with a block
    coverage: float | None  # tagged share of token-equivalents
    unknown: float  # share of requests without a known usage

    @property
    def allows_interval(self) -> bool:
        """Whether an interval may be shown."""
        return (
            self.decided >= INTERVAL_BLOCKS
            and self.days >= INTERVAL_DAYS
            and (self.coverage or 0.0) >= COVERAGE
            and self.counts_enough
        )

    @property
    def counts_enough(self) -> bool:
        """Whether enough requests told what they cost for a single value."""
        return self.unknown <= UNKNOWN_SHARE

    def allows_point(self, low: float | None, high: float | None) -> bool:
        """Whether a single value may be shown beside this interval."""
        return (
            self.allows_interval
            and self.decided >= POINT_BLOCKS
            and low is not None
            and high is not None
            and high <= MAX_INTERVAL_FACTOR * low
        )


def evidences(
    decided: Ints, days: Ints, by_tag: Sequence[Sequence[int]], requests: Ints, unknown: Ints
) -> list[DataQuality]:
    """Return the evidence of many groups (or windows); `by_tag` is what each likely took."""
    columns = (decided.tolist(), days.tolist(), by_tag, requests.tolist(), unknown.tolist())
    return [
        DataQuality(blocks, days, coverage(took), uncounted / requested if requested else 0.0)
        for blocks, days, took, requested, uncounted in zip(*columns, strict=True)
    ]


def blocks_needed(blocks: int, coverage_blocks: float | None) -> int:
    """Return how many more work blocks must be decided before an interval can be shown."""
    return max(0, INTERVAL_BLOCKS - round(blocks * (coverage_blocks or 0.0)))
