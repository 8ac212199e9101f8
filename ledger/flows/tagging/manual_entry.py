"""An interaction entered by hand: what tool, when, and what it used as well as that is known."""

import re
import secrets
from datetime import UTC, datetime, timedelta

from dateutil import parser as date_parser

from ledger.core.edits import LogEntry
from ledger.core.errors import LedgerError
from ledger.core.ids import content_id
from ledger.core.usage import Usage

DAYS_BACK = {"today": 0, "yesterday": 1}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AGO = re.compile(
    r"(\d{1,6}|an?) *"
    r"(?:(?P<minutes>m|mins?|minutes?)|(?P<hours>h|hrs?|hours?)|(?P<days>d|days?)|(?P<weeks>w|weeks?))"
    r" +ago"
)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # before it, a year was mistyped
NOT_A_TIME = "“{text}” is not a time that can be read."
TIME_HINT = "Write it like “yesterday 15:00”, “monday 9:30”, “2026-07-01 14:00” or “20 min ago”."


def manual_entry(
    machine: str, *, time_ms: int, tool: str, model: str, project: str, usage: Usage
) -> LogEntry:
    """Return a hand-made entry with an id of its own, however often the same is entered."""
    identity = content_id("logged", machine, str(time_ms), secrets.token_hex(8))
    return LogEntry(identity, time_ms, tool, model.strip(), project.strip(), usage)


def moment(text: str, now: datetime) -> int:
    """Read a past time in a person's words, in milliseconds since 1970 UTC.

    `now` is aware and in the person's zone. Raises LedgerError for what cannot be read, for times
    that have not come yet and for those long before there was anything to log.
    """
    normalized = " ".join(text.lower().split())
    if not normalized or normalized == "now":
        return int(now.timestamp() * 1000)
    try:
        parsed = _ago(normalized, now) or _day_and_time(normalized, now)
    except (ValueError, OverflowError):
        raise LedgerError(NOT_A_TIME.format(text=text.strip()), TIME_HINT) from None
    if parsed > now + timedelta(minutes=1):
        raise LedgerError(f"“{text.strip()}” has not come yet.", TIME_HINT)
    if parsed < EARLIEST:
        raise LedgerError(f"“{text.strip()}” is too long ago.", TIME_HINT)
    return int(parsed.timestamp() * 1000)


def _ago(text: str, now: datetime) -> datetime | None:
    match = AGO.fullmatch(text)
    if match is None:
        return None
    count = int(match[1]) if match[1].isdecimal() else 1
    return now - timedelta(**{str(match.lastgroup): count})


def _day_and_time(text: str, now: datetime) -> datetime:
    first, _, time_text = text.partition(" ")
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    if first in DAYS_BACK:
        day = noon - timedelta(days=DAYS_BACK[first])
    elif first in WEEKDAYS:
        day = noon - timedelta(days=(now.weekday() - WEEKDAYS.index(first)) % 7)
    else:
        day, time_text = noon, text
    if not time_text.strip():
        return min(day, now)
    naive: datetime = date_parser.parse(time_text, default=day.replace(tzinfo=None))
    # On a naive local time it picks the offset of that day, not of today; an offset that no zone
    # can have is a ValueError here.
    return naive.astimezone()
