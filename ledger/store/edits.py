"""Applies what a person changes: the new state and the edit that takes it back."""

import sqlite3

from ledger.core.edits import (
    Applied,
    Changes,
    Edit,
    SetIntents,
    SetKinds,
    SetLabels,
    SetLogged,
    SetNotes,
    SetTags,
)
from ledger.core.words import Intent, Kind, Tag
from ledger.store import logged
from ledger.store.names import listed, storable


def apply(raw: sqlite3.Connection, machine: int, edit: Edit, time_ms: int) -> Applied:
    """Set the edit's values; of two values for one thing the last holds.

    Ids need not be in the ledger: what a person said outlives rows that come from logs.
    """
    match edit:
        case SetTags():
            return _set_tags(raw, edit, time_ms)
        case SetIntents():
            return _set_intents(raw, edit)
        case SetLabels():
            return _set_labels(raw, edit)
        case SetNotes():
            return _set_notes(raw, edit)
        case SetKinds():
            return _set_kinds(raw, edit)
        case SetLogged():
            return logged.set_logged(raw, machine, edit)


def _set_tags(raw: sqlite3.Connection, edit: SetTags, time_ms: int) -> Applied:
    wanted = dict(edit.values)
    query = (
        "SELECT interaction, value FROM tag WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    before = {row[0]: Tag(row[1]) for row in raw.execute(query, (listed(wanted),))}
    changed = {id_: tag for id_, tag in wanted.items() if before.get(id_) != tag}
    raw.executemany(
        "DELETE FROM tag WHERE interaction = ?",
        [(id_,) for id_, tag in changed.items() if tag is None],
    )
    raw.executemany(
        "REPLACE INTO tag (interaction, value, time_ms) VALUES (?, ?, ?)",
        [(id_, int(tag), time_ms) for id_, tag in changed.items() if tag is not None],
    )
    inverse = SetTags(tuple((id_, before.get(id_)) for id_ in wanted))
    return Applied(Changes(tags=bool(changed), ids=frozenset(changed)), inverse)


def _set_intents(raw: sqlite3.Connection, edit: SetIntents) -> Applied:
    wanted = dict(edit.values)
    query = (
        "SELECT interaction, value FROM intent"
        " WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    before = {row[0]: Intent(row[1]) for row in raw.execute(query, (listed(wanted),))}
    inverse = SetIntents(tuple((id_, before.get(id_, Intent.DELIVERY)) for id_ in wanted))
    changed = dict(set(wanted.items()) - set(inverse.values))
    # Delivery is what an interaction without a row is.
    raw.executemany("DELETE FROM intent WHERE interaction = ?", [(id_,) for id_ in changed])
    raw.executemany(
        "INSERT INTO intent (interaction, value) VALUES (?, ?)",
        [(id_, int(intent)) for id_, intent in changed.items() if intent is not Intent.DELIVERY],
    )
    return Applied(Changes(intents=bool(changed), ids=frozenset(changed)), inverse)


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
    touched = frozenset(id_ for id_, _ in changed)
    return Applied(Changes(labels=bool(changed), ids=touched), inverse)


def _set_kinds(raw: sqlite3.Connection, edit: SetKinds) -> Applied:
    wanted = dict(edit.values)
    query = (
        "SELECT interaction, value FROM kind WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    before = {row[0]: Kind(row[1]) for row in raw.execute(query, (listed(wanted),))}
    inverse = SetKinds(tuple((id_, before.get(id_)) for id_ in wanted))
    changed = dict(set(wanted.items()) - set(inverse.values))
    raw.executemany("DELETE FROM kind WHERE interaction = ?", [(id_,) for id_ in changed])
    raw.executemany(
        "INSERT INTO kind (interaction, value) VALUES (?, ?)",
        [(id_, int(kind)) for id_, kind in changed.items() if kind is not None],
    )
    return Applied(Changes(kinds=bool(changed), ids=frozenset(changed)), inverse)


def _set_notes(raw: sqlite3.Connection, edit: SetNotes) -> Applied:
    wanted = {id_: storable(text) for id_, text in edit.values}
    query = (
        "SELECT interaction, text FROM note WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    before = dict(raw.execute(query, (listed(wanted),)))
    inverse = SetNotes(tuple((id_, before.get(id_, "")) for id_ in wanted))
    changed = dict(set(wanted.items()) - set(inverse.values))
    raw.executemany("DELETE FROM note WHERE interaction = ?", [(id_,) for id_ in changed])
    raw.executemany(
        "INSERT INTO note (interaction, text) VALUES (?, ?)",
        [(id_, text) for id_, text in changed.items() if text],
    )
    return Applied(Changes(notes=bool(changed), ids=frozenset(changed)), inverse)
