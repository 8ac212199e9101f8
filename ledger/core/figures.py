"""Figures as they are shown, each with how sure it is: ratios, curves, flows and comparisons.

Shares are 0..1, MTE are millions of token-equivalents, days are local; STR is kept work blocks
per MTE.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """An STR with its three kinds of doubt, each None where the gates forbid to show it.

    `lower` and `upper` bound what the untagged could turn out to be; `point` is the best single
    value, `assumed` when it takes untagged blocks to behave like tagged ones; `low` and `high`
    are the interval of process noise (about 90 %).
    """

    lower: float | None = None
    upper: float | None = None
    point: float | None = None
    assumed: bool = False
    low: float | None = None
    high: float | None = None
    blocks: int = 0
    days: int = 0
    sampled: bool = False  # `point` rests on the daily questions, a probability sample
    answers: int = 0  # so many of them
    sample_low: float | None = None  # their 95 % interval: what asking everything would show
    sample_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything said about one group of interactions: a tool, a model, a day, or all."""

    key: str
    interactions: int = 0
    requests: int = 0
    unknown: int = 0  # requests without a known usage
    input: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0
    reasoning: int = 0
    kept: int = 0
    edited: int = 0
    thrown_away: int = 0
    untagged: int = 0
    mte: float = 0.0
    ratio: Ratio = Ratio()  # of deliveries: the headline
    ratio_all: Ratio = Ratio()  # of deliveries and experiments together
    kept_share_lower: float | None = None  # of token-equivalents; untagged as thrown away
    kept_share_upper: float | None = None  # untagged as kept
    coverage: float | None = None  # tagged share of token-equivalents
    coverage_blocks: float | None = None
    counted: float | None = None  # share of token-equivalents that is counted, not estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioSeries:
    """STR day by day; every list has one element per day, None where nothing can be said."""

    days: tuple[date, ...]
    lower: tuple[float | None, ...]  # rolling window, bounds for the untagged
    upper: tuple[float | None, ...]
    point: tuple[float | None, ...]
    low: tuple[float | None, ...]  # interval of the rolling window
    high: tuple[float | None, ...]
    smooth: tuple[float | None, ...]  # exponentially weighted, half-life 14 days
    coverage: tuple[float | None, ...]
    blocks: tuple[int, ...]
    window_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Token-equivalents (MTE) by what became of them, one element per period."""

    starts: tuple[date, ...]
    step: str  # day, week or month
    kept: tuple[float, ...]
    edited: tuple[float, ...]
    thrown_away: tuple[float, ...]
    untagged: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One element per day: work blocks begun, and the kept share of tagged token-equivalents."""

    days: tuple[date, ...]
    blocks: tuple[int, ...]
    kept_share: tuple[float | None, ...]
    coverage: tuple[float | None, ...]


class Doubt(StrEnum):
    """What the two ends of a figure mean."""

    NONE = ""  # a plain count: there are no ends
    BOUNDS = "bounds"  # what is not known yet could still make it this
    INTERVAL = "interval"  # chance could have made it this


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its two ends; None where the gates forbid to say it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0  # it rests on so many
    of: str = "work blocks"  # what `n` counts
    note: str = ""
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Estimate):
    """One estimate of the panel; the key is a row of `metrics.registry`."""

    key: str
    unit: str = ""


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
    diminishing_point: (
        float | None
    )  # MTE beyond which more tokens yield less than half of the overall ratio
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
