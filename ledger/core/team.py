"""What a person may share with a team: eight rounded, capped whole numbers and nothing else.

The numbers, their steps and their caps are those of the team files' fixed schema, version 1.
"""

from dataclasses import dataclass
from typing import NamedTuple

from ledger.core.team_periods import Period
from ledger.core.usage import TWENTIETHS

VERSION = 1
LEAST_PEOPLE = 5
MOST_PEOPLE = 100
LEAST_BLOCKS = 20  # a person with fewer in the period is left out: too little to hide in
BLOCK_STEP = 5
MTE = 1_000_000 * TWENTIETHS
QUARTER_CAPS = 3  # a quarter may hold three times what four weeks may


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
    found = [
        f"Its number “{field.name}” is not one that a card can hold."
        for field, value in zip(FIELDS, vector, strict=True)
        if value % field.step or not 0 <= value <= field.cap_in(period)
    ]
    if vector.n != 1:
        found.append("It is not about one person.")
    if vector.blocks < LEAST_BLOCKS:
        found.append(f"It is about fewer than {LEAST_BLOCKS} half-hours.")
    if not found and not _adds_up(vector, FIELDS[1].cap_in(period), people=1):
        found.append("Its numbers do not add up.")
    return found


def total_faults(total: Vector, period: Period) -> list[str]:
    """Return why these cannot be the sums of honest cards; `total.n` people are taken as known."""
    found = [
        f"The total of “{field.name}” is more than {total.n} people can have."
        for field, value in zip(FIELDS, total, strict=True)
        if value > total.n * field.cap_in(period)
    ]
    found += [
        f"The total of “{field.name}” is not made of rounded numbers."
        for field, value in zip(FIELDS, total, strict=True)
        if value % field.step
    ]
    if total.blocks < total.n * LEAST_BLOCKS:
        found.append("The total is about fewer half-hours than its people must have.")
    if not found and total.te_explore > total.te:
        found.append("The totals do not add up.")
    return found


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
class Yield:
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
    ratio: Yield
    own_ratio: Yield | None = None
    rounding_blocks: float
    rounding_mte: float
    notes: tuple[str, ...] = ()
