"""Directories and the projects they count as: by the rule of `core.homes`, then by the person."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from ledger.core.edits import Applied, Aspect, Changes, ProjectChoice, SetProjects
from ledger.core.folders import folder_of
from ledger.core.homes import NOT_SEEN, Checkout, Directory, homes
from ledger.core.rows import ProjectRow
from ledger.store.connection import Connection
from ledger.store.names import NO_ID, json_ids, project_id, storable

_READ: Final = (
    "SELECT project.id, key, project.home, worktree, top, own, named, ifnull(choice.home, 0),"
    " ifnull(choice.name, '') FROM project"
    " LEFT JOIN project_choice AS choice ON choice.project = project.id"
)
_DIRECTORIES: Final = (
    "SELECT key, ifnull(is_there, 0), ifnull(repository, ''), ifnull(checkout.top, ''),"
    " ifnull(checkout.worktree, '') FROM project"
    " LEFT JOIN checkout ON checkout.project = project.id WHERE named = 1"
)
_REMOTES: Final = (
    "SELECT DISTINCT directory, repository FROM session WHERE directory <> '' AND repository <> ''"
)
# What was seen once is not looked at again; of what is gone, git's own list may still know more.
_SEE: Final = (
    "INSERT INTO checkout (project, is_there, repository, top, worktree) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (project) DO UPDATE SET is_there = excluded.is_there,"
    " repository = excluded.repository, top = excluded.top, worktree = excluded.worktree"
    " WHERE is_there = 0 AND (excluded.is_there = 1 OR repository = '')"
)
_USERS: Final = (
    "SELECT id FROM interaction WHERE project IN (SELECT value FROM json_each(?1))"
    " OR session IN (SELECT session.id FROM session JOIN project ON project.key = directory"
    " WHERE project.id IN (SELECT value FROM json_each(?1)))"
)
_USED: Final = (
    "SELECT DISTINCT project, directory FROM interaction"
    " JOIN session ON session.id = interaction.session WHERE hidden = 0 AND project <> 0"
)
_CHECK_AGAIN: Final = (
    "UPDATE checkup SET due_ms = min(due_ms, 0)"
    " WHERE interaction IN (SELECT value FROM json_each(?))"
)


class Entry(NamedTuple):
    """A row of `project` with what the person chose."""

    id: int
    key: str
    home: int  # by the rule; 0 = itself
    worktree: str
    top: str
    own: int
    named: int
    chosen: int  # by the person; 0 = by the rule
    name: str  # that the person gave it


class ProjectBook:
    """All projects at one moment: which one an interaction counts in, and what they are called."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.entries = {row[0]: Entry(*row) for row in raw.execute(_READ)}
        self._ids = {entry.key: entry.id for entry in self.entries.values()}
        self._split = [entry for entry in self.entries.values() if entry.chosen == entry.id]
        self._homes: dict[int, int] = {}
        self._found: dict[tuple[int, str], tuple[int, str]] = {}

    def key(self, project: int) -> str:
        """Return a project's key, "" for none."""
        entry = self.entries.get(project)
        return entry.key if entry else ""

    def id_of(self, key: str) -> int:
        """Return the id of the directory of this key, 0 for none."""
        return self._ids.get(key, NO_ID)

    def place(self, project: int, directory: str) -> tuple[int, str]:
        """Return the project and the worktree of what happened in `project` = a directory.

        `directory` is where its session was opened: a `cd` below it begins no other project,
        unless the disk or the person says that it is one.
        """
        found = self._found.get((project, directory))
        if found is None:
            found = self._found[project, directory] = self._place(project, directory)
        return found

    def home(self, project: int) -> int:
        """Return what a directory counts as in the end."""
        if project not in self._homes:
            self._homes[project] = self._home(project)
        return self._homes[project]

    def key_of_home(self, key: str) -> str:
        """Return the key of the project that a directory counts as; unknown keys stay."""
        return self.key(self.home(self._ids[key])) if key in self._ids else key

    def names(self) -> dict[str, str]:
        """Return the names that the person gave, by the key of the project."""
        named = (entry for entry in self.entries.values() if entry.name)
        return {entry.key: entry.name for entry in named if self.home(entry.id) == entry.id}

    def rows(self, used: Iterable[tuple[int, str]]) -> list[ProjectRow]:
        """Return every directory of the logs with what it counts as, by project and key.

        `used` are the pairs of a directory and a session's that occur: one that was only ever
        changed to counts as the session's project.
        """
        homes: dict[int, set[int]] = defaultdict(set)
        for project, directory in used:
            homes[project].add(self.place(project, directory)[0])
        rows = [
            ProjectRow(
                id=entry.id,
                key=entry.key,
                home=self.key(_one_of(homes[entry.id], self.home(entry.id))),
                worktree=entry.worktree,
                name=entry.name,
                chosen=entry.chosen,
                is_named=bool(entry.named),
            )
            for entry in self.entries.values()
        ]
        return sorted(rows, key=lambda row: (row.home, row.key))

    def _place(self, project: int, directory: str) -> tuple[int, str]:
        session = self._ids.get(directory, NO_ID)
        here = self.entries.get(project)
        opened = self.entries.get(session)
        if here is None or opened is None:
            entry = here or opened
            return (self.home(entry.id), entry.worktree) if entry else (NO_ID, "")
        is_moved = self._is_below(here.id, opened.id) and not self._is_own(here)
        return self.home(opened.id if is_moved else here.id), here.worktree or (
            opened.worktree if is_moved else ""
        )

    def _is_below(self, project: int, other: int) -> bool:
        below, above = (folder_of(self.entries[id_].key) for id_ in (project, other))
        return below.startswith(f"{above.rstrip('/')}/")

    def _is_own(self, entry: Entry) -> bool:
        """Whether something says of a directory what it is of: its repository, or the person."""
        return bool(entry.own or entry.chosen or self._split_above(entry))

    def _home(self, project: int) -> int:
        passed: list[int] = []
        while project not in passed:
            passed.append(project)
            entry = self.entries.get(project)
            if entry is None:
                break
            target = entry.chosen or self._split_above(entry) or entry.home or entry.id
            if target == project:
                return project
            project = target
        return min(passed[passed.index(project) :]) if project in passed else project

    def _split_above(self, entry: Entry) -> int:
        """Return the nearest directory above that the person took out of the same project."""
        if entry.home in (NO_ID, entry.id):
            return NO_ID
        above = [
            part
            for part in self._split
            if self._is_below(entry.id, part.id) and part.home == entry.home
        ]
        return max(above, key=lambda part: len(folder_of(part.key))).id if above else NO_ID


