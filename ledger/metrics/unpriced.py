"""What has no known price, by name: a model, a tier, a region, or one component of a model."""

from collections.abc import Sequence
from enum import IntFlag
from typing import NamedTuple

import numpy as np

from ledger.core.prices import Price, PriceBook, Rates
from ledger.core.tariff import Region, Tariff, Tier
from ledger.metrics.arrays import Ints


class Lack(IntFlag):
    """What of a portion has no known price: a bit for each component of `Rates`, and one more."""

    INPUT = 1
    OUTPUT = 2
    CACHE_READ = 4
    CACHE_WRITE_5M = 8
    CACHE_WRITE_1H = 16
    SEARCHES = 32
    UNCOUNTED = 64  # a request without counts, and no price for anything it may have used


_WORDS = {
    Lack.INPUT: "input",
    Lack.OUTPUT: "output",
    Lack.CACHE_READ: "cache reads",
    Lack.CACHE_WRITE_5M: "cache writes",
    Lack.CACHE_WRITE_1H: "cache writes for an hour",
    Lack.SEARCHES: "web searches",
    Lack.UNCOUNTED: "requests without counts",
}
_TIERS = {
    Tier.FAST: "fast mode",
    Tier.PRIORITY: "the priority tier",
    Tier.FLEX: "the flex tier",
    Tier.BATCH: "batches",
    Tier.OTHER: "a tier that is not known here",
}
_REGIONS = {
    Region.US: "inference in the US",
    Region.EU: "inference in the EU",
    Region.ASIA: "inference in Asia",
    Region.OTHER: "inference in a region that is not known here",
}
_LACKS = 128  # numbers that the bits above make
_CODES = 1 << 16  # more than there are tariffs


class Unpriced(NamedTuple):
    """Something that was used and has no known price: `what` of a model, "" for all of it."""

    model: str
    what: str = ""

    @property
    def words(self) -> str:
        """It in words, such as “web searches of gpt-5”."""
        model = self.model or "a model without a name"
        return f"{self.what} of {model}" if self.what else model


class Portions(NamedTuple):
    """Portions of a frame that lack a price, one element each."""

    model: Ints
    tariff: Ints
    row: Ints  # position of the price that holds, -1 where there is none
    lacks: Ints  # of `Lack`, never 0


def unpriced(
    portions: Portions, models: Sequence[str], prices: Sequence[Price], book: PriceBook
) -> tuple[Unpriced, ...]:
    """Return everything that lacks a price, each once, by model."""
    model, tariff, row, lacks = (values.astype(np.int64) for values in portions)
    rows = len(prices) + 1
    codes = ((model * rows + row + 1) * _CODES + tariff) * _LACKS + lacks
    found: dict[Unpriced, None] = {}
    for number in np.unique(codes).tolist():
        place, bits = divmod(number, _LACKS)
        place, code = divmod(place, _CODES)
        at, price = divmod(place, rows)
        name = models[at]
        if price:
            whats = _whats(prices[price - 1], Tariff.of_code(code), Lack(bits))
        else:
            whats = ["days before its first price"] if book.history(name) else [""]
        found |= dict.fromkeys(Unpriced(name, what) for what in whats)
    return tuple(sorted(found))


def _whats(price: Price, tariff: Tariff, lacks: Lack) -> list[str]:
    """Return what lacks a price of a model that has one: a tier or region, else components."""
    tokens = lacks & ~Lack.SEARCHES
    whats = [_WORDS[Lack.SEARCHES]] if lacks & Lack.SEARCHES else []
    if not tokens:
        return whats
    if _has_none(price.at(Tariff(tariff.tier))):
        return [*whats, _TIERS[tariff.tier]]
    if _has_none(price.at(tariff._replace(region=Region.ANYWHERE))):
        return [*whats, f"long prompts in {_TIERS[tariff.tier]}"]
    if _has_none(price.at(tariff)):
        return [*whats, _REGIONS[tariff.region]]
    tier = f" in {_TIERS[tariff.tier]}" if tariff.tier in _TIERS else ""
    return [*whats, *(f"{_WORDS[lack]}{tier}" for lack in Lack if lack & tokens)]


def _has_none(rates: Rates) -> bool:
    return all(rate is None for rate in rates[:-1])
