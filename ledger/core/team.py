"""What a person may share with a team: eight rounded, capped whole numbers about one period.

The numbers, their steps and their caps are those of the team files' fixed schema, version 1.

They begin and end at midnight UTC: half-hours are counted in UTC, and a file made elsewhere must
not tell a time zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Self

from ledger.core.errors import TeamError
from ledger.core.usage import TWENTIETHS

QUARTERS = 4
FOUR_WEEKS = 13  # in an ISO year; the last one has five weeks when the year has 53
MONTHS = 3
LATE_ROUNDS = 2  # a sealed sum is made while the period is one of this many that ended last
_PERIOD = re.compile(r"(?P<year>20[0-9]{2})-(?:Q(?P<quarter>[1-4])|P(?P<part>0[1-9]|1[0-3]))")
VERSION = 1
LEAST_PEOPLE = 5
MOST_PEOPLE = 100
LEAST_BLOCKS = 20  # a person with fewer in the period is left out: too little to hide in
BLOCK_STEP = 5
MTE = 1_000_000 * TWENTIETHS
QUARTER_CAPS = 3  # a quarter may hold three times what four weeks may


class Period(NamedTuple):
    """One quarter (`part` 0) or one of thirteen parts of an ISO year (`quarter` 0)."""

    year: int
    quarter: int = 0
    part: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the period that is written so, like 2026-Q3 or 2026-P07; raises TeamError."""
        match = _PERIOD.fullmatch(text)
        if match is None:
            raise TeamError(
                "This is no period that a team file can be about.",
                "Write a quarter like 2026-Q3, or four weeks like 2026-P07.",
            )
        return cls(int(match["year"]), int(match["quarter"] or 0), int(match["part"] or 0))

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


class Field(NamedTuple):
    """One number of a card: what it is called, how coarse, how large at most, what it says."""

    name: str
    step: int
    cap: int  # in four weeks
    words: str

    def cap_in(self, period: Period) -> int:
        """Return the largest value in a period of this length."""
        return self.cap * (QUARTER_CAPS if period.quarter and self.name != "n" else 1)


FIELDS = (
    Field("n", 1, 1, "one person: adding these up counts the people"),
    Field(
        "blocks",
        BLOCK_STEP,
        200,
        "half-hours of a project in which you started AI work, experiments aside",
    ),
    Field("kept", BLOCK_STEP, 200, "of these, half-hours with output that you kept"),
    Field("edited", BLOCK_STEP, 200, "of these, half-hours whose best output you edited first"),
    Field("thrown", BLOCK_STEP, 200, "of these, half-hours whose output you threw away"),
    Field("unknown", BLOCK_STEP, 200, "of these, half-hours that you have not tagged to the end"),
    Field("te", 1, 100, "millions of price-weighted tokens, everything you spent"),
    Field("te_explore", 1, 50, "of these, millions that you spent on experiments"),
)


class Vector(NamedTuple):
    """The eight numbers, in the order of `FIELDS`."""

    n: int
    blocks: int
    kept: int
    edited: int
    thrown: int
    unknown: int
    te: int
    te_explore: int


class Counts(NamedTuple):
    """The true numbers of one person and period, before rounding; they never leave."""

    blocks: int
    kept: int
    edited: int
    thrown: int
    unknown: int
    te: int  # token-equivalents in twentieths
    te_explore: int


@dataclass(frozen=True, slots=True)
class Card:
    """What one person shares about one period: closed, without any word of the ledger."""

    period: Period
    vector: Vector


class Line(NamedTuple):
    """One field of a file in plain words, as it is shown before the file is written."""

    field: str
    value: str
    words: str


def rounded(counts: Counts, period: Period) -> Vector:
    """Round to the nearest step and cap: the same counts always give the same numbers."""
    blocks = [(value + BLOCK_STEP // 2) // BLOCK_STEP * BLOCK_STEP for value in counts[:5]]
    tokens = [(value + MTE // 2) // MTE for value in counts[5:]]
    pairs = zip(FIELDS, (1, *blocks, *tokens), strict=True)
    return Vector(*(min(value, field.cap_in(period)) for field, value in pairs))


def faults(vector: Vector, period: Period) -> list[str]:
    """Return why no honest program can have made this card, a sentence each."""
    sentences = [
        f"Its number “{field.name}” is not one that a card can hold."
        for field, value in zip(FIELDS, vector, strict=True)
        if value % field.step or not 0 <= value <= field.cap_in(period)
    ]
    if vector.n != 1:
        sentences.append("It is not about one person.")
    if vector.blocks < LEAST_BLOCKS:
        sentences.append(f"It is about fewer than {LEAST_BLOCKS} half-hours.")
    if not sentences and not _adds_up(vector, FIELDS[1].cap_in(period), people=1):
        sentences.append("Its numbers do not add up.")
    return sentences


def total_faults(total: Vector, period: Period) -> list[str]:
    """Return why these cannot be the sums of honest cards; `total.n` people are taken as known."""
    sentences = [
        f"The total of “{field.name}” is more than {total.n} people can have."
        for field, value in zip(FIELDS, total, strict=True)
        if value > total.n * field.cap_in(period)
    ]
    sentences += [
        f"The total of “{field.name}” is not made of rounded numbers."
        for field, value in zip(FIELDS, total, strict=True)
        if value % field.step
    ]
    if total.blocks < total.n * LEAST_BLOCKS:
        sentences.append("The total is about fewer half-hours than its people must have.")
    if not sentences and total.te_explore > total.te:
        sentences.append("The totals do not add up.")
    return sentences


def _adds_up(vector: Vector, cap: int, people: int) -> bool:
    """Say whether the parts are the whole, as far as rounding and caps let them be."""
    parts = vector.kept + vector.edited + vector.thrown + vector.unknown
    # Five roundings of at most two blocks each: parts and whole are at most two steps apart.
    slack = 2 * BLOCK_STEP * people
    fits = parts - vector.blocks <= slack or vector.blocks == cap
    return fits and vector.blocks - parts <= slack and vector.te_explore <= vector.te


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of the team, and on one's own screen one's own beside it; all are 0..1."""

    team: float
    own: float | None = None

    @property
    def distance(self) -> float | None:
        """How far one's own share lies above the team's."""
        return None if self.own is None else self.own - self.team


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRatio:
    """Kept half-hours per million token-equivalents, with what tags and weights leave open.

    `lower` and `upper` take the unknown as thrown away and as kept, edited at a half;
    `least` and `most` take edited at a quarter and at three quarters besides.
    """

    lower: float
    upper: float
    least: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCard:
    """What a team sees: sums over five or more people. It has no row of anybody.

    `rounding_blocks` and `rounding_mte` are how far rounding can have moved the totals that the
    figures come from, as shares of them.
    """

    period: Period
    participants: int
    kept: Share
    edited: Share
    thrown: Share
    unknown: Share
    coverage: Share
    exploration: Share
    ratio: TeamRatio
    own_ratio: TeamRatio | None = None
    rounding_blocks: float
    rounding_mte: float
    notes: tuple[str, ...] = ()
