"""The prices that a person gives to models that no list has, as one line of text.

`my-model = 3 / 15 / 0.3`: dollars for a million tokens of input, output, and as many as are known
of cache read, cache write for five minutes and cache write for an hour; `-` stands for one that is
not known. Several are parted by commas or semicolons.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from ledger.core.prices import COMPONENTS, Rates

MICRO = 1_000_000
PARTS = COMPONENTS[:-1]  # searches have no price of one's own

_NUMBER = r"(?:[0-9]{1,5}(?:\.[0-9]{1,6})?)"
_NAME = r"[^\s,;=][^,;=]{0,199}"
_ENTRY = (
    rf"\s*{_NAME}=\s*{_NUMBER}\s*/\s*{_NUMBER}(?:\s*/\s*(?:{_NUMBER}|-)){{0,{len(PARTS) - 2}}}\s*"
)
SHAPE = rf"(?:{_ENTRY}(?:[,;]{_ENTRY})*)?\s*"


def read(text: str) -> dict[str, Rates]:
    """Return the prices of a text by the names as written; raises ValueError for another shape."""
    if not re.fullmatch(SHAPE, text):
        raise ValueError("not a list of prices")
    entries = (entry.partition("=") for entry in re.split("[,;]", text) if entry.strip())
    return {name.strip(): _rates(numbers) for name, _, numbers in entries}


def written(prices: Mapping[str, Rates]) -> str:
    """Return the text that `read` reads back."""
    return ", ".join(f"{name} = {numbers(rates)}" for name, rates in sorted(prices.items()))


def numbers(rates: Rates) -> str:
    """Return what stands behind the equals sign for one model."""
    shown = ["-" if rate is None else _dollars(rate) for rate in rates[: len(PARTS)]]
    while len(shown) > 2 and shown[-1] == "-":
        shown.pop()
    return " / ".join(shown)


def _rates(text: str) -> Rates:
    amounts = (number.strip() for number in text.split("/"))
    return Rates(*(None if amount == "-" else int(Decimal(amount) * MICRO) for amount in amounts))


def _dollars(micro: int) -> str:
    return format((Decimal(micro) / MICRO).normalize(), "f")
