"""The whole ledger as numbers: parallel arrays that metrics and charts work on.

Arrays are `array.array` so that this floor needs no package; metrics look at them through numpy
without copying. They are never changed after they were made.
"""

# ruff: noqa: RUF009 - `_row` and `_portion` make fields, as `field` does

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from functools import partial
from typing import Any, Final, Generic, NamedTuple, TypeVar

QUARTER_S = 900  # portions are cut at quarter hours: every time zone's midnight lies on one

A = TypeVar("A")  # the type of an array


class Level(Enum):
    """What has one element in a column."""

    INTERACTION = "interaction"
    PORTION = "portion"


class Source(Enum):
    """Where the values of a column come from."""

    LOGS = "logs"
    PERSON = "person"  # who sets the attribute of that name in `core.edits`
    EVIDENCE = "evidence"  # and the person, where there is such an attribute, has the last word


class Column(NamedTuple):
    """One array of `Columns`."""

    name: str
    typecode: str  # of `array.array`
    level: Level
    source: Source
    optional: bool  # may be an empty array, which stands for zeros


def _of(
    level: Level, typecode: str, source: Source = Source.LOGS, *, optional: bool = False
) -> Any:
    column = partial(Column, typecode=typecode, level=level, source=source, optional=optional)
    return field(default_factory=partial(array, typecode), metadata={"column": column})


_row = partial(_of, Level.INTERACTION)
_portion = partial(_of, Level.PORTION)


@dataclass(frozen=True, eq=False, kw_only=True)
class ColumnSet(Generic[A]):
    """Interactions and their portions.

    The first group has one element per interaction, ordered by (time_s, id). The second has one
    per portion: the requests of one interaction with one model at one tariff in one quarter hour
    (UTC).
    Token-equivalents (`te*`) are in twentieths (`core.usage`); `te_low` and `te_high` differ from
    `te` only where counts were estimated. Requests of unknown usage count in `unknown` and add
    nothing to any counter. What a tool says in total beyond its requests stands in `missing` of
    the portion it is put to, and in no counter either.
    """

    id: A = _row("q")
    time_s: A = _row("q")
    session: A = _row("q")
    project: A = _row("i")  # position in `projects`
    tool: A = _row("b")  # position in `core.words.TOOLS`
    origin: A = _row("b")
    tag: A = _row("b", Source.PERSON)  # `core.words.Tag`, 0 = untagged
    intent: A = _row("b", Source.PERSON)
    kind: A = _row("b", Source.EVIDENCE, optional=True)  # `core.words.Kind`, 0 = unsorted
    suggested: A = _row("b", Source.EVIDENCE, optional=True)  # a `Tag` that speaks, or 0
    confidence: A = _row("b", Source.EVIDENCE, optional=True)  # in it, percent

    owner: A = _portion("i")  # position of its interaction
    model: A = _portion("i")  # position in `models`
    quarter: A = _portion("i")  # seconds since 1970 // QUARTER_S
    tariff: A = _portion("i", optional=True)  # what prices depend on: `core.tariff`
    requests: A = _portion("i")
    unknown: A = _portion("i")
    input: A = _portion("q")
    cache_read: A = _portion("q")
    cache_write: A = _portion("q")
    cache_write_1h: A = _portion("q", optional=True)  # of these, what was to live an hour
    output: A = _portion("q")
    reasoning: A = _portion("q")
    searches: A = _portion("i", optional=True)  # of the web, billed by use
    te_low: A = _portion("q")
    te: A = _portion("q")
    te_high: A = _portion("q")
    missing: A = _portion("q", optional=True)  # what only the tool's own total tells (`te`)

    projects: tuple[str, ...] = ()  # project keys: directories
    models: tuple[str, ...] = ()
    labels: Mapping[str, frozenset[int]] = field(default_factory=dict)  # label -> interaction ids
    stamp: int = 0  # the ledger's state these columns show


# Every array, in order: whoever goes through the columns goes through this.
COLUMNS: Final[tuple[Column, ...]] = tuple(
    entry.metadata["column"](entry.name) for entry in fields(ColumnSet) if entry.metadata
)


@dataclass(frozen=True, kw_only=True)
class Columns(ColumnSet["array[int]"]):
    """The columns as the store reads and keeps them."""

    def __len__(self) -> int:
        return len(self.id)
