"""Applies what a person changes: the new state and the edit that takes it back."""

import sqlite3
from typing import Any, assert_never

from ledger.core.edits import Applied, Aspect, Changes, Edit, SetLabels, SetLogged, SetValues
from ledger.store import logged
from ledger.store.names import listed, storable


def apply(raw: sqlite3.Connection, machine: int, edit: Edit, time_ms: int) -> Applied:
    """Set the edit's values; of two values for one thing the last holds.

    Ids need not be in the ledger: what a person said outlives rows that come from logs.
    """
    match edit:
        case SetValues():
            return _set_values(raw, edit, time_ms)
        case SetLabels():
            return _set_labels(raw, edit)
        case SetLogged():
            return logged.set_logged(raw, machine, edit)
        case _:
            assert_never(edit)


def settled(edit: SetValues) -> dict[int, Any]:
    """Return the value that each interaction ends with, as the ledger file can hold it."""
    return {id_: storable(v) if isinstance(v, str) else v for id_, v in edit.values}


def _set_values(raw: sqlite3.Connection, edit: SetValues, time_ms: int) -> Applied:
    of = edit.attribute
    wanted = settled(edit)
    query = (
        f"SELECT interaction, {of.column} FROM {of.name}"  # noqa: S608 - names of a closed table
        " WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    before = {row[0]: of.type(row[1]) for row in raw.execute(query, (listed(wanted),))}
    inverse = SetValues(of, tuple((id_, before.get(id_, of.nothing)) for id_ in wanted))
    changed = dict(set(wanted.items()) - set(inverse.values))
    # The absence of a row is what says `nothing`.
    raw.executemany(
        f"DELETE FROM {of.name} WHERE interaction = ?",  # noqa: S608 - as above
        [(id_,) for id_ in changed],
    )
    columns = ("interaction", of.column, "time_ms")[: 3 if of.is_dated else 2]
    raw.executemany(
        f"INSERT INTO {of.name} ({', '.join(columns)})"  # noqa: S608 - as above
        f" VALUES ({', '.join('?' * len(columns))})",
        [
            (id_, value, time_ms)[: len(columns)]
            for id_, value in changed.items()
            if value != of.nothing
        ],
    )
    return Applied(Changes.of(of.aspect, changed), inverse)


def _set_labels(raw: sqlite3.Connection, edit: SetLabels) -> Applied:
    wanted = {(id_, storable(name)): present for id_, name, present in edit.values}
    query = (
        "SELECT interaction, name FROM label WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    ids = listed({id_ for id_, _ in wanted})
    before = set(raw.execute(query, (ids,)))
    changed = {key: present for key, present in wanted.items() if (key in before) != present}
    raw.executemany(
        "INSERT INTO label (interaction, name) VALUES (?, ?)",
        [key for key, present in changed.items() if present],
    )
    raw.executemany(
        "DELETE FROM label WHERE interaction = ? AND name = ?",
        [key for key, present in changed.items() if not present],
    )
    inverse = SetLabels(tuple((*key, key in before) for key in wanted))
    return Applied(Changes.of(Aspect.LABELS, (id_ for id_, _ in changed)), inverse)
