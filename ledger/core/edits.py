"""What a person can change, as data: each edit sets values, and its inverse is one of its kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Any, Final, NamedTuple, Self, assert_never

from ledger.core.usage import Usage
from ledger.core.vocabulary import Intent, Kind, Tag


class Aspect(Flag):
    """What of the ledger can be another than it was."""

    TAGS = auto()
    INTENTS = auto()
    LABELS = auto()
    NOTES = auto()
    KINDS = auto()  # of work
    EVIDENCE = auto()  # observations, survival or suggestions
    INTERACTIONS = auto()  # rows came, went or got other figures
    SOURCES = auto()


NO_ASPECT: Final = Aspect(0)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that a person can say of an interaction.

    A new one needs its row in `ATTRIBUTES`, a table of its name in the ledger file, and, when
    figures read it, a column of its name in `core.columns`. Everything else follows from these.
    """

    name: str  # also of its table in the ledger file
    plural: str  # what the history calls its edits
    aspect: Aspect  # what of the ledger changes with it
    type: Callable[[Any], Any]  # makes a value of what the ledger file holds
    nothing: Any  # what holds where the ledger file has no row
    describe: Callable[[set[Any], str], str] = field(repr=False)  # the values, whose they are
    column: str = "value"  # of its table
    is_dated: bool = False  # its table says when


def _describe_tags(tags: set[Tag | None], whose: str) -> str:
    if len(tags) > 1:
        return f"Change the tags of {whose}"
    tag = next(iter(tags), None)
    return f"Tag {whose} as {tag.title}" if tag else f"Untag {whose}"


def _describe_intents(intents: set[Intent], whose: str) -> str:
    title = intents.pop().title if len(intents) == 1 else "delivery or experiment"
    return f"Mark {whose} as {title}"


def _describe_kinds(kinds: set[Kind | None], whose: str) -> str:
    kind = kinds.pop() if len(kinds) == 1 else None
    return f"Sort {whose} as {kind.title}" if kind else f"Sort {whose} by the rules"


def _describe_notes(_notes: set[str], whose: str) -> str:
    return f"Write a note on {whose}"


TAG: Final = Attribute("tag", "tags", Aspect.TAGS, Tag, None, _describe_tags, is_dated=True)
INTENT: Final = Attribute(
    "intent", "intents", Aspect.INTENTS, Intent, Intent.DELIVERY, _describe_intents
)
NOTE: Final = Attribute("note", "notes", Aspect.NOTES, str, "", _describe_notes, column="text")
KIND: Final = Attribute("kind", "kinds", Aspect.KINDS, Kind, None, _describe_kinds)
ATTRIBUTES: Final = (TAG, INTENT, NOTE, KIND)


@dataclass(frozen=True, slots=True)
class SetValues:
    """Give each interaction its value of an attribute; the attribute's `nothing` takes it away."""

    attribute: Attribute
    values: tuple[tuple[int, Any], ...]  # ids of interactions, each with its value


def set_tags(values: Iterable[tuple[int, Tag | None]]) -> SetValues:
    """Give each interaction its tag; None takes the tag away."""
    return SetValues(TAG, tuple(values))


def set_intents(values: Iterable[tuple[int, Intent]]) -> SetValues:
    """Say of each interaction what it was for."""
    return SetValues(INTENT, tuple(values))


def set_notes(values: Iterable[tuple[int, str]]) -> SetValues:
    """Write a note beside each interaction; the empty note is none."""
    return SetValues(NOTE, tuple(values))


def set_kinds(values: Iterable[tuple[int, Kind | None]]) -> SetValues:
    """Say of each interaction what kind of work it was; None leaves it to the rules."""
    return SetValues(KIND, tuple(values))


@dataclass(frozen=True, slots=True)
class SetLabels:
    """Put a label on each interaction (True) or take it off (False)."""

    values: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An interaction entered by hand; `id` is made by the flow from machine, time and nonce."""

    id: int
    time_ms: int
    tool: str
    model: str
    project: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class SetLogged:
    """Enter interactions by hand (True) or withdraw them (False); the entry stays in history."""

    values: tuple[tuple[LogEntry, bool], ...]


class ProjectChoice(NamedTuple):
    """What the person says of one directory."""

    project: int  # the directory's id
    home: int  # id of the directory it counts as: itself takes it out, 0 leaves it to the rule
    name: str  # that it goes by as a project; "" leaves it to the folder


@dataclass(frozen=True, slots=True)
class SetProjects:
    """Say what directories count as and what projects are called."""

    values: tuple[ProjectChoice, ...]


Edit = SetValues | SetLabels | SetLogged | SetProjects


@dataclass(frozen=True, slots=True)
class Changes:
    """What is no longer as it was: views look and decide for themselves.

    `ids` names the interactions touched; None means “any of them”.
    """

    what: Aspect = NO_ASPECT
    ids: frozenset[int] | None = frozenset()

    @classmethod
    def of(cls, what: Aspect, ids: Iterable[int]) -> Self:
        """Return what changed of these interactions; nothing did when there are none."""
        touched = frozenset(ids)
        return cls(what if touched else NO_ASPECT, touched)

    def any_of(self, what: Aspect) -> bool:
        """Whether any of these aspects changed."""
        return bool(self.what & what)

    def __or__(self, other: "Changes") -> "Changes":
        """Return both taken together."""
        ids = None if self.ids is None or other.ids is None else self.ids | other.ids
        return Changes(self.what | other.what, ids)

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.what)


@dataclass(frozen=True, slots=True)
class Applied:
    """What an edit did, and the edit that takes it back."""

    changes: Changes
    inverse: Edit


def _describe_projects(choices: Iterable[ProjectChoice]) -> str:
    for choice in choices:
        if choice.home == choice.project:
            return "Split a project"
        if choice.home:
            return "Join projects"
        if choice.name:
            return f"Call a project “{choice.name}”"
    return "Leave a project to the rule"


def title_of(edit: Edit) -> str:
    """Say in a few words what the edit does, for the undo entry and the toast."""
    count = len(edit.values)
    interactions = f"{count} interactions" if count != 1 else "1 interaction"
    match edit:
        case SetValues(attribute, values):
            return attribute.describe({value for _, value in values}, interactions)
        case SetLabels(values):
            names = {name for _, name, _ in values}
            name = f"“{names.pop()}”" if len(names) == 1 else "labels"
            on = all(present for _, _, present in values)
            return (
                f"Label {interactions} {name}" if on else f"Change label {name} of {interactions}"
            )
        case SetLogged(values):
            on = all(present for _, present in values)
            return f"Log {interactions}" if on else f"Withdraw {interactions}"
        case SetProjects(values):
            return _describe_projects(values)
        case _:
            assert_never(edit)
