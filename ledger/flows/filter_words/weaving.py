"""Changes one part of a line of filter words and leaves the others as somebody typed them."""

from collections.abc import Collection, Iterator
from datetime import date, tzinfo

from ledger.core.filters import ANY, Filter
from ledger.flows.filter_words.printer import printed
from ledger.flows.filter_words.tokens import Term, terms
from ledger.flows.filter_words.vocabulary import KEYS, TIMES, Names
from ledger.flows.periods import HALF_YEAR, Cycle

SEARCH = ""  # the key of words to search for


def woven(
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
    kept = [line[term.start : term.end] for term in _terms(line) if not _in(term, moved)]
    changed = Filter(
        since_s=chosen.since_s if "after" in moved else None,
        until_s=chosen.until_s if "after" in moved else None,
        text=chosen.text if SEARCH in moved else "",
        **{key.field: getattr(chosen, key.field) for key in KEYS if key.name in moved},
    )
    new = printed(changed, names, period, today=today, cycle=cycle, zone=zone)
    if changed == ANY:
        return " ".join(kept)
    return " ".join((*kept, new))


def without(line: str, keys: Collection[str]) -> str:
    """Return the line without the terms of some keys; "" is the key of words to search for."""
    return " ".join(
        line[term.start : term.end] for term in _terms(line) if term.key.casefold() not in keys
    )


def _terms(line: str) -> list[Term]:
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
