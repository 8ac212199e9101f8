"""What a ledger can be narrowed by: one row per facet, with its words and its choices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.core import projects
from ledger.core.filters import Filter
from ledger.core.text_safety import one_line
from ledger.core.vocabulary import TOOL_TITLES, TOOLS, UNTAGGED, Intent, Kind, Tag

if TYPE_CHECKING:  # it loads numpy, and the window is painted before
    from ledger.metrics.frame import Frame

Values = frozenset[Any]
_NONE: Mapping[str, str] = MappingProxyType({})


class Choice(NamedTuple):
    """One value of a facet, its words, and what tells it from others of the same words."""

    value: Any
    label: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to narrow by; `field` is its name in `core.filters.Filter`."""

    field: str
    label: str
    icon: str
    choices: "Callable[[Frame], list[Choice]]"
    title: Callable[[Any], str]

    def values(self, filter_: Filter) -> Values:
        """Return what the filter holds of this facet."""
        values: Values = getattr(filter_, self.field)
        return values

    def put(self, filter_: Filter, values: Values) -> Filter:
        """Return the filter with this facet holding just these values."""
        changed_field: dict[str, Any] = {self.field: frozenset(values)}
        return replace(filter_, **changed_field)

    def summary(self, filter_: Filter, given: Mapping[str, str] = _NONE) -> str:
        """Return what the filter holds in a few words; "" when any value will do.

        `given` are names that the person gave to values.
        """
        values = self.values(filter_)
        titles = sorted(one_line(given.get(value, "")) or self.title(value) for value in values)
        if len(titles) > 2:
            return f"{titles[0]} and {len(titles) - 1} more"
        return " or ".join(titles)


def project_title(key: str) -> str:
    """Return a project's short name, without regard to others of the same name."""
    return one_line(projects.names((key,))[key])


def tag_title(tag: int) -> str:
    """Return a tag's words, for 0 too."""
    return (Tag(tag).title if tag else "untagged").capitalize()


def kind_title(kind: int) -> str:
    """Return a kind of work in words; a number that a later version knows stands for itself."""
    return (Kind(kind).title if kind in set(Kind) else f"kind {kind}").capitalize()


def _projects(frame: "Frame") -> list[Choice]:
    names = frame.names_of_projects
    choices = [Choice(key, one_line(name), one_line(key)) for key, name in names.items()]
    return sorted(choices, key=lambda choice: (choice.label.lower(), choice.more))


def worktree_title(worktree: str) -> str:
    """Return a worktree's name; of "", that it is the main checkout."""
    return one_line(worktree) or "Main checkout"


def _worktrees(frame: "Frame") -> list[Choice]:
    return [Choice(name, worktree_title(name)) for name in sorted(frame.worktrees, key=str.lower)]


def _texts(values: Any) -> list[Choice]:
    return [Choice(value, one_line(value) or "Unknown") for value in sorted(values, key=str.lower)]


FACETS = (
    Facet(
        "tools",
        "Tool",
        "command",
        lambda _frame: [Choice(tool.value, TOOL_TITLES[tool]) for tool in TOOLS],
        lambda tool: TOOL_TITLES.get(tool, one_line(tool)),
    ),
    Facet("models", "Model", "today", lambda frame: _texts(frame.models), one_line),
    Facet("projects", "Project", "folder", _projects, project_title),
    Facet("worktrees", "Worktree", "view", _worktrees, worktree_title),
    Facet(
        "kinds",
        "Kind",
        "kind",
        lambda _frame: [Choice(int(kind), kind_title(kind)) for kind in (*Kind, Kind.UNSORTED)[1:]],
        kind_title,
    ),
    Facet("labels", "Label", "label", lambda frame: _texts(frame.labels), one_line),
    Facet(
        "tags",
        "Tag",
        "tag",
        lambda _frame: [Choice(int(tag), tag_title(tag)) for tag in (UNTAGGED, *Tag)],
        tag_title,
    ),
    Facet(
        "intents",
        "Intent",
        "experiment",
        lambda _frame: [Choice(intent, intent.title.capitalize()) for intent in Intent],
        lambda intent: intent.title.capitalize(),
    ),
)


def narrowed(filter_: Filter) -> bool:
    """Whether the filter leaves anything out."""
    return filter_ != Filter()


def remembered(filter_: Filter) -> dict[str, list[Any]]:
    """Return the facets of a filter as plain lists, to be written down; text is not kept."""
    return {facet.field: sorted(facet.values(filter_)) for facet in FACETS if facet.values(filter_)}


def recalled(document: object) -> Filter:
    """Return the filter that was written down; anything that is not one is left out."""
    result = Filter()
    if not isinstance(document, dict):
        return result
    for facet in FACETS:
        values = document.get(facet.field)
        if isinstance(values, list):
            result = facet.put(result, frozenset(_known_values(facet.field, values)))
    return result


def _known_values(field: str, values: list[Any]) -> list[Any]:
    if field == "tags":
        return [value for value in values if isinstance(value, int) and 0 <= value <= len(Tag)]
    if field == "kinds":
        return [value for value in values if isinstance(value, int) and 0 <= value < len(Kind)]
    if field == "intents":
        return [Intent(value) for value in values if value in (0, 1)]
    return [value for value in values if isinstance(value, str)]
