"""Reads the list prices that are shipped with the program; nothing is ever fetched."""

import json
from datetime import date
from decimal import Decimal, DecimalException
from functools import cache
from typing import Any

from ledger.core.errors import LedgerError
from ledger.core.prices import ModelPrices, Price, PriceBook, Rates
from ledger.host.paths import resource

PRICES_FILE = "prices.json"
MICRO = 1_000_000


class PriceTableError(LedgerError):
    """The price table is missing, or cannot be read."""


@cache
def book() -> PriceBook:
    """Return the shipped price table; raises PriceTableError."""
    hint = "Install Signal Ledger again to restore it; until then no figure in dollars is shown."
    try:
        text = resource(PRICES_FILE).read_text("utf-8")
        return read(text)
    except (LedgerError, OSError, UnicodeError, ValueError, TypeError, KeyError) as problem:
        raise PriceTableError("The price table cannot be read.", hint) from problem


def read(text: str) -> PriceBook:
    """Return the price table that a JSON text holds.

    Raises ValueError, TypeError or KeyError for anything that is not one.
    """
    try:
        # Through Decimal, because 0.07 dollars must become 70,000 micro-dollars and not 69,999.
        table = json.loads(text, parse_float=Decimal)
        models = tuple(_model(row) for row in table["models"])
        return PriceBook(date.fromisoformat(table["read"]), str(table["source"]), models)
    except (DecimalException, AttributeError, RecursionError) as problem:
        raise ValueError("not a table of prices") from problem


def _model(row: dict[str, Any]) -> ModelPrices:
    prices = tuple(_price(each) for each in row["prices"])
    days = [price.since for price in prices]
    later = days[1:]
    if None in later or any(not _is_before(a, b) for a, b in zip(days, later, strict=False)):
        raise ValueError("the prices of a model must stand in the order of their days")
    return ModelPrices(tuple(str(name) for name in row["names"]), prices)


def _is_before(day: date | None, other_day: date | None) -> bool:
    return other_day is not None and (day is None or day < other_day)


def _price(row: dict[str, Any]) -> Price:
    since = date.fromisoformat(row["since"]) if "since" in row else None
    if "longer" not in row:
        return Price(since, _rates(row))
    return Price(since, _rates(row), _rates(row["longer"]), int(row["longer_than"]))


def _rates(row: dict[str, Any]) -> Rates:
    known = {name: _micro_dollars(row[name]) for name in Rates._fields if name in row}
    return Rates(**known)


def _micro_dollars(dollars: Any) -> int:
    """Return whole micro-dollars; raises ValueError for a negative price or a finer one."""
    exact = Decimal(dollars) * MICRO
    if not 0 <= exact <= 10**12 or exact != exact.to_integral_value():
        raise ValueError("a price must be a whole number of micro-dollars per million tokens")
    return int(exact)
