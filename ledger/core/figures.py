"""Figures as they are shown: never without how much is known and how sure it is.

Shares are 0..1. MTE is a million token-equivalents; STR is kept work blocks per MTE.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the panel; None where the gates forbid to say it.

    `n` is how many of `of` it rests on; the key is a row of `metrics.registry`.
    """

    key: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    of: str = ""
    unit: str = ""
    note: str = ""
    doubt: Doubt = Doubt.NONE
