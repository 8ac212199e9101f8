"""Reads the list prices that are shipped with the program; nothing is ever fetched.

`book` is the table in force: the shipped one with the person's own prices before it.
"""

import json
from datetime import date
from decimal import Decimal, DecimalException
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ledger.core import own_prices
from ledger.core.errors import LedgerError
from ledger.core.prices import COMPONENTS, NO_RATES, ModelPrices, Price, PriceBook, Rates, TierPrice
from ledger.core.tariff import Region, Tier
from ledger.host import settings_file
from ledger.host.paths import resource

PRICES_FILE = "prices.json"
MICRO = 1_000_000
DEAREST = 10**12
A_THOUSAND_IN_A_MILLION = 1_000


class PriceTableError(LedgerError):
    """The price table is missing, or cannot be read."""


def book() -> PriceBook:
    """Return the price table in force; raises PriceTableError."""
    text = settings_file.load().settings.own_prices
    return _with_own(text) if text.strip() else shipped()


@lru_cache(maxsize=4)
def _with_own(text: str) -> PriceBook:
    """Return one and the same book for the same prices: figures are remembered by their book."""
    return shipped().with_own(own_prices.read(text))


@cache
def shipped() -> PriceBook:
    """Return the shipped price table; raises PriceTableError."""
    hint = "Install Signal Ledger again to restore it; until then no figure in dollars is shown."
    try:
        text = resource(PRICES_FILE).read_text("utf-8")
        return read(text)
    except (LedgerError, OSError, UnicodeError, ValueError, TypeError, KeyError) as problem:
        raise PriceTableError("The price table cannot be read.", hint) from problem


def read(text: str) -> PriceBook:
    """Return the price table that a JSON text holds; the file itself says what its fields mean.

    Raises ValueError, TypeError or KeyError for anything that is not one.
    """
    try:
        # Through Decimal, because 0.07 dollars must become 70,000 micro-dollars and not 69,999.
        table = json.loads(text, parse_float=Decimal)
        fees = {
            vendor: _micro_dollars(fee) * A_THOUSAND_IN_A_MILLION
            for vendor, fee in table.get("searches", {}).items()
        }
        models = tuple(_model(row, fees.get(row.get("vendor"))) for row in table["models"])
        return PriceBook(date.fromisoformat(table["read"]), str(table["source"]), models)
    except (DecimalException, AttributeError, RecursionError) as problem:
        raise ValueError("not a table of prices") from problem


def _model(row: dict[str, Any], search_fee: int | None) -> ModelPrices:
    prices = tuple(_price(each, search_fee) for each in row["prices"])
    days = [price.since for price in prices]
    later = days[1:]
    if None in later or any(not _is_before(a, b) for a, b in zip(days, later, strict=False)):
        raise ValueError("the prices of a model must stand in the order of their days")
    return ModelPrices(tuple(str(name) for name in row["names"]), prices)


def _is_before(day: date | None, other_day: date | None) -> bool:
    return other_day is not None and (day is None or day < other_day)


def _price(row: dict[str, Any], search_fee: int | None) -> Price:
    standard = _Standard(_whole(row), _whole(row["longer"]) if "longer" in row else None)
    price = Price(
        since=date.fromisoformat(row["since"]) if "since" in row else None,
        rates=standard.rates._replace(searches=search_fee),
        long=standard.long,
        longer=int(row["longer_than"]) if standard.long else 0,
        tiers=tuple(_tier(name, value, standard) for name, value in row.get("tiers", {}).items()),
        regions=tuple(
            (Region[name.upper()], _percent(times))
            for name, times in row.get("regions", {}).items()
        ),
    )
    _refuse_rounding(price)
    return price


class _Standard(NamedTuple):
    """The standard price that a tier may be a multiple of."""

    rates: Rates
    long: Rates | None


def _whole(row: dict[str, Any]) -> Rates:
    """Return the rates of a standard price, which names at least what goes in and comes out."""
    rates = _rates(row)
    if rates.input is None or rates.output is None:
        raise ValueError("a price must name input and output")
    return rates


def _tier(name: str, row: dict[str, Any], standard: _Standard) -> TierPrice:
    long = NO_RATES
    if "times_longer" in row:
        if standard.long is None:
            raise ValueError("there is no longer price to be a multiple of")
        long = _multiple(standard.long, row["times_longer"])
    rates = _multiple(standard.rates, row["times"]) if "times" in row else _rates(row)
    return TierPrice(Tier[name.upper()], rates, long)


def _rates(row: dict[str, Any]) -> Rates:
    return Rates(**{name: _micro_dollars(row[name]) for name in COMPONENTS[:-1] if name in row})


def _multiple(rates: Rates, times: Any) -> Rates:
    percent = _percent(times)
    _refuse_fractions(rates, percent)
    return rates.times(percent)


def _percent(times: Any) -> int:
    exact = Decimal(times) * 100
    if not 0 < exact <= MICRO or exact != exact.to_integral_value():
        raise ValueError("a multiple must be a whole number of percent")
    return int(exact)


def _refuse_rounding(price: Price) -> None:
    """Raise ValueError where a region would make a price that is no whole number."""
    of_tiers = (rates for tier in price.tiers for rates in (tier.rates, tier.long))
    for rates in (price.rates, price.long or NO_RATES, *of_tiers):
        for _, percent in price.regions:
            _refuse_fractions(rates, percent)


def _refuse_fractions(rates: Rates, percent: int) -> None:
    if any(rate is not None and rate * percent % 100 for rate in rates[:-1]):
        raise ValueError("a multiple must give whole micro-dollars")


def _micro_dollars(dollars: Any) -> int:
    """Return whole micro-dollars; raises ValueError for a negative price or a finer one."""
    exact = Decimal(dollars) * MICRO
    if not 0 <= exact <= DEAREST or exact != exact.to_integral_value():
        raise ValueError("a price must be a whole number of micro-dollars per million tokens")
    return int(exact)
