"""Works out from the history alone what tags, labels and the like must be now."""

import sqlite3
from json import loads
from typing import Any, assert_never

from ledger.core.edits import ATTRIBUTES, Edit, SetLabels, SetLogged, SetValues
from ledger.store.edit_words import entry_of, read
from ledger.store.edits import settled
from ledger.store.history import link
from ledger.store.names import storable

# Everything a person said, as it stands: by what it is, then by what it is about.
Authored = dict[str, dict[Any, Any]]


def stored(raw: sqlite3.Connection, machine: int) -> Authored:
    """Return what the tables say."""
    logged = raw.execute(
        "SELECT interaction, entry, present FROM logged WHERE machine = ?", (machine,)
    )
    state: Authored = {
        "labels": dict.fromkeys(raw.execute("SELECT interaction, name FROM label"), True),
        "logged": {row[0]: (entry_of(loads(row[1])), bool(row[2])) for row in logged},
    }
    for attribute in ATTRIBUTES:
        field, table = attribute.column, attribute.name
        query = f"SELECT interaction, {field} FROM {table}"  # noqa: S608 - closed names
        state[attribute.plural] = dict(raw.execute(query))
    return state


def replayed(raw: sqlite3.Connection, machine: int) -> Authored:
    """Return what the history adds up to."""
    state: Authored = {attribute.plural: {} for attribute in ATTRIBUTES}
    state |= {"labels": {}, "logged": {}}
    rows = raw.execute("SELECT edit FROM history WHERE machine = ? ORDER BY seq", (machine,))
    for (text,) in rows:
        _take(state, read(text))
    return state


def _take(state: Authored, edit: Edit) -> None:
    match edit:
        case SetValues(attribute):
            _set(state[attribute.plural], settled(edit), attribute.nothing)
        case SetLabels(values):
            labels = {(id_, storable(name)): present for id_, name, present in values}
            _set(state["labels"], labels, False)
        case SetLogged(values):
            state["logged"] |= {entry.id: (entry, present) for entry, present in values}
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
