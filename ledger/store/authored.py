"""Applies what a person changes and enters by hand: the new state, and the edit that undoes it."""

import sqlite3
from json import dumps, loads
from typing import Any, Final, assert_never

from ledger.core.edits import (
    Applied,
    Aspect,
    Changes,
    Edit,
    LogEntry,
    SetLabels,
    SetLogged,
    SetProjects,
    SetValues,
)
from ledger.core.ids import content_id, shown
from ledger.core.parts import PromptPart, RequestPart
from ledger.core.vocabulary import Origin
from ledger.store import portions, project_book
from ledger.store.history import decode_entry, encode_entry
from ledger.store.names import json_ids, model_id, storable
from ledger.store.part_rows import SessionRow, prompt_row, request_row, te_range
from ledger.store.upserts import PROMPTS, REQUESTS, SESSIONS

_WITHDRAWN: Final = 2  # the value of interaction.hidden


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
            return set_logged(raw, machine, edit)
        case SetProjects():
            return project_book.choose(raw, edit)
        case _:
            assert_never(edit)


def settled(edit: SetValues) -> dict[int, Any]:
    """Return the value that each interaction ends with, as the ledger file can hold it."""
    return {id_: storable(v) if isinstance(v, str) else v for id_, v in edit.values}


def _set_values(raw: sqlite3.Connection, edit: SetValues, time_ms: int) -> Applied:
    of = edit.attribute
    requested = settled(edit)
    query = (
        f"SELECT interaction, {of.column} FROM {of.name}"  # noqa: S608 - names of a closed table
        " WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    before = {row[0]: of.type(row[1]) for row in raw.execute(query, (json_ids(requested),))}
    inverse = SetValues(of, tuple((id_, before.get(id_, of.nothing)) for id_ in requested))
    changed = dict(set(requested.items()) - set(inverse.values))
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
    requested = {(id_, storable(name)): present for id_, name, present in edit.values}
    query = (
        "SELECT interaction, name FROM label WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    ids = json_ids({id_ for id_, _ in requested})
    before = set(raw.execute(query, (ids,)))
    changed = {key: present for key, present in requested.items() if (key in before) != present}
    raw.executemany(
        "INSERT INTO label (interaction, name) VALUES (?, ?)",
        [key for key, present in changed.items() if present],
    )
    raw.executemany(
        "DELETE FROM label WHERE interaction = ? AND name = ?",
        [key for key, present in changed.items() if not present],
    )
    inverse = SetLabels(tuple((*key, key in before) for key in requested))
    return Applied(Changes.of(Aspect.LABELS, (id_ for id_, _ in changed)), inverse)


def set_logged(raw: sqlite3.Connection, machine: int, edit: SetLogged) -> Applied:
    """Enter or withdraw interactions; a withdrawn one keeps its row and leaves all figures."""
    requested = {entry.id: (entry, present) for entry, present in edit.values}
    before = _known(raw, machine, requested)
    inverse = SetLogged(
        tuple(before.get(id_, (entry, False)) for id_, (entry, _) in requested.items())
    )
    raw.executemany(
        "REPLACE INTO logged (machine, interaction, entry, present) VALUES (?, ?, ?, ?)",
        [
            (machine, id_, dumps(encode_entry(entry)), int(present))
            for id_, (entry, present) in requested.items()
        ],
    )
    moved = make_entries(raw, requested)
    changed = {id_ for id_, value in requested.items() if before.get(id_) != value}
    changes = Changes.of(Aspect.INTERACTIONS, changed)
    return Applied(Changes(Aspect.INTERACTIONS, None) if moved else changes, inverse)


def _known(
    raw: sqlite3.Connection, machine: int, ids: dict[int, tuple[LogEntry, bool]]
) -> dict[int, tuple[LogEntry, bool]]:
    rows = raw.execute(
        "SELECT interaction, entry, present FROM logged"
        " WHERE machine = ? AND interaction IN (SELECT value FROM json_each(?))",
        (machine, json_ids(ids)),
    )
    return {row[0]: (decode_entry(loads(row[1])), bool(row[2])) for row in rows}


def make_entries(raw: sqlite3.Connection, entries: dict[int, tuple[LogEntry, bool]]) -> set[int]:
    """Make the rows of entries anew: a session, an interaction and one request each.

    Return the interactions that are of another project because of them.
    """
    names = (storable(entry.project) for entry, _ in entries.values())
    new = project_book.add_names(raw, names)
    for entry, present in entries.values():
        _make_one(raw, entry, hidden=0 if present else _WITHDRAWN)
    portions.refresh(raw, entries)
    return project_book.settle(raw, new) if new else set()


def _make_one(raw: sqlite3.Connection, entry: LogEntry, *, hidden: int) -> None:
    key, project, model = shown(entry.id), storable(entry.project), storable(entry.model)
    session = content_id("logged", key)
    raw.execute("INSERT OR IGNORE INTO model VALUES (?, ?)", (model_id(model), model))
    raw.execute(
        SESSIONS.write, SessionRow(session, storable(entry.tool), key, entry.time_ms, project)
    )
    prompt = PromptPart(
        entry.id, session, entry.time_ms, Origin.LOGGED, project, "", 0, 0, -1, 0, 0
    )
    raw.execute(PROMPTS.write, prompt_row(prompt))
    raw.execute("UPDATE interaction SET made = 2, hidden = ? WHERE id = ?", (hidden, entry.id))
    request = request_row(_request(entry, session, model))
    raw.execute(REQUESTS.write, (*request, entry.id, 0, *te_range(request), 0))


def _request(entry: LogEntry, session: int, model: str) -> RequestPart:
    usage = entry.usage
    return RequestPart(
        id=content_id("logged request", shown(entry.id)),
        session=session,
        interaction=entry.id,
        anchor_ms=entry.time_ms,
        time_ms=entry.time_ms,
        model=model,
        input=usage.input,
        cache_read=usage.cache_read,
        cache_write_5m=usage.cache_write_5m,
        cache_write_1h=usage.cache_write_1h,
        output=usage.output,
        reasoning=usage.reasoning,
        basis=usage.basis,
        low=usage.low,
        high=usage.high,
    )
