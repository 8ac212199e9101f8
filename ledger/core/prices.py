"""List prices of models as of a day: what tokens cost at the vendor's own counter.

A price is in whole micro-dollars per million tokens. A model that is not in the book has no price,
which is never the same as a price of nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

# How vendors, clouds and tools write one model: a path before it; a cloud's vendor name; a date,
# a build or a context size behind it.
_PREFIX = re.compile(r"^(?:.*/)?(?:(?:us|eu|apac|global)\.)?(?:anthropic\.)?")
_SUFFIX = re.compile(
    r"(?:\[[^\]]*\]|[-@]\d{8}|-\d{4}-\d{2}-\d{2}|-\d{2}-\d{2}|-\d{2}-\d{4}|-00\d"
    r"|[-@]latest|-v\d(?::\d+)?)+$"
)


class Rates(NamedTuple):
    """Micro-dollars per million tokens of each counter; None where the vendor names no price."""

    input: int
    output: int
    cache_read: int | None = None
    cache_write_5m: int | None = None
    cache_write_1h: int | None = None


class Price(NamedTuple):
    """What a model cost from a day on; `since` None reaches back as far as the model does."""

    since: date | None
    rates: Rates
    long: Rates | None = None  # of every token of a request whose prompt is longer than `longer`
    longer: int = 0  # tokens of the prompt, cached ones included


@dataclass(frozen=True, slots=True)
class ModelPrices:
    """The prices of one model under all of its names, the oldest first."""

    names: tuple[str, ...]
    prices: tuple[Price, ...]


@dataclass(frozen=True, eq=False)
class PriceBook:
    """A table of list prices; `read` is the day on which it was copied from its source."""

    read: date
    source: str
    models: tuple[ModelPrices, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, tuple[Price, ...]]:
        return {name: model.prices for model in self.models for name in model.names}

    def history(self, model: str) -> tuple[Price, ...]:
        """Return every price of a model, the oldest first; empty when the book has none."""
        names = self._by_name
        for name in _spellings(model):
            if name in names:
                return names[name]
        return ()

    def lookup(self, model: str, day: date) -> Price | None:
        """Return the price of a model as of a day (UTC); None when the book has none."""
        newest = None
        for price in self.history(model):
            if price.since is None or price.since <= day:
                newest = price
        return newest


def bare_name(model: str) -> str:
    """Return a model's name without what clouds and tools write around it."""
    *_, bare = _spellings(model)
    return bare


def _spellings(model: str) -> Iterable[str]:
    """Yield the names under which a model may stand in the book, the most exact first."""
    full_name = model.strip().lower()
    bare = _PREFIX.sub("", full_name)
    return full_name, bare, _SUFFIX.sub("", bare)
