"""How the person joins, splits and renames projects: what is meant, and the edit that does it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.core import projects
from ledger.core.edits import ProjectChoice, SetProjects
from ledger.core.errors import LedgerError
from ledger.core.rows import ProjectRow
from ledger.core.text_safety import one_line
from ledger.flows.filters.resolver import nearest

LONGEST_NAME = 80
SEE_LIST = "“signal-ledger projects” lists them."


class Project(NamedTuple):
    """One project with the directories that count as it."""

    key: str
    name: str
    directories: tuple[ProjectRow, ...]


def projects_of(rows: Sequence[ProjectRow], given: Mapping[str, str]) -> list[Project]:
    """Return the projects by name; `given` holds the names that the person gave, by key."""
    of: dict[str, list[ProjectRow]] = defaultdict(list)
    for row in rows:
        of[row.home].append(row)
    named = {key: [row for row in directories if row.is_named] for key, directories in of.items()}
    names = projects.names([key for key, directories in named.items() if directories], given)
    found = [Project(key, name, tuple(named[key])) for key, name in names.items()]
    return sorted(found, key=lambda project: (project.name.casefold(), project.key))


def join(rows: Sequence[ProjectRow], one: str, other: str) -> SetProjects:
    """Let all of one project count as another; both are keys. Raises LedgerError."""
    by_key = {row.key: row for row in rows}
    if one == other:
        raise LedgerError("These are one project already.", "Name two.")
    row, target = by_key[one], by_key[other]
    return SetProjects((ProjectChoice(row.id, target.id, row.name),))


def split(rows: Sequence[ProjectRow], directory: str) -> SetProjects:
    """Take a directory out of the project that it counts as. Raises LedgerError."""
    row = next((row for row in rows if row.key == directory), None)
    if row is None:
        near = nearest(directory, [row.key for row in rows])
        hint = f"Did you mean {near}?" if near else SEE_LIST
        raise LedgerError(f"The ledger knows no directory “{one_line(directory, 100)}”.", hint)
    if row.home == row.key:
        raise LedgerError(
            "This directory is a project already.", "Name one that counts as another project."
        )
    return SetProjects((ProjectChoice(row.id, row.id, row.name),))


def rename(rows: Sequence[ProjectRow], key: str, name: str) -> SetProjects:
    """Call a project otherwise; the empty name gives it that of its folder. Raises LedgerError."""
    name = name.strip()
    if len(name) > LONGEST_NAME or one_line(name) != name:
        raise LedgerError(
            "This cannot be a project's name.", f"It is one line of at most {LONGEST_NAME} signs."
        )
    row = next(row for row in rows if row.key == key)
    return SetProjects((ProjectChoice(row.id, row.chosen, name),))


def named(known: Sequence[Project], typed: str) -> Project:
    """Return the project of a name or of any directory that counts as it; raises LedgerError."""
    matches = [
        project
        for project in known
        if typed == project.name
        or typed.rstrip("/\\") in {row.key.rstrip("/\\") for row in project.directories}
        or typed == project.key
    ]
    if len(matches) == 1:
        return matches[0]
    near = nearest(typed, [project.name for project in known])
    hint = f"Did you mean “{near}”?" if near and not matches else SEE_LIST
    raise LedgerError(f"There is no one project “{one_line(typed, 100)}”.", hint)
