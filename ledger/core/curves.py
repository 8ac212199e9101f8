"""Figures of the charts beyond the ratio: curves, flows, comparisons, each with n and interval.

Shares are 0..1, MTE are millions of token-equivalents, days are local.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Bin(NamedTuple):
    """Blocks of about one size: what they were worth on average, with an interval."""

    low_mte: float
    high_mte: float
    blocks: int
    worth: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthCurve:
    """Average worth of a work block by its size; flat means that size does not matter."""

    bins: tuple[Bin, ...]
    fit: tuple[tuple[float, float], ...]  # (MTE, worth): monotone
    knee: float | None  # MTE beyond which more tokens yield less than half of the overall ratio
    blocks: int


class Stop(NamedTuple):
    """Of the blocks that passed a size: the share that ended up kept."""

    mte: float
    blocks: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLoss:
    """Share of work blocks kept, by the size they had already passed."""

    stops: tuple[Stop, ...]
    blocks: int


class SessionDot(NamedTuple):
    """One session: its size and what its tagged tokens became."""

    session: int
    first: int  # id of its first interaction in the selection
    time_s: int
    tool: str
    mte: float
    worth: float | None  # kept share of tagged token-equivalents
    coverage: float
    interactions: int


@dataclass(frozen=True, slots=True)
class Link:
    """Tokens that flow from one name to another, in MTE."""

    source: str
    target: str
    mte: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """From tools to models to what became of the output; layers list names from large to small."""

    tools: tuple[str, ...]
    models: tuple[str, ...]
    outcomes: tuple[str, ...]  # kept, edited, thrown away, untagged
    links: tuple[Link, ...]  # tool -> model, and model -> outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekHours:
    """Work begun by weekday and hour: 7 rows (Monday first) of 24 values."""

    blocks: tuple[tuple[int, ...], ...]
    kept_share: tuple[tuple[float | None, ...], ...]  # of tagged token-equivalents


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many interactions cost how much, by tag; edges are MTE on a logarithmic scale."""

    edges: tuple[float, ...]
    kept: tuple[int, ...]
    edited: tuple[int, ...]
    thrown_away: tuple[int, ...]
    untagged: tuple[int, ...]
    median_mte: float
    top_share: float | None  # of all token-equivalents, by the largest 5 % of interactions


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrunken:
    """A group's ratio pulled towards the whole by as much as it is uncertain."""

    key: str
    raw: float | None  # lower bound's ratio where nothing better is known
    value: float | None
    low: float | None
    high: float | None
    blocks: int
    coverage: float | None
    mte: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that the weekly scan found."""

    week: date  # Monday of the first week after it
    weeks_either_way: int  # the date is known this well
    factor: float  # typical ratio after / before
    p: float  # of the permutation test


class Typical(NamedTuple):
    """The typical STR, mean worth / geometric mean of tokens: one giant burn hardly moves it.

    The gap to the STR is what the largest blocks took. None where the gates forbid to show it.
    """

    value: float | None
    low: float | None
    high: float | None
    blocks: int


class Mark(NamedTuple):
    """A known cause, drawn so that it is not read as skill: a tool or model used first."""

    day: date
    kind: str  # "tool" or "model"
    name: str


class Verdict(StrEnum):
    """What a comparison supports."""

    NOT_COMPARABLE = "not comparable"
    NO_DIFFERENCE = "no clear difference"
    LIKELY_FIRST = "likely the first"
    LIKELY_SECOND = "likely the second"


class Arm(NamedTuple):
    """One side of a comparison in one stratum, or in all."""

    worth: float
    mte: float
    blocks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two groups within the same work; `ratio` is first / second, stratified."""

    first: str
    second: str
    arms: tuple[Arm, Arm]
    strata: tuple[tuple[str, Arm, Arm], ...]  # those that both share
    crude: float | None
    ratio: float | None
    low: float | None
    high: float | None
    probability: float | None  # that the first is better
    verdict: Verdict
    simpson: bool  # crude and stratified point in opposite directions
    reason: str = ""  # why it is not comparable
    notes: tuple[str, ...] = field(default=())
