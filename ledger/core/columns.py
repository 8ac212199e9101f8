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

Array = TypeVar("Array")  # the type of an array


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
class ColumnSet(Generic[Array]):
    """Interactions and their portions.

    The first group has one element per interaction, ordered by (time_s, id). The second has one
    per portion: the requests of one interaction with one model at one tariff in one quarter hour
    (UTC).
    Token-equivalents (`te*`) are in twentieths (`core.usage`); `te_low` and `te_high` differ from
    `te` only where counts were estimated. Requests of unknown usage count in `unknown` and add
    nothing to any counter. What a tool says in total beyond its requests stands in `missing` of
    the portion it is put to, and in no counter either.
    """

    id: Array = _row("q")
    time_s: Array = _row("q")
    session: Array = _row("q")
    project: Array = _row("i")  # position in `projects`
    worktree: Array = _row("i", optional=True)  # position in `worktrees`
    tool: Array = _row("b")  # position in `core.vocabulary.TOOLS`
    origin: Array = _row("b")
    tag: Array = _row("b", Source.PERSON)  # `core.vocabulary.Tag`, 0 = untagged
    intent: Array = _row("b", Source.PERSON)
    kind: Array = _row("b", Source.EVIDENCE, optional=True)  # `core.vocabulary.Kind`, 0 = unsorted
    suggested: Array = _row("b", Source.EVIDENCE, optional=True)  # a `Tag` that speaks, or 0
    confidence: Array = _row("b", Source.EVIDENCE, optional=True)  # in it, percent

    owner: Array = _portion("i")  # position of its interaction
    model: Array = _portion("i")  # position in `models`
    quarter: Array = _portion("i")  # seconds since 1970 // QUARTER_S
    tariff: Array = _portion("i", optional=True)  # what prices depend on: `core.tariff`
    requests: Array = _portion("i")
    unknown: Array = _portion("i")
    input: Array = _portion("q")
    cache_read: Array = _portion("q")
    cache_write: Array = _portion("q")
    cache_write_1h: Array = _portion("q", optional=True)  # of these, what was to live an hour
    output: Array = _portion("q")
    reasoning: Array = _portion("q")
    searches: Array = _portion("i", optional=True)  # of the web, billed by use
    te_low: Array = _portion("q")
    te: Array = _portion("q")
    te_high: Array = _portion("q")
    missing: Array = _portion("q", optional=True)  # what only the tool's own total tells (`te`)

    projects: tuple[str, ...] = ()  # project keys: directories, each what others count as
    worktrees: tuple[str, ...] = ("",)  # "" is the main checkout
    project_names: Mapping[str, str] = field(default_factory=dict)  # that the person gave, by key
    folders: frozenset[str] = frozenset()  # every directory that the logs name
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
