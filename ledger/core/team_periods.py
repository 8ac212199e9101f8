"""Stretches of time that a team file may be about: a quarter, or four weeks of an ISO year.

They begin and end at midnight UTC: half-hours are counted in UTC, and a file made elsewhere must
not tell a time zone.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Self

from ledger.core.errors import TeamError

QUARTERS = 4
FOUR_WEEKS = 13  # in an ISO year; the last one has five weeks when the year has 53
MONTHS = 3
LATE_ROUNDS = 2  # a sealed sum is made while the period is one of this many that ended last
_WRITTEN = re.compile(r"(?P<year>20[0-9]{2})-(?:Q(?P<quarter>[1-4])|P(?P<part>0[1-9]|1[0-3]))")


class Period(NamedTuple):
    """One quarter (`part` 0) or one of thirteen parts of an ISO year (`quarter` 0)."""

    year: int
    quarter: int = 0
    part: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the period that is written so, like 2026-Q3 or 2026-P07; raises TeamError."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise TeamError(
                "This is no period that a team file can be about.",
                "Write a quarter like 2026-Q3, or four weeks like 2026-P07.",
            )
        return cls(int(found["year"]), int(found["quarter"] or 0), int(found["part"] or 0))

    def __str__(self) -> str:
        return f"{self.year}-" + (f"Q{self.quarter}" if self.quarter else f"P{self.part:02}")

    @property
    def starts(self) -> date:
        """The first day."""
        if self.quarter:
            return date(self.year, MONTHS * (self.quarter - 1) + 1, 1)
        return date.fromisocalendar(self.year, 4 * (self.part - 1) + 1, 1)

    @property
    def ends(self) -> date:
        """The first day after it."""
        return self.after().starts

    @property
    def since_s(self) -> int:
        """Its first second, in seconds since 1970 UTC."""
        return _seconds(self.starts)

    @property
    def until_s(self) -> int:
        """The first second after it, in seconds since 1970 UTC."""
        return _seconds(self.ends)

    @property
    def words(self) -> str:
        """The days it covers, as people read them."""
        last = self.ends - timedelta(days=1)
        return f"{_day(self.starts)} to {_day(last)} (UTC)"

    def after(self) -> Self:
        """Return the next period of the same kind."""
        if self.quarter == QUARTERS or self.part == FOUR_WEEKS:
            return type(self)(self.year + 1, min(self.quarter, 1), min(self.part, 1))
        return self._replace(
            quarter=self.quarter + bool(self.quarter), part=self.part + bool(self.part)
        )

    def has_ended(self, now_s: int) -> bool:
        """Whether nothing can happen in it any more."""
        return now_s >= self.until_s

    def is_recent(self, now_s: int) -> bool:
        """Whether it has ended and is one of the last two that did."""
        late = self
        for _ in range(LATE_ROUNDS):
            late = late.after()
        return self.has_ended(now_s) and not late.has_ended(now_s)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return self.starts < other.ends and other.starts < self.ends


def last_four_weeks(now_s: int) -> Period:
    """Return the latest four-week period that has ended."""
    year = datetime.fromtimestamp(now_s, UTC).date().isocalendar().year
    parts = [Period(in_year, part=n) for in_year in (year - 1, year) for n in range(1, 14)]
    return [period for period in parts if period.has_ended(now_s)][-1]


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
