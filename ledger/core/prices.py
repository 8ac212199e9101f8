"""List prices of models as of a day: what each thing cost at the vendor's own counter.

A price is in whole micro-dollars for a million: of tokens of one kind, or of web searches. What is
not in the book has no price, which is never the same as a price of nothing, and never the same as
the price of something like it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ledger.core.model_names import canonical
from ledger.core.tariff import Region, Tariff, Tier

PERCENT = 100


class Rates(NamedTuple):
    """Micro-dollars for a million of each component; None where no price is known."""

    input: int | None = None
    output: int | None = None
    cache_read: int | None = None
    cache_write_5m: int | None = None
    cache_write_1h: int | None = None
    searches: int | None = None

    def times(self, percent: int) -> "Rates":
        """Return the rates of tokens by so many percent; searches cost what they cost.

        Whoever makes a price sees to it that nothing is rounded here.
        """
        tokens = [rate if rate is None else rate * percent // PERCENT for rate in self[:-1]]
        return Rates(*tokens)._replace(searches=self.searches)


NO_RATES = Rates()
COMPONENTS = Rates._fields


class TierPrice(NamedTuple):
    """What a tier that is not the standard one costs; `long` as in `Price`."""

    tier: Tier
    rates: Rates
    long: Rates = NO_RATES


class Price(NamedTuple):
    """What a model cost from a day on; `since` None reaches back as far as the model does."""

    since: date | None
    rates: Rates
    long: Rates | None = None  # of every token of a request whose prompt is longer than `longer`
    longer: int = 0  # tokens of the prompt, cached ones included: one of `CONTEXT_STEPS`
    tiers: tuple[TierPrice, ...] = ()
    regions: tuple[tuple[Region, int], ...] = ()  # percent of the rates of tokens

    def at(self, tariff: Tariff) -> Rates:
        """Return what each component costs at a tariff."""
        is_long = self.long is not None and tariff.longer_than >= self.longer
        rates = self._of_tier(tariff.tier, is_long=is_long)
        percent = PERCENT
        if tariff.region is not Region.ANYWHERE:
            percent = dict(self.regions).get(tariff.region, 0)
        of_tokens = rates.times(percent) if percent else NO_RATES
        return of_tokens._replace(searches=self.rates.searches)

    def _of_tier(self, tier: Tier, *, is_long: bool) -> Rates:
        if tier in (Tier.UNSAID, Tier.STANDARD):
            return (self.long if is_long else self.rates) or NO_RATES
        for other in self.tiers:
            if other.tier is tier:
                return other.long if is_long else other.rates
        return NO_RATES


@dataclass(frozen=True, slots=True)
class ModelPrices:
    """The prices of one model under all of its names, the oldest first."""

    names: tuple[str, ...]
    prices: tuple[Price, ...]


@dataclass(frozen=True, eq=False)
class PriceBook:
    """A table of list prices; `read` is the day on which it was copied from its source.

    `own` are prices that the person gave, under the canonical names of their models: they hold on
    every day and go before the table's.
    """

    read: date
    source: str
    models: tuple[ModelPrices, ...] = ()
    own: Mapping[str, Rates] | None = None

    @cached_property
    def _by_name(self) -> dict[str, tuple[Price, ...]]:
        by_name = {name.lower(): model.prices for model in self.models for name in model.names}
        for name in list(by_name):
            by_name.setdefault(canonical(name).lower(), by_name[name])
        return by_name

    @cached_property
    def _own(self) -> dict[str, tuple[Price, ...]]:
        return {name.lower(): (Price(None, rates),) for name, rates in (self.own or {}).items()}

    def with_own(self, own: Mapping[str, Rates]) -> "PriceBook":
        """Return the book with the person's own prices, however they spell the models."""
        return replace(self, own={canonical(name): rates for name, rates in own.items()})

    def is_own(self, model: str) -> bool:
        """Whether the price of a model is the person's own."""
        return canonical(model).lower() in self._own

    def history(self, model: str) -> tuple[Price, ...]:
        """Return every price of a model, the oldest first; empty when the book has none."""
        name = canonical(model).lower()
        if name in self._own:
            return self._own[name]
        by_name = self._by_name
        return by_name.get(model.strip().lower()) or by_name.get(name, ())

    def lookup(self, model: str, day: date) -> Price | None:
        """Return the price of a model as of a day (UTC); None when the book has none."""
        newest = None
        for price in self.history(model):
            if price.since is None or price.since <= day:
                newest = price
        return newest
