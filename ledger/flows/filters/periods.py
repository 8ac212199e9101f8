"""Stretches of days in a few letters that can be typed, remembered, and shown as words.

`7d`, `quarter` and `review` move with the calendar; `2026-07`, `2026-Q3` and
`2026-07-01..2026-08-15` stand still.
"""

import re
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from ledger.core import days, formatting
from ledger.core.errors import LedgerError

PRESETS = (
    ("all", "All time"),
    ("7d", "Last 7 days"),
    ("28d", "Last 28 days"),
    ("90d", "Last 90 days"),
    ("quarter", "This quarter"),
    ("last-quarter", "Last quarter"),
    ("review", "Review period"),
)
MOVING = frozenset(("quarter", "last-quarter", "review"))
HINT = "Write it like 2026, 2026-07, 2026-Q3, 2026-07-01, 2026-07-01..2026-08-15, or 14d."
LONGEST_DAYS = 36_500
FIRST_YEAR, LAST_YEAR = 1970, 9998  # they stand for an open end when a span is written
_SHAPE = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?", re.IGNORECASE)

Days = tuple[date | None, date | None]  # first and last, both included; None where it is open
Span = tuple[int | None, int | None]  # seconds since 1970 UTC: from, and up to but not including


class Cycle(NamedTuple):
    """How reviews repeat: every so many months, and a month that one of them begins with."""

    months: int = 6
    begins: int = 1


HALF_YEAR = Cycle()


def rolls(text: str) -> bool:
    """Whether a period moves with the calendar."""
    word = text.strip().lower()
    return word in MOVING or (word.endswith("d") and word[:-1].isdigit())


def days_of(text: str, today: date, cycle: Cycle = HALF_YEAR) -> Days:
    """Return the first and last day of a period; raises LedgerError when it is none.

    “review” is the newest review period that is over.
    """
    word = text.strip().lower()
    if word in ("", "all"):
        return None, None
    if word == "review":
        return _review(today, cycle)
    if word in ("quarter", "last-quarter"):
        return _quarter(today, back=word != "quarter")
    if word.endswith("d") and word[:-1].isdigit():
        count = int(word[:-1])
        if 1 <= count <= LONGEST_DAYS:
            return today - timedelta(days=count - 1), None
        raise LedgerError(f"“{text.strip()}” is too long a time.", HINT)
    first, dots, last = word.partition("..")
    begin = _stretch(first)
    end = _stretch(last) if dots else begin
    if begin[0] > end[1]:
        raise LedgerError(f"“{text.strip()}” ends before it begins.", HINT)
    return begin[0], end[1]


def span_of(text: str, today: date, zone: tzinfo | None = None, cycle: Cycle = HALF_YEAR) -> Span:
    """Return a period in seconds since 1970 UTC; raises LedgerError when it is none."""
    first, last = days_of(text, today, cycle)
    since = None if first is None else days.start_of(first, zone)
    return since, None if last is None else days.start_of(last + timedelta(days=1), zone)


def written(since: int | None, until: int | None, zone: tzinfo | None = None) -> str:
    """Return the period that covers a span, as it would be typed; an open end stays open."""
    if since is None and until is None:
        return "all"
    first = days.day_of(since, zone) if since is not None else date(FIRST_YEAR, 1, 1)
    last = days.day_of(until - 1, zone) if until is not None else date(LAST_YEAR, 12, 31)
    return f"{first}" if first == last else f"{first}..{last}"


def words_of(text: str) -> str:
    """Return a period as people read it."""
    for key, title in PRESETS:
        if key == text:
            return title
    if text.endswith("d") and text[:-1].isdigit():
        return f"Last {text[:-1]} days"
    first, dots, last = text.partition("..")
    if not dots:
        return _day_words(text)
    if last.startswith(str(LAST_YEAR)):
        return f"Since {_day_words(first)}"
    if first == f"{FIRST_YEAR}-01-01":
        return f"Until {_day_words(last)}"
    return f"{_day_words(first)} – {_day_words(last)}"


def meaning(text: str, today: date, cycle: Cycle = HALF_YEAR) -> str:
    """Return which days a period means now and whether it moves: “1 Jul – 30 Sep 2026, fixed”."""
    first, last = days_of(text, today, cycle)
    if first is None:
        return "everything there is"
    if last is None:
        return f"from {formatting.day(first, year=True)}, moves with today"
    if last.year >= LAST_YEAR:
        return f"from {formatting.day(first, year=True)} on, a fixed start"
    if first == date(FIRST_YEAR, 1, 1):
        return f"up to {formatting.day(last, year=True)}, a fixed end"
    moves = "moves with the calendar" if rolls(text) else "fixed"
    return f"{formatting.days(first, last)}, {moves}"


def pinned(text: str, today: date, cycle: Cycle = HALF_YEAR) -> str:
    """Return the period that stands still on the days that this one means now."""
    first, last = days_of(text, today, cycle)
    return "all" if first is None else f"{first}..{last or today}"


def before(text: str, today: date, cycle: Cycle = HALF_YEAR) -> str:
    """Return the period of as many days just before, as it would be typed; "" for all time."""
    first, last = days_of(text, today, cycle)
    if first is None or (last is not None and last.year >= LAST_YEAR) or first.year <= FIRST_YEAR:
        return ""
    length = ((last or today) - first).days + 1
    return f"{first - timedelta(days=length)}..{first - timedelta(days=1)}"


def _day_words(text: str) -> str:
    match = _SHAPE.fullmatch(text)
    if match is None or not match[3]:
        return text.upper()
    day = date(int(match[1]), int(match[3]), int(match[4] or 1))
    return f"{day:%b %Y}" if not match[4] else f"{day.day} {day:%b %Y}"


def _quarter(today: date, *, back: bool) -> tuple[date, date]:
    number = today.year * 4 + (today.month - 1) // 3 - back
    return _months(number // 4, number % 4 * 3 + 1, 3)


def _review(today: date, cycle: Cycle) -> tuple[date, date]:
    month = today.year * 12 + today.month - cycle.begins
    begin = month // cycle.months * cycle.months - cycle.months + cycle.begins - 1
    return _months(begin // 12, begin % 12 + 1, cycle.months)


def _stretch(text: str) -> tuple[date, date]:
    match = _SHAPE.fullmatch(text.strip())
    wrong = LedgerError(f"“{text.strip()}” is not a time that can be read.", HINT)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise wrong
    try:
        year, quarter, month, day = (int(part) if part else 0 for part in match.groups())
        if day:
            only = date(year, month, day)
            return only, only
        if quarter:
            return _months(year, quarter * 3 - 2, 3)
        return _months(year, month, 1) if match[3] else _months(year, 1, 12)
    except ValueError:
        raise wrong from None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = year * 12 + month - 1 + count
    end = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return date(year, month, 1), end
