"""What a selection would have cost at list prices: added up, with what is not known of it."""

from dataclasses import dataclass

from ledger.core.prices import PriceBook
from ledger.metrics.charges import charges
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.gates import UNKNOWN_SHARE
from ledger.metrics.shares import share

MICRO = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Dollars; `high` is None while something has no price: it may have cost anything."""

    low: float
    middle: float  # of what is priced
    high: float | None
    priced: float | None  # share of token-equivalents that has a price; None when there are none
    unknown: float  # share of requests that told no counts
    assumed: float | None  # share of cache writes taken to live five minutes
    portions: int

    @property
    def value(self) -> float | None:
        """The best single figure, unknown requests costing as much as the others on average."""
        if self.high is None or self.unknown > UNKNOWN_SHARE or not self.portions:
            return None
        return min(max(self.middle / (1 - self.unknown), self.low), self.high)


def cost_of(frame: Frame, selection: Selection, book: PriceBook) -> Cost:
    """Return what the selected portions would have cost as of their days."""
    each, parts = charges(frame, book), selection.parts
    te, priced = frame.te[parts], each.priced[parts]
    low, middle, high = (
        float(one[parts][priced].sum(dtype=float)) / MICRO
        for one in (each.low, each.middle, each.high)
    )
    return Cost(
        low=low,
        middle=middle,
        high=high if priced.all() else None,
        priced=share(int(te[priced].sum()), int(te.sum())),
        unknown=share(int(frame.unknown[parts].sum()), int(frame.requests[parts].sum())) or 0.0,
        assumed=share(int(each.assumed[parts].sum()), int(frame.cache_write[parts].sum())),
        portions=len(te),
    )
