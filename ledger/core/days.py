"""Local days, made in this one place; everything else is UTC.

`zone` None follows the system's zone and its daylight saving.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def day_of(seconds: float, zone: tzinfo | None = None) -> date:
    """Return the local day of a moment given in seconds since 1970 UTC."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()


def start_of(day: date, zone: tzinfo | None = None) -> int:
    """Return the first second of a local day, in seconds since 1970 UTC."""
    naive = datetime.combine(day, time())
    aware = naive.replace(tzinfo=zone) if zone else naive.astimezone()
    return int(aware.timestamp())


def days_between(first: date, last: date) -> list[date]:
    """Return every day from first to last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def day_starts(
    first_s: int, last_s: int, zone: tzinfo | None = None
) -> tuple[list[date], list[int]]:
    """Return the local days that cover [first_s, last_s] and where each begins, plus one end."""
    days = days_between(day_of(first_s, zone), day_of(last_s, zone))
    starts = [start_of(day, zone) for day in days]
    return days, [*starts, start_of(days[-1] + timedelta(days=1), zone)]
