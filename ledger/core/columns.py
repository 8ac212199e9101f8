"""The whole ledger as numbers: parallel arrays that metrics and charts work on.

Arrays are `array.array` so that this floor needs no package; metrics look at them through numpy
without copying. They are never changed after they were made.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

QUARTER_S = 900  # portions are cut at quarter hours: every time zone's midnight lies on one


def _q() -> "array[int]":
    return array("q")


def _i() -> "array[int]":
    return array("i")


def _b() -> "array[int]":
    return array("b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Interactions and their portions.

    The first group has one element per interaction, ordered by (time_s, id). The second has one
    per portion: the requests of one interaction with one model in one quarter hour (UTC).
    Token-equivalents (`te*`) are in twentieths (`core.usage`); `te_low` and `te_high` differ from
    `te` only where counts were estimated. Requests of unknown usage count in `unknown` and add
    nothing to any counter.
    """

    id: "array[int]" = field(default_factory=_q)
    time_s: "array[int]" = field(default_factory=_q)
    session: "array[int]" = field(default_factory=_q)
    project: "array[int]" = field(default_factory=_i)  # position in `projects`
    tool: "array[int]" = field(default_factory=_b)  # position in `core.words.TOOLS`
    origin: "array[int]" = field(default_factory=_b)
    tag: "array[int]" = field(default_factory=_b)  # `core.words.Tag`, 0 = untagged
    intent: "array[int]" = field(default_factory=_b)
    # Observed, so derived: all three may be empty arrays, which stands for zeros.
    kind: "array[int]" = field(default_factory=_b)  # `core.words.Kind`, 0 = unsorted
    suggested: "array[int]" = field(default_factory=_b)  # a `Tag` that evidence speaks for, or 0
    confidence: "array[int]" = field(default_factory=_b)  # in that suggestion, percent

    owner: "array[int]" = field(default_factory=_i)  # position of its interaction
    model: "array[int]" = field(default_factory=_i)  # position in `models`
    quarter: "array[int]" = field(default_factory=_i)  # seconds since 1970 // QUARTER_S
    requests: "array[int]" = field(default_factory=_i)
    unknown: "array[int]" = field(default_factory=_i)
    input: "array[int]" = field(default_factory=_q)
    cache_read: "array[int]" = field(default_factory=_q)
    cache_write: "array[int]" = field(default_factory=_q)
    output: "array[int]" = field(default_factory=_q)
    reasoning: "array[int]" = field(default_factory=_q)
    te_low: "array[int]" = field(default_factory=_q)
    te: "array[int]" = field(default_factory=_q)
    te_high: "array[int]" = field(default_factory=_q)

    projects: tuple[str, ...] = ()  # project keys: directories
    models: tuple[str, ...] = ()
    labels: Mapping[str, frozenset[int]] = field(default_factory=dict)  # label -> interaction ids
    stamp: int = 0  # the ledger's state these columns show

    def __len__(self) -> int:
        return len(self.id)