def _one_of(used: set[int], home: int) -> int:
    return home if home in used or not used else min(used)


class ProjectStore:
    """What the ledger knows of directories, for those who look at the disk and for the person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self) -> list[ProjectRow]:
        """Return every directory with what it counts as."""
        with self._connection.reading() as raw:
            return ProjectBook(raw).rows(raw.execute(_USED))

    def names(self) -> dict[str, str]:
        """Return the names that the person gave, by the key of the project."""
        with self._connection.reading() as raw:
            return ProjectBook(raw).names()

    def checkouts(self) -> dict[str, Checkout]:
        """Return what the disk said of every directory of the logs; `NOT_SEEN` where nothing."""
        with self._connection.reading() as raw:
            return {
                key: Checkout(bool(is_there), *seen)
                for key, is_there, *seen in raw.execute(_DIRECTORIES)
            }

    def worktrees(self) -> dict[str, str]:
        """Return the folders of worktrees, each with the folder of its repository."""
        with self._connection.reading() as raw:
            rows = raw.execute(
                "SELECT DISTINCT own.top, ifnull(nullif(checkout.repository, ''), home.key)"
                " FROM project AS own JOIN project AS home ON home.id = own.home"
                " LEFT JOIN checkout ON checkout.project = own.id"
                " WHERE own.top <> '' AND home.id <> own.id ORDER BY 1, 2"
            )
            return dict(rows)


def add_names(raw: sqlite3.Connection, keys: Iterable[str]) -> set[int]:
    """Make rows for directories of logs; return the ids of those that no log named before."""
    rows = {project_id(key): key for key in keys if key}
    known = raw.execute(
        "SELECT id FROM project WHERE named = 1 AND id IN (SELECT value FROM json_each(?))",
        (json_ids(rows),),
    )
    new = rows.keys() - {row[0] for row in known}
    raw.executemany(
        "INSERT INTO project (id, key) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET named = 1",
        [(identity, rows[identity]) for identity in new],
    )
    return new


def see(raw: sqlite3.Connection, checkouts: Mapping[str, Checkout]) -> bool:
    """Remember what the disk said of directories; return whether that was new."""
    seen = raw.executemany(
        _SEE,
        [
            (project_id(key), int(checkout.is_there), *checkout[1:])
            for key, checkout in checkouts.items()
            if checkout != NOT_SEEN
        ],
    )
    return seen.rowcount > 0


def settle(raw: sqlite3.Connection, new: Collection[int] = ()) -> set[int]:
    """Say anew what every directory counts as; return the interactions that this moved.

    Nothing of directories that are `new` was shown yet.
    """
    rows = raw.execute("SELECT key, id, home, worktree, top, own FROM project")
    before = {row[0]: row[1:] for row in rows}
    after = homes(_directories(raw))
    made = [(project_id(home.key), home.key) for home in after.values() if home.key not in before]
    raw.executemany("INSERT OR IGNORE INTO project (id, key, named) VALUES (?, ?, 0)", made)
    changed, moved = [], []
    for key, home in after.items():
        identity, *told = before[key]
        says = [project_id(home.key), home.worktree, home.top, int(home.is_own)]
        if says != told:
            changed.append((*says, identity))
        if says != [told[0] or identity, *told[1:]] and identity not in new:
            moved.append(identity)
    raw.executemany(
        "UPDATE project SET home = ?, worktree = ?, top = ?, own = ? WHERE id = ?", changed
    )
    if not moved:
        return set()
    return {row[0] for row in raw.execute(_USERS, (json_ids(moved),))}


def choices(raw: sqlite3.Connection) -> list[ProjectChoice]:
    """Return what the person said of directories."""
    rows = raw.execute("SELECT project, home, name FROM project_choice ORDER BY project")
    return [ProjectChoice(*row) for row in rows]


def settled(edit: SetProjects) -> dict[int, ProjectChoice]:
    """Return what each directory ends with, as the ledger file can hold it."""
    return {choice.project: choice._replace(name=storable(choice.name)) for choice in edit.values}


def choose(raw: sqlite3.Connection, edit: SetProjects) -> Applied:
    """Set what the person says of directories; of two words on one the last holds."""
    requested = settled(edit)
    known = {choice.project: choice for choice in choices(raw)}
    before = {id_: known.get(id_, ProjectChoice(id_, NO_ID, "")) for id_ in requested}
    inverse = SetProjects(tuple(before.values()))
    raw.executemany("DELETE FROM project_choice WHERE project = ?", [(id_,) for id_ in requested])
    # The absence of a row is what says nothing.
    raw.executemany(
        "INSERT INTO project_choice (project, home, name) VALUES (?, ?, ?)",
        [choice for choice in requested.values() if choice.home or choice.name],
    )
    is_other = requested != before
    return Applied(Changes(Aspect.INTERACTIONS, None) if is_other else Changes(), inverse)


def check_again(raw: sqlite3.Connection, interactions: Collection[int]) -> None:
    """Have git asked again about interactions: their repository is another one now."""
    raw.execute(_CHECK_AGAIN, (json_ids(interactions),))


def _directories(raw: sqlite3.Connection) -> list[Directory]:
    remotes: dict[str, set[str]] = defaultdict(set)
    for key, remote in raw.execute(_REMOTES):
        remotes[key].add(remote)
    return [
        Directory(key, Checkout(bool(is_there), *seen), frozenset(remotes.get(key, ())))
        for key, is_there, *seen in raw.execute(_DIRECTORIES)
    ]
