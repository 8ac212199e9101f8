"""What a request used: five disjoint token counters, and how well they are known."""

from dataclasses import dataclass
from enum import IntEnum

# Token-equivalents are counted in twentieths, so that every weight below is a whole number and
# sums stay exact. The weights are the median ratios of list prices to the input price.
TWENTIETHS = 20
INPUT_WEIGHT = 20
CACHE_READ_WEIGHT = 2
CACHE_WRITE_5M_WEIGHT = 25
CACHE_WRITE_1H_WEIGHT = 40
OUTPUT_WEIGHT = 100

# A larger count is a damaged log; the cap keeps every sum inside 64 bits.
LARGEST_COUNT = 10**12


class Basis(IntEnum):
    """How a request's counters came to be known."""

    EXACT = 0
    PARTIAL = 1  # in part: the final output was never logged, or a person knew only one count
    ESTIMATED = 2  # counted from text by a tokenizer, or given as a range by the person
    UNKNOWN = 3  # never 0: no figure may treat it as free


@dataclass(frozen=True, slots=True)
class Usage:
    """Disjoint counters in tokens; `reasoning` is information, already inside `output`.

    `low` and `high` multiply the counters to give the range of an estimate (1 and 1 when exact).
    A cache write whose lifetime the source does not tell is counted as the 5-minute kind.
    """

    input: int = 0
    cache_read: int = 0
    cache_write_5m: int = 0
    cache_write_1h: int = 0
    output: int = 0
    reasoning: int | None = None
    basis: Basis = Basis.EXACT
    low: float = 1.0
    high: float = 1.0

    @property
    def cache_write(self) -> int:
        """All tokens written to a cache."""
        return self.cache_write_5m + self.cache_write_1h

    @property
    def total(self) -> int:
        """All tokens, unweighted: a size, never a figure to show as an achievement."""
        return self.input + self.cache_read + self.cache_write + self.output


def twentieths(
    fresh: int, cache_read: int, cache_write_5m: int, cache_write_1h: int, output: int
) -> int:
    """Return the token-equivalents of the counters, in twentieths."""
    return (
        fresh * INPUT_WEIGHT
        + cache_read * CACHE_READ_WEIGHT
        + cache_write_5m * CACHE_WRITE_5M_WEIGHT
        + cache_write_1h * CACHE_WRITE_1H_WEIGHT
        + output * OUTPUT_WEIGHT
    )
