"""Works out from the history alone what tags, labels and the like must be now."""

import sqlite3
from dataclasses import dataclass, field
from json import loads
from typing import Any

from ledger.core.edits import (
    Edit,
    LogEntry,
    SetIntents,
    SetKinds,
    SetLabels,
    SetLogged,
    SetNotes,
    SetTags,
)
from ledger.core.words import Intent
from ledger.store.edit_words import entry_of, read
from ledger.store.history import link
from ledger.store.names import storable


@dataclass(slots=True)
class Authored:
    """Everything a person said, as it stands."""

    tags: dict[int, int] = field(default_factory=dict)
    intents: dict[int, int] = field(default_factory=dict)
    labels: set[tuple[int, str]] = field(default_factory=set)
    notes: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, int] = field(default_factory=dict)
    logged: dict[int, tuple[LogEntry, bool]] = field(default_factory=dict)


def stored(raw: sqlite3.Connection, machine: int) -> Authored:
    """Return what the tables say."""
    logged = raw.execute(
        "SELECT interaction, entry, present FROM logged WHERE machine = ?", (machine,)
    )
    return Authored(
        tags=dict(raw.execute("SELECT interaction, value FROM tag")),
        intents=dict(raw.execute("SELECT interaction, value FROM intent")),
        labels=set(raw.execute("SELECT interaction, name FROM label")),
        notes=dict(raw.execute("SELECT interaction, text FROM note")),
        kinds=dict(raw.execute("SELECT interaction, value FROM kind")),
        logged={row[0]: (entry_of(loads(row[1])), bool(row[2])) for row in logged},
    )


def replayed(raw: sqlite3.Connection, machine: int) -> Authored:
    """Return what the history adds up to."""
    state = Authored()
    rows = raw.execute("SELECT edit FROM history WHERE machine = ? ORDER BY seq", (machine,))
    for (text,) in rows:
        _take(state, read(text))
    return state


def _take(state: Authored, edit: Edit) -> None:
    match edit:
        case SetTags(values):
            _set(state.tags, {id_: tag and int(tag) for id_, tag in values}, None)
        case SetIntents(values):
            _set(state.intents, {id_: int(intent) for id_, intent in values}, Intent.DELIVERY)
        case SetNotes(values):
            _set(state.notes, {id_: storable(text) for id_, text in values}, "")
        case SetKinds(values):
            said = {id_: None if kind is None else int(kind) for id_, kind in values}
            _set(state.kinds, said, None)
        case SetLogged(values):
            state.logged |= {entry.id: (entry, present) for entry, present in values}
        case SetLabels(values):
            for id_, name, present in values:
                change = state.labels.add if present else state.labels.discard
                change((id_, storable(name)))


def _set(state: dict[int, Any], values: dict[int, Any], nothing: object) -> None:
    for identity, value in values.items():
        if value == nothing:
            state.pop(identity, None)
        else:
            state[identity] = value


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
