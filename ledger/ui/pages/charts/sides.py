"""What groups are by, how their keys are called, and what a key narrows to."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from ledger.core.vocabulary import Kind
from ledger.flows.insights.charts import TOOL_NAMES
from ledger.flows.insights.drill_down import DrillDown
from ledger.metrics.arrays import counted
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping, memberships
from ledger.ui.charts.options import Option

By = Literal["tool", "model", "project", "kind"]
BETWEEN = " · "  # between the parts of a name of shared work
KIND_OF = {kind.key: kind for kind in Kind}


class Side(NamedTuple):
    """One thing to group by: its key, its words, and the words for one of its groups."""

    by: By
    label: str
    group_name: str


SIDES = (
    Side("tool", "Tool", "tool"),
    Side("model", "Model", "model"),
    Side("project", "Project", "project"),
    Side("kind", "Kind of work", "kind of work"),
)
OPTIONS = tuple(Option(side.by, side.label, f"Group by {side.group_name}") for side in SIDES)
GROUP_NAMES = {side.by: side.group_name for side in SIDES}


def namer(frame: Frame, by: By) -> Callable[[str], str]:
    """Return what makes the name people know from a key; it is "" for a nameless one."""
    if by == "tool":
        return lambda key: TOOL_NAMES.get(key, key)
    if by == "kind":
        return lambda key: KIND_OF[key].title if key in KIND_OF else key
    if by == "project":
        names = frame.names_of_projects
        return lambda key: names.get(key, key)
    return str


def largest_first(frame: Frame, selection: Selection, by: By) -> list[str]:
    """Return the keys of the groups that have interactions, those with the most first."""
    groups = grouping(frame, by)
    members = memberships(groups, selection, selection.interactions)
    number = counted(groups.group[members], groups.size).tolist()
    there = [at for at in range(groups.size) if number[at]]
    return [groups.keys[at] for at in sorted(there, key=lambda at: (-number[at], groups.keys[at]))]


def choice_of(by: By, key: str) -> DrillDown:
    """Return what a key narrows to."""
    match by:
        case "tool":
            return DrillDown(tool=key)
        case "model":
            return DrillDown(model=key)
        case "project":
            return DrillDown(project=key)
        case "kind":
            return DrillDown(kind=int(KIND_OF[key]) if key in KIND_OF else None)


def work_label(frame: Frame, name: str) -> str:
    """Return the name of shared work with its project called as people call it."""
    project, *other_parts = name.split(BETWEEN)
    return BETWEEN.join((frame.names_of_projects.get(project, project), *other_parts))
