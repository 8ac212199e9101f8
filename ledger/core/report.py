"""A self-review as frozen values: every number with how many it rests on and how sure it is.

Shares are 0..1, STR is half-hours of kept work per million token-equivalents, days are local and
weeks begin on Mondays. Numbers are rounded when they come in (`rounded`), so that every format
says the same. The closed schema of these values is `resources/schema/review-1.json`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import floor, log10

SCHEMA_VERSION = 1
FIGURES_SHOWN = 3
TOTAL_FIGURES = 2  # token totals are told this roughly, unless the person wants them in


class Part(StrEnum):
    """The parts that the person may leave out; scope, outcome, caveats and method always stay."""

    DELIVERED = "delivered"
    TREND = "trend"
    LEARNED = "learned"
    CHANGED = "changed"


class Include(StrEnum):
    """What leaves only when the person asks for it, export by export."""

    PROJECT_NAMES = "project-names"
    MODEL_NAMES = "model-names"
    LABELS = "labels"
    TOTALS = "totals"
    RATES = "rates"
    MONEY = "money"
    TIMES = "times"

    @property
    def words(self) -> str:
        """What it puts into the file."""
        return _INCLUDED[self]


_INCLUDED = {
    Include.PROJECT_NAMES: "the real names of your projects",
    Include.MODEL_NAMES: "names of models that are not public",
    Include.LABELS: "your labels",
    Include.TOTALS: "token totals in full",
    Include.RATES: "how many half-hours you worked on how many days",
    Include.MONEY: "what it cost at list prices",
    Include.TIMES: "exact times and ids of interactions",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundedEstimate:
    """A number with its interval (about 90 %); None is “too few to say”."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundedRatio:
    """An STR as far as it may be told; fields as in `core.figures.Ratio`."""

    lower: float | None = None
    upper: float | None = None
    point: float | None = None
    assumed: bool = False
    sampled: bool = False
    low: float | None = None
    high: float | None = None
    blocks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Which days the review is about, both included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing the person says they delivered; written by them and by nobody else."""

    situation: str = ""
    did: str = ""
    outcome: str = ""
    evidence: tuple[str, ...] = ()  # E-014: resolves in the person's own program only


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything in a review that the person wrote."""

    claims: tuple[Claim, ...] = ()
    learned: tuple[str, ...] = ()
    dead_end: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the figures cover and what they leave out."""

    tools: tuple[str, ...] = ()
    interactions: int = 0
    requests: int = 0
    unknown: int = 0  # requests without token counts
    counted: float | None = None  # share of token-equivalents that was counted, not estimated
    coverage: float | None = None  # tagged share of token-equivalents
    tagged: int = 0  # interactions
    excluded: int = 0  # interactions of the period that the author left out
    excluded_share: float | None = None  # of the period's token-equivalents
    experiments: int = 0  # interactions declared an experiment, always after the prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class TagShare:
    """What became of some of it: kept, edited, thrown away or untagged."""

    tag: str
    interactions: int = 0
    share: RoundedEstimate = RoundedEstimate()  # of interactions
    tokens: RoundedEstimate = RoundedEstimate()  # of token-equivalents


@dataclass(frozen=True, slots=True, kw_only=True)
class Survived:
    """How much of what was added was still there; n counts interactions measured in git."""

    horizon: str
    share: RoundedEstimate = RoundedEstimate()
    baseline: float | None = None  # the repositories' own, in the same weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One tool, project, model, label or kind of work."""

    by: str
    name: str
    interactions: int = 0
    tokens: float = 0.0  # share of the token-equivalents of all groups
    ratio: RoundedRatio = RoundedRatio()
    thrown_away: RoundedEstimate = RoundedEstimate()  # of tagged interactions
    coverage: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of what was spent: losses are always in."""

    deliver: RoundedRatio = RoundedRatio()
    everything: RoundedRatio = RoundedRatio()  # experiments and automation included
    kept_lower: float | None = None  # share of token-equivalents, the untagged as thrown away
    kept_upper: float | None = None
    fates: tuple[TagShare, ...] = ()
    survived: tuple[Survived, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week; the ratio is that of the window which ends with it."""

    monday: date
    interactions: int = 0
    kept: int = 0
    edited: int = 0
    thrown_away: int = 0
    untagged: int = 0
    token_equivalents: float = 0.0  # two figures
    lower: float | None = None
    upper: float | None = None
    point: float | None = None
    low: float | None = None
    high: float | None = None
    coverage: float | None = None  # of the window


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstUse:
    """A tool or model that was used first in this week: a cause that is not skill."""

    monday: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How it went, week by week; `change` is said only when the weekly scan found one."""

    weeks: tuple[Week, ...] = ()
    window_days: int = 28
    first_uses: tuple[FirstUse, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Spending that was meant to teach, and what the figures support."""

    exploration: RoundedEstimate = RoundedEstimate()  # share of token-equivalents
    findings: tuple[str, ...] = ()
    loss: str = ""  # the largest piece of work that was thrown away


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often suggestions agreed with the person's tags."""

    agreed: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Token counts in full; in only when asked for."""

    input: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0
    token_equivalents: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How much was worked; in only when asked for."""

    half_hours: int = 0
    active_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Dollars at list prices for each kept half-hour; in only when asked for."""

    per_kept: RoundedEstimate = RoundedEstimate()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What somebody needs to compute all of it again."""

    program: str
    weights: int
    edited_worth: float
    exploration_cap: float
    block_minutes: int
    resamples: int
    seed: int
    extract: str  # SHA-256 of the times, sizes and tags behind the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A self-review."""

    period: Period
    parts: tuple[Part, ...] = tuple(Part)
    included: tuple[Include, ...] = ()
    words: Words = Words()
    scope: Scope = Scope()
    outcome: Outcome = Outcome()
    trend: Trend = Trend()
    learned: Learned = Learned()
    changed: tuple[str, ...] = ()  # comparisons, as sentences
    agreement: Agreement = Agreement()
    totals: Totals | None = None
    rates: Rates | None = None
    money: Money | None = None
    method: Method
    version: int = field(default=SCHEMA_VERSION)


def rounded(value: float, figures: int = FIGURES_SHOWN) -> float:
    """Return a number with so many figures that matter."""
    if value == 0:
        return 0.0
    return float(round(value, figures - 1 - floor(log10(abs(value)))))


def rounded_or_none(value: float | None) -> float | None:
    """Return a number with three figures that matter; None stays None."""
    return None if value is None else rounded(value)
