"""The keys of the filter, and the words that this ledger has for each of their values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.core import projects
from ledger.core.words import TOOLS, UNTAGGED, Intent, Kind, Tag

if TYPE_CHECKING:  # it loads numpy, and the window is painted before
    from ledger.metrics.frame import Frame

Spelled = Mapping[Any, tuple[str, ...]]


class Names(NamedTuple):
    """What this ledger knows: models, project keys and labels."""

    models: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @classmethod
    def of(cls, frame: "Frame") -> "Names":
        """Return the names in a frame."""
        return cls(frame.models, frame.projects, tuple(sorted(frame.labels)))


@dataclass(frozen=True, slots=True)
class Key:
    """One key; `spelled` gives every value its words, the shortest first.

    The values of a closed key are the program's own, so a few letters of one are enough.
    """

    name: str
    field: str  # of core.filters.Filter
    words: str
    closed: bool
    spelled: Callable[[Names], Spelled]


def _tools(_names: Names) -> Spelled:
    return {tool.value: (tool.value, tool.full_name) for tool in TOOLS}


def _models(names: Names) -> Spelled:
    return {model: (model,) for model in names.models}


def _projects(names: Names) -> Spelled:
    short = projects.names(names.projects)
    return {key: (short[key], key) for key in names.projects}


def _kinds(_names: Names) -> Spelled:
    return {int(kind): (kind.key, kind.title) for kind in Kind}


def _labels(names: Names) -> Spelled:
    return {label: (label,) for label in names.labels}


def _tags(_names: Names) -> Spelled:
    return {int(tag): (tag.key, tag.title) for tag in Tag} | {UNTAGGED: ("untagged",)}


def _intents(_names: Names) -> Spelled:
    return {intent: (intent.title,) for intent in Intent}


KEYS = (
    Key("tool", "tools", "Tool", True, _tools),
    Key("model", "models", "Model", False, _models),
    Key("project", "projects", "Project", False, _projects),
    Key("kind", "kinds", "Kind", True, _kinds),
    Key("label", "labels", "Label", False, _labels),
    Key("tag", "tags", "Tag", True, _tags),
    Key("intent", "intents", "Intent", True, _intents),
)
BY_NAME = {key.name: key for key in KEYS}
# Keys of time, in words.
TIMES = {
    "last": "So many days up to today",
    "in": "A month, quarter, year or period",
    "after": "From a day, month or year on",
    "before": "Up to, without, a day, month or year",
}
ALL_KEYS = (*BY_NAME, *TIMES)
