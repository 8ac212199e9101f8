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
SEARCH = ""  # the key of words to search for


def format_filter(
    filter_: Filter,
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
    parts = [_values(key, getattr(filter_, key.field), names) for key in KEYS]
    parts += [_time(filter_, period, today, cycle, zone), filter_.text]
    return " ".join(part for part in parts if part)


def _values(key: Key, values: frozenset[Any], names: Names) -> str:
    if not values:
        return ""
    spelled = key.spelled(names)
    others = spelled.keys() - values
    if key.closed and len(others) == 1 and len(spelled) >= LENGTHY:
        return f"-{key.name}:{spelling(key, others.pop(), spelled)}"
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
    filter_: Filter, period: str, today: date | None, cycle: Cycle, zone: tzinfo | None
) -> str:
    span = (filter_.since_s, filter_.until_s)
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


def replace_term(
    line: str,
    before: Filter,
    filter_: Filter,
    names: Names,
    period: str = "all",
    *,
    today: date | None = None,
    cycle: Cycle = HALF_YEAR,
    zone: tzinfo | None = None,
) -> str:
    """Return the line, which meant `before`, changed so that it means `filter_`.

    Terms of parts that are alike in both stay as they are, patterns and all.
    """
    changed_keys = set(_changed_keys(before, filter_))
    unchanged = [
        line[term.start : term.end]
        for term in _line_terms(line)
        if not _is_changed(term, changed_keys)
    ]
    changed = Filter(
        since_s=filter_.since_s if "after" in changed_keys else None,
        until_s=filter_.until_s if "after" in changed_keys else None,
        text=filter_.text if SEARCH in changed_keys else "",
        **{key.field: getattr(filter_, key.field) for key in KEYS if key.name in changed_keys},
    )
    new = format_filter(changed, names, period, today=today, cycle=cycle, zone=zone)
    if changed == ANY:
        return " ".join(unchanged)
    return " ".join((*unchanged, new))


def remove_term(line: str, keys: Collection[str]) -> str:
    """Return the line without the terms of some keys; "" is the key of words to search for."""
    return " ".join(
        line[term.start : term.end] for term in _line_terms(line) if term.key.casefold() not in keys
    )


def _line_terms(line: str) -> list[Term]:
    return terms(line, unfinished=True)


def _is_changed(term: Term, changed_keys: Collection[str]) -> bool:
    name = term.key.casefold()
    return name in changed_keys or (name in TIMES and "after" in changed_keys)


def _changed_keys(before: Filter, filter_: Filter) -> Iterator[str]:
    """Yield the keys whose part differs; “after” stands for everything about time."""
    for key in KEYS:
        if getattr(before, key.field) != getattr(filter_, key.field):
            yield key.name
    if (before.since_s, before.until_s) != (filter_.since_s, filter_.until_s):
        yield "after"
    if before.text != filter_.text:
        yield SEARCH
