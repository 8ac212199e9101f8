"""From how much evidence on a figure may be shown (metrics 2.7 and 2.8)."""

from typing import NamedTuple

from ledger.metrics.arrays import Ints

INTERVAL_BLOCKS = 8
INTERVAL_DAYS = 3
POINT_BLOCKS = 30
WIDEST = 6.0  # an interval whose ends differ by more than this factor allows no point
COVERAGE = 0.5
UNKNOWN_SHARE = 0.2  # of requests; above it only the bounds are shown


class Evidence(NamedTuple):
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
            and high <= WIDEST * low
        )


def evidences(
    decided: Ints, days: Ints, by_tag: Ints, requests: Ints, unknown: Ints
) -> list[Evidence]:
    """Return the evidence of many groups (or windows); `by_tag` has shape (groups, 4)."""
    tagged, whole = by_tag[:, 1:].sum(axis=1), by_tag.sum(axis=1)
    columns = (decided, days, tagged, whole, requests, unknown)
    return [
        Evidence(blocks, on, known / te if te else None, lost / made if made else 0.0)
        for blocks, on, known, te, made, lost in zip(*(c.tolist() for c in columns), strict=True)
    ]


def blocks_needed(blocks: int, coverage_blocks: float | None) -> int:
    """Return how many more work blocks must be decided before an interval can be shown."""
    return max(0, INTERVAL_BLOCKS - round(blocks * (coverage_blocks or 0.0)))
