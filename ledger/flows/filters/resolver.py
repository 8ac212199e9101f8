"""From a typed value to the values of the ledger that it names: the keys and their names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.core import projects
from ledger.core.model_names import canonical
from ledger.core.vocabulary import TOOLS, UNTAGGED, Intent, Kind, Tag

if TYPE_CHECKING:  # it loads numpy, and the window is painted before
    from ledger.metrics.frame import Frame
import difflib
import re
from collections.abc import Iterable

from ledger.core.errors import LedgerError
from ledger.core.text_safety import one_line
from ledger.flows.filters.tokens import Piece, in_quotes, safe

Spelled = Mapping[Any, tuple[str, ...]]
# Keys of time, in words.
TIMES = {
    "last": "So many days up to today",
    "in": "A month, quarter, year or period",
    "after": "From a day, month or year on",
    "before": "Up to, without, a day, month or year",
}
NO_WORKTREE = "none"  # the main checkout
_WORD_GAPS = re.compile(r"[\W_]+")


class Names(NamedTuple):
    """What this ledger knows: models, project keys and labels."""

    models: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    worktrees: tuple[str, ...] = ()
    project_names: Mapping[str, str] = MappingProxyType({})  # that the person gave, by key

    @classmethod
    def of(cls, frame: "Frame") -> "Names":
        """Return the names in a frame."""
        return cls(
            frame.models,
            frame.projects,
            tuple(sorted(frame.labels)),
            frame.worktrees,
            frame.project_names,
        )


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
    short = projects.names(names.projects, names.project_names)
    # What was typed before a project got another name still means it.
    plain = projects.names(names.projects)
    return {key: tuple(dict.fromkeys((short[key], plain[key], key))) for key in names.projects}


def _worktrees(names: Names) -> Spelled:
    known = names.worktrees if any(names.worktrees) else ()
    return {worktree: (worktree or NO_WORKTREE,) for worktree in known}


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
    Key("worktree", "worktrees", "Worktree", False, _worktrees),
    Key("kind", "kinds", "Kind", True, _kinds),
    Key("label", "labels", "Label", False, _labels),
    Key("tag", "tags", "Tag", True, _tags),
    Key("intent", "intents", "Intent", True, _intents),
)
BY_NAME = {key.name: key for key in KEYS}
ALL_KEYS = (*BY_NAME, *TIMES)


class UnknownValueError(LedgerError):
    """A value that this ledger does not have; `nearest` is the name most like it, "" when none."""

    def __init__(self, title: str, hint: str, key: str, nearest: str) -> None:
        super().__init__(title, hint)
        self.key = key
        self.nearest = nearest


def resolve(key: Key, piece: Piece, spelled: Spelled) -> frozenset[Any]:
    """Return the values that a piece names; raises LedgerError when there are none.

    In quotation marks it is a whole name. Elsewhere `*` stands for anything, a pattern begins at
    the beginning of any word of the name, and a project's last folder is enough.
    """
    pattern = "*" in piece.text and not piece.quoted
    values = _matching(piece.text, spelled) if pattern else _by_name(piece.text, spelled)
    if not values and key.name == "model":
        values = _by_name(canonical(piece.text), spelled)  # as an older log or a view spells it
    if not values and not piece.quoted and not pattern:
        values = (
            _by_beginning(key, piece.text, spelled)
            if key.closed
            else _by_last_folder(piece.text, spelled)
        )
    if not values:
        raise _unknown(key, piece, spelled)
    return values


def _by_name(text: str, spelled: Spelled) -> frozenset[Any]:
    """Return the values of exactly this name, upper and lower case alike only where none is."""
    low = text.casefold()
    for is_it in (
        lambda value, _names: value == text,
        lambda _value, names: text in names,
        lambda _value, names: low in (name.casefold() for name in names),
    ):
        values = frozenset(value for value, names in spelled.items() if is_it(value, names))
        if values:
            return values
    return frozenset()


def _by_last_folder(text: str, spelled: Spelled) -> frozenset[Any]:
    low = text.casefold()
    ends = (f"/{low}", f"\\{low}")
    return frozenset(
        value
        for value, names in spelled.items()
        if any(name.casefold().endswith(ends) for name in names)
    )


def _by_beginning(key: Key, text: str, spelled: Spelled) -> frozenset[Any]:
    low = text.casefold()
    begun = {
        value: names[0]
        for value, names in spelled.items()
        if any(name.casefold().startswith(low) for name in names)
    }
    if len(begun) > 1:
        choices = " or ".join(f"{key.name}:{name}" for name in begun.values())
        raise LedgerError(f"“{key.name}:{one_line(text, 60)}” is not clear.", f"Write {choices}.")
    return frozenset(begun)


def _matching(pattern: str, spelled: Spelled) -> frozenset[Any]:
    return frozenset(
        value for value, names in spelled.items() if any(fits(pattern, name) for name in names)
    )


def fits(pattern: str, text: str) -> bool:
    """Whether a pattern with `*` names a text, from the beginning of any of its words to its end.

    Upper and lower case are alike.
    """
    first, *others = pattern.casefold().split("*")
    low = text.casefold()
    starts = [0, *(match.end() for match in _WORD_GAPS.finditer(low))]
    return any(
        low.startswith(first, at) and _rest_fits(others, low, at + len(first)) for at in starts
    )


def _rest_fits(parts: list[str], text: str, at: int) -> bool:
    """Whether the parts come one after the other, the last of them at the end of the text."""
    for part in parts[:-1]:
        start = text.find(part, at)
        if start < 0:
            return False
        at = start + len(part)
    return not parts or (len(text) - len(parts[-1]) >= at and text.endswith(parts[-1]))


def _unknown(key: Key, piece: Piece, spelled: Spelled) -> UnknownValueError:
    known = [names[0] for names in spelled.values()]
    near = nearest(piece.text, known)
    title = f"There is no {key.words.lower()} “{one_line(piece.text, 60)}”"
    title += "." if key.closed else " in this ledger."
    return UnknownValueError(title, _hint(key, piece, spelled, near), key.name, near)


def _hint(key: Key, piece: Piece, spelled: Spelled, near: str) -> str:
    """Return what could have been meant, as it is typed in a filter."""
    if not spelled:
        return f"It has no {key.words.lower()} at all yet."
    if key.closed and not near:
        return f"There are {', '.join(names[0] for names in spelled.values())}."
    inside = f"{piece.text.strip('*')}*"
    is_part = inside != "*" and safe(inside[:-1]) and _matching(inside, spelled)
    if is_part and not key.closed:
        return f"Did you mean {key.name}:{inside}?"
    return f"Did you mean {key.name}:{typed(near)}?" if near else ""


def unknown_key(name: str) -> LedgerError:
    """Return the error for a key that is none, with the nearest one."""
    near = nearest(name, ALL_KEYS)
    hint = f"Did you mean “{near}:”? " if near else f"There are {', '.join(ALL_KEYS)}. "
    return LedgerError(
        f"A filter has no “{one_line(name, 40)}:”.",
        f"{hint}To search for these letters, put them in quotation marks.",
    )


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the known word that is most like the text; "" when none is."""
    names = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(text.casefold()[:100], names, 1)
    return one_line(names[close[0]], 100) if close else ""


def typed(text: str) -> str:
    """Return a name as it would be typed."""
    return text if safe(text) else in_quotes(text)
