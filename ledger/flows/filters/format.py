"""From a filter to the text that means it, and one term of a text changed."""

from collections.abc import Collection, Iterator
from datetime import date, tzinfo
from typing import Any

from ledger.core.errors import LedgerError
from ledger.core.filters import ANY, Filter
from ledger.flows.filters import periods
from ledger.flows.filters.parser import exact_words
from ledger.flows.filters.periods import HALF_YEAR, Cycle
from ledger.flows.filters.resolver import KEYS, TIMES, Key, Names, Spelled, resolve
from ledger.flows.filters.tokens import Piece, Term, in_quotes, safe, terms

LENGTHY = 4  # of so many values, all but one are told by the one


def format_filter(
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
        return resolve(key, piece, spelled) == {value}
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


SEARCH = ""  # the key of words to search for


def replace_term(
    line: str,
    before: Filter,
    chosen: Filter,
    names: Names,
    period: str = "all",
    *,
    today: date | None = None,
    cycle: Cycle = HALF_YEAR,
    zone: tzinfo | None = None,
) -> str:
    """Return the line, which meant `before`, changed so that it means `chosen`.

    Terms of parts that are alike in both stay as they are, patterns and all.
    """
    moved = set(_moved(before, chosen))
    kept = [line[term.start : term.end] for term in _line_terms(line) if not _in(term, moved)]
    changed = Filter(
        since_s=chosen.since_s if "after" in moved else None,
        until_s=chosen.until_s if "after" in moved else None,
        text=chosen.text if SEARCH in moved else "",
        **{key.field: getattr(chosen, key.field) for key in KEYS if key.name in moved},
    )
    new = format_filter(changed, names, period, today=today, cycle=cycle, zone=zone)
    if changed == ANY:
        return " ".join(kept)
    return " ".join((*kept, new))


def remove_term(line: str, keys: Collection[str]) -> str:
    """Return the line without the terms of some keys; "" is the key of words to search for."""
    return " ".join(
        line[term.start : term.end] for term in _line_terms(line) if term.key.casefold() not in keys
    )


def _line_terms(line: str) -> list[Term]:
    return terms(line, unfinished=True)


def _in(term: Term, moved: Collection[str]) -> bool:
    name = term.key.casefold()
    return name in moved or (name in TIMES and "after" in moved)


def _moved(before: Filter, chosen: Filter) -> Iterator[str]:
    """Yield the keys whose part differs; “after” stands for everything about time."""
    for key in KEYS:
        if getattr(before, key.field) != getattr(chosen, key.field):
            yield key.name
    if (before.since_s, before.until_s) != (chosen.since_s, chosen.until_s):
        yield "after"
    if before.text != chosen.text:
        yield SEARCH
