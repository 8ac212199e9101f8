"""From filter text to the filter that it means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from ledger.core.days import start_of
from ledger.core.errors import LedgerError
from ledger.core.filters import Filter
from ledger.core.text_safety import one_line
from ledger.flows.filters import periods
from ledger.flows.filters.periods import HALF_YEAR, Cycle
from ledger.flows.filters.resolver import BY_NAME, KEYS, TIMES, Key, Names, resolve, unknown_key
from ledger.flows.filters.tokens import Term, searched, terms

EXAMPLE = "Write it like 2026, 2026-07, 2026-Q3 or 2026-07-01."
LABEL_NOT_NEGATIVE = "A label cannot be left out: nothing says what has no label."


@dataclass(frozen=True, slots=True)
class ParsedFilter:
    """What filter words mean now; `period` is as `flows.filters.periods` reads it, and may move."""

    filter: Filter
    period: str = "all"


def parse(
    line: str,
    names: Names,
    today: date,
    cycle: Cycle = HALF_YEAR,
    zone: tzinfo | None = None,
) -> ParsedFilter:
    """Return what a line means; raises LedgerError with the nearest known word."""
    return read_terms(terms(line), names, today, cycle, zone)


def read_terms(
    typed: Sequence[Term],
    names: Names,
    today: date,
    cycle: Cycle = HALF_YEAR,
    zone: tzinfo | None = None,
) -> ParsedFilter:
    """Return what terms mean, however they were typed; raises LedgerError as `parse` does."""
    for term in typed:
        if term.key and term.key.casefold() not in (*BY_NAME, *TIMES):
            raise unknown_key(term.key)
        if term.key and not term.pieces:
            raise LedgerError(f"“{term.key}:” needs a value.", f"Write one after {term.key}: .")
    values: dict[str, Any] = {}
    for key in KEYS:
        of_key = [term for term in typed if term.key.casefold() == key.name]
        if of_key:
            values[key.field] = _values(key, of_key, names)
    text = searched([piece for term in typed if not term.key for piece in term.pieces])
    period, since, until = _time(typed, today, cycle, zone)
    return ParsedFilter(Filter(since_s=since, until_s=until, text=text, **values), period)


def _values(key: Key, of_key: Sequence[Term], names: Names) -> frozenset[Any]:
    """Return what is wanted less what is left out."""
    spelled = key.spelled(names)
    included: frozenset[Any] = frozenset()
    excluded: frozenset[Any] = frozenset()
    for term in of_key:
        for piece in term.pieces:
            hit = resolve(key, piece, spelled)
            included, excluded = (
                (included, excluded | hit) if term.negative else (included | hit, excluded)
            )
    if excluded and key.name == "label":
        raise LedgerError(LABEL_NOT_NEGATIVE, "Take the minus sign away.")
    left = (included or frozenset(spelled)) - excluded
    if not left:
        raise LedgerError(f"With these words no {key.words.lower()} is left.", "Leave one out.")
    return left


def _time(
    typed: Sequence[Term], today: date, cycle: Cycle, zone: tzinfo | None
) -> tuple[str, int | None, int | None]:
    """Return the period, and its first second and the one after its last."""
    given: dict[str, str] = {}
    for term in typed:
        name = term.key.casefold()
        if name not in TIMES:
            continue
        if term.negative or name in given or len(term.pieces) > 1:
            raise LedgerError(f"“{name}:” takes one time.", "Leave the others out.")
        given[name] = term.pieces[0].text
    if len(given) > 1 and not given.keys() <= {"after", "before"}:
        times = " and ".join(f"{name}:" for name in given)
        raise LedgerError(f"{times} do not go together.", "Leave one of them out.")
    if "last" in given or "in" in given:
        period = _last(given["last"]) if "last" in given else given["in"].strip().lower()
        return period, *periods.span_of(period, today, zone, cycle)
    since = moment(given["after"], zone) if "after" in given else None
    until = moment(given["before"], zone) if "before" in given else None
    if since is not None and until is not None and since >= until:
        raise LedgerError("The time ends before it begins.", "“before:” is later than “after:”.")
    return periods.written(since, until, zone), since, until


def _last(text: str) -> str:
    word = text.strip().lower()
    if word == "quarter":
        return "last-quarter"
    count = word[:-1] if word[-1:] in "dw" else ""
    if count.isascii() and count.isdigit() and len(count) <= 5:
        return f"{int(count) * (7 if word.endswith('w') else 1)}d"
    raise LedgerError(
        f"“last:{one_line(text, 40)}” is no length of time.", "Write it like last:28d or last:4w."
    )


def moment(text: str, zone: tzinfo | None = None) -> int:
    """Return the first second of a day, month, quarter or year, or a moment like 2026-07-01T09:30Z.

    Raises LedgerError.
    """
    word = text.strip()
    if word.upper().endswith("Z") and "T" in word.upper():
        return _exact(word)
    wrong = LedgerError(f"“{one_line(text, 40)}” is not a time that can be read.", EXAMPLE)
    if ".." in word or periods.rolls(word):
        raise wrong
    first, _ = periods.days_of(word, date.min)
    if first is None:
        raise wrong
    return start_of(first, zone)


def _exact(word: str) -> int:
    try:
        return int(datetime.fromisoformat(word[:-1]).replace(tzinfo=UTC).timestamp())
    except (ValueError, OverflowError):
        raise LedgerError(
            f"“{one_line(word, 40)}” is not a time that can be read.", EXAMPLE
        ) from None


def exact_words(seconds: int, zone: tzinfo | None = None) -> str:
    """Return a moment as `moment` reads it: a day where it is the start of one."""
    utc = datetime.fromtimestamp(seconds, UTC)
    day = utc.astimezone(zone).date()
    if periods.FIRST_YEAR <= day.year <= periods.LAST_YEAR and start_of(day, zone) == seconds:
        return day.isoformat()
    return f"{utc.replace(tzinfo=None).isoformat()}Z"


def both_of(first: Filter, second: Filter) -> Filter:
    """Return the filter that lets through what both do; raises LedgerError when nothing can be.

    The ids of the first and the text of the second are taken over.
    """
    values: dict[str, Any] = {}
    for key in KEYS:
        ours, theirs = getattr(first, key.field), getattr(second, key.field)
        values[key.field] = (ours & theirs) if ours and theirs else ours | theirs
        if ours and theirs and not values[key.field]:
            raise LedgerError(f"Nothing can have both {key.name}s.", "Leave one of them out.")
    since = [part.since_s for part in (first, second) if part.since_s is not None]
    until = [part.until_s for part in (first, second) if part.until_s is not None]
    return Filter(
        since_s=max(since, default=None),
        until_s=min(until, default=None),
        ids=first.ids,
        text=second.text,
        **values,
    )


def onto(base: Filter, added: Filter) -> Filter:
    """Return the filter with the parts that another one has in place of its own."""
    values = {key.field: getattr(added, key.field) for key in KEYS if getattr(added, key.field)}
    return replace(base, **values)
