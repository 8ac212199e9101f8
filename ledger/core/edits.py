"""What a person can change, as data: each edit sets values, and its inverse is one of its kind."""

from dataclasses import dataclass, field

from ledger.core.usage import Usage
from ledger.core.words import Intent, Kind, Tag


@dataclass(frozen=True, slots=True)
class SetTags:
    """Give each interaction its tag; None takes the tag away."""

    values: tuple[tuple[int, Tag | None], ...]


@dataclass(frozen=True, slots=True)
class SetIntents:
    """Say of each interaction what it was for."""

    values: tuple[tuple[int, Intent], ...]


@dataclass(frozen=True, slots=True)
class SetLabels:
    """Put a label on each interaction (True) or take it off (False)."""

    values: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class SetNotes:
    """Write a note beside each interaction; the empty note is none."""

    values: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class SetKinds:
    """Say of each interaction what kind of work it was; None leaves it to the rules."""

    values: tuple[tuple[int, Kind | None], ...]


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


Edit = SetTags | SetIntents | SetLabels | SetNotes | SetKinds | SetLogged


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
    ids: frozenset[int] | None = field(default=frozenset())

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
        case SetTags(values):
            tags = {tag for _, tag in values}
            if len(tags) > 1:
                return f"Change the tags of {many}"
            tag = next(iter(tags), None)
            return f"Tag {many} as {tag.title}" if tag else f"Untag {many}"
        case SetIntents(values):
            intents = {intent for _, intent in values}
            words = intents.pop().title if len(intents) == 1 else "delivery or experiment"
            return f"Mark {many} as {words}"
        case SetLabels(values):
            names = {name for _, name, _ in values}
            name = f"“{names.pop()}”" if len(names) == 1 else "labels"
            on = all(present for _, _, present in values)
            return f"Label {many} {name}" if on else f"Change label {name} of {many}"
        case SetKinds(values):
            kinds = {kind for _, kind in values}
            kind = kinds.pop() if len(kinds) == 1 else None
            return f"Sort {many} as {kind.title}" if kind else f"Sort {many} by the rules"
        case SetNotes():
            return f"Write a note on {many}"
        case SetLogged(values):
            on = all(present for _, present in values)
            return f"Log {many}" if on else f"Withdraw {many}"
