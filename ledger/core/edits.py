"""What a person can change, as data: each edit sets values, and its inverse is one of its kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, assert_never

from ledger.core.usage import Usage
from ledger.core.words import Intent, Kind, Tag


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that a person can say of an interaction.

    A new one needs its row in `ATTRIBUTES`, a table of its name in the ledger file, and, when
    figures read it, a column of its name in `core.columns`. Everything else follows from these.
    """

    name: str  # also of its table in the ledger file
    plural: str  # what the history calls its edits, and its flag in `Changes`
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


TAG: Final = Attribute("tag", "tags", Tag, None, _describe_tags, is_dated=True)
INTENT: Final = Attribute("intent", "intents", Intent, Intent.DELIVERY, _describe_intents)
NOTE: Final = Attribute("note", "notes", str, "", _describe_notes, column="text")
KIND: Final = Attribute("kind", "kinds", Kind, None, _describe_kinds)
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


Edit = SetValues | SetLabels | SetLogged


@dataclass(frozen=True, slots=True)
class Changes:
    """What is no longer as it was: views look and decide for themselves.

    `ids` names the interactions touched; None means “any of them”.
    """

    tags: bool = False
    intents: bool = False
    labels: bool = False
    notes: bool = False
    kinds: bool = False  # of work
    evidence: bool = False  # observations, survival or suggestions are others now
    interactions: bool = False  # rows came, went or got other figures
    sources: bool = False
    ids: frozenset[int] | None = frozenset()

    def __or__(self, other: "Changes") -> "Changes":
        """Return both taken together."""
        ids = None if self.ids is None or other.ids is None else self.ids | other.ids
        return Changes(
            tags=self.tags or other.tags,
            intents=self.intents or other.intents,
            labels=self.labels or other.labels,
            notes=self.notes or other.notes,
            kinds=self.kinds or other.kinds,
            evidence=self.evidence or other.evidence,
            interactions=self.interactions or other.interactions,
            sources=self.sources or other.sources,
            ids=ids,
        )

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return any(
            (
                self.tags,
                self.intents,
                self.labels,
                self.notes,
                self.kinds,
                self.evidence,
                self.interactions,
                self.sources,
            )
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """What an edit did, and the edit that takes it back."""

    changes: Changes
    inverse: Edit


def title_of(edit: Edit) -> str:
    """Say in a few words what the edit does, for the undo entry and the toast."""
    count = len(edit.values)
    many = f"{count} interactions" if count != 1 else "1 interaction"
    match edit:
        case SetValues(attribute, values):
            return attribute.describe({value for _, value in values}, many)
        case SetLabels(values):
            names = {name for _, name, _ in values}
            name = f"“{names.pop()}”" if len(names) == 1 else "labels"
            on = all(present for _, _, present in values)
            return f"Label {many} {name}" if on else f"Change label {name} of {many}"
        case SetLogged(values):
            on = all(present for _, present in values)
            return f"Log {many}" if on else f"Withdraw {many}"
        case _:
            assert_never(edit)
