"""From a filter back to the words that mean it."""

from datetime import date, tzinfo
from typing import Any

from ledger.core.errors import LedgerError
from ledger.core.filters import Filter
from ledger.flows import periods
from ledger.flows.filter_words.reader import exact_words
from ledger.flows.filter_words.resolving import resolved
from ledger.flows.filter_words.tokens import Piece, in_quotes, safe
from ledger.flows.filter_words.vocabulary import KEYS, Key, Names, Spelled
from ledger.flows.periods import HALF_YEAR, Cycle

LENGTHY = 4  # of so many values, all but one are told by the one


def printed(
    chosen: Filter,
    names: Names,
    period: str = "all",
    *,
    today: date | None = None,
    cycle: Cycle = HALF_YEAR,
    zone: tzinfo | None = None,
) -> str:
    """Return words that `reader.read` turns into this filter; the ids of a search are left out.

    A period that moves is told as one if it means the filter's days `today`.
    """
    parts = [_values(key, getattr(chosen, key.field), names) for key in KEYS]
    parts += [_time(chosen, period, today, cycle, zone), chosen.text]
    return " ".join(part for part in parts if part)


def _values(key: Key, values: frozenset[Any], names: Names) -> str:
    if not values:
        return ""
    spelled = key.spelled(names)
    rest = spelled.keys() - values
    if key.closed and len(rest) == 1 and len(spelled) >= LENGTHY:
        return f"-{key.name}:{spelling(key, rest.pop(), spelled)}"
    return f"{key.name}:{','.join(sorted(spelling(key, value, spelled) for value in values))}"


def spelling(key: Key, value: Any, spelled: Spelled) -> str:
    """Return the shortest words that name this value and no other, as they would be typed."""
    spellings = spelled.get(value) or (str(value),)
    for name in spellings:
        piece = Piece(name, quoted=not safe(name))
        if _means(key, piece, value, spelled):
            return in_quotes(name) if piece.quoted else name
    return in_quotes(spellings[-1])


def _means(key: Key, piece: Piece, value: Any, spelled: Spelled) -> bool:
    try:
        return resolved(key, piece, spelled) == {value}
    except LedgerError:
        return False


def _time(
    chosen: Filter, period: str, today: date | None, cycle: Cycle, zone: tzinfo | None
) -> str:
    span = (chosen.since_s, chosen.until_s)
    if span == (None, None):
        return ""
    moves = today is not None and periods.rolls(period)
    if moves and periods.span_of(period, today or date.min, zone, cycle) == span:
        return f"last:{period}" if period.endswith("d") else f"in:{period}"
    parts = [
        f"{name}:{exact_words(seconds, zone)}"
        for name, seconds in zip(("after", "before"), span, strict=True)
        if seconds is not None
    ]
    return " ".join(parts)
