"""Keeps the ledger sound: a verified copy, what is wrong, and values replayed from history."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from json import loads
from pathlib import Path
from typing import Any, Final, assert_never

from ledger.core.edits import (
    ATTRIBUTES,
    Edit,
    ProjectChoice,
    SetLabels,
    SetLogged,
    SetProjects,
    SetValues,
)
from ledger.core.errors import StoreDamagedError, StoreError
from ledger.store import portions, project_book, tool_totals
from ledger.store.authored import settled
from ledger.store.connection import Connection, translated_errors
from ledger.store.history import decode, decode_entry, link
from ledger.store.names import storable

_ORPHANS: Final = """
SELECT count(*) FROM request WHERE copied = 0 AND owner NOT IN (SELECT id FROM interaction)
"""


def backup(connection: Connection, target: Path) -> None:
    """Write a copy that was opened and checked before it got its name; raises StoreError."""
    draft = target.with_name(f"{target.name}.tmp")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with translated_errors(), closing(sqlite3.connect(draft)) as copy:
            connection.raw.backup(copy)
            _refuse_damage(copy)
        _flush(draft)
        draft.replace(target)
        _flush(target.parent)
    except OSError as problem:
        raise StoreError(
            "The backup could not be written.", f"{problem.strerror}. Choose another place."
        ) from problem
    finally:
        for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            leftover.unlink(missing_ok=True)


def _refuse_damage(copy: sqlite3.Connection) -> None:
    if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise StoreDamagedError("The ledger file is damaged.", "Earlier backups were left alone.")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check(connection: Connection, machine: int) -> list[str]:
    """Return what is wrong, a sentence each; reads the whole file."""
    with connection.reading() as raw:
        damage = [row[0] for row in raw.execute("PRAGMA integrity_check(10)")]
        if damage != ["ok"]:
            return [f"The ledger file is damaged: {line}" for line in damage]
        return [*_loose_permissions(connection.path), *_contradictions(raw, machine)]


def _loose_permissions(path: Path) -> Iterator[str]:
    for place in (path, path.parent):
        if place.stat().st_mode & 0o077:
            yield f"Other people of this computer can open {place}."


def _contradictions(raw: sqlite3.Connection, machine: int) -> Iterator[str]:
    broken = broken_link(raw, machine)
    if broken is not None:
        yield f"Entry {broken} of the history is not as it was written."
        return
    replayed, stored = replayed_values(raw, machine), stored_values(raw, machine)
    for what, value in replayed.items():
        if value != stored[what]:
            yield f"The {what} are not what the history adds up to."
    if portions.differ(raw):
        yield "The sums of some interactions are not those of their requests."
    if tool_totals.differ(raw):
        yield "What is missing of the tools' own totals is not what they and the requests say."
    lost = raw.execute(_ORPHANS).fetchone()[0]
    if lost:
        yield f"{lost} requests belong to no interaction."


# Everything a person said, as it stands: by what it is, then by what it is about.
Authored = dict[str, dict[Any, Any]]


def stored_values(raw: sqlite3.Connection, machine: int) -> Authored:
    """Return what the tables say."""
    logged = raw.execute(
        "SELECT interaction, entry, present FROM logged WHERE machine = ?", (machine,)
    )
    state: Authored = {
        "labels": dict.fromkeys(raw.execute("SELECT interaction, name FROM label"), True),
        "logged": {row[0]: (decode_entry(loads(row[1])), bool(row[2])) for row in logged},
        "projects": {choice.project: choice for choice in project_book.choices(raw)},
    }
    for attribute in ATTRIBUTES:
        field, table = attribute.column, attribute.name
        query = f"SELECT interaction, {field} FROM {table}"  # noqa: S608 - closed names
        state[attribute.plural] = dict(raw.execute(query))
    return state


def replayed_values(raw: sqlite3.Connection, machine: int) -> Authored:
    """Return what the history adds up to."""
    state: Authored = {attribute.plural: {} for attribute in ATTRIBUTES}
    state |= {"labels": {}, "logged": {}, "projects": {}}
    rows = raw.execute("SELECT edit FROM history WHERE machine = ? ORDER BY seq", (machine,))
    for (text,) in rows:
        _take_edit(state, decode(text))
    return state


def _take_edit(state: Authored, edit: Edit) -> None:
    match edit:
        case SetValues(attribute):
            _set(state[attribute.plural], settled(edit), attribute.nothing)
        case SetLabels(values):
            labels = {(id_, storable(name)): present for id_, name, present in values}
            _set(state["labels"], labels, False)
        case SetLogged(values):
            state["logged"] |= {entry.id: (entry, present) for entry, present in values}
        case SetProjects():
            for project, choice in project_book.settled(edit).items():
                _set(state["projects"], {project: choice}, ProjectChoice(project, 0, ""))
        case _:
            assert_never(edit)


def _set(state: dict[Any, Any], values: dict[Any, Any], nothing: object) -> None:
    for key, value in values.items():
        if value == nothing:
            state.pop(key, None)
        else:
            state[key] = value


def broken_link(raw: sqlite3.Connection, machine: int) -> int | None:
    """Return the first entry that is not as it was written; None when all are."""
    previous, expected = machine, 1
    rows = raw.execute(
        "SELECT seq, time_ms, role, target, title, edit, inverse, chain FROM history"
        " WHERE machine = ? ORDER BY seq",
        (machine,),
    )
    for *content, chain in rows:
        if content[0] != expected or link(previous, tuple(content)) != chain:
            return expected
        previous, expected = chain, expected + 1
    return None
