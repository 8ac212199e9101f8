"""Interactions entered by hand: the entry is the person's, the rows made of it can be remade."""

import sqlite3
from json import dumps, loads
from typing import Final

from ledger.core.edits import Applied, Aspect, Changes, LogEntry, SetLogged
from ledger.core.ids import content_id, shown
from ledger.core.parts import PromptPart, RequestPart
from ledger.core.words import Origin
from ledger.store import portions
from ledger.store.edit_words import entry_of, entry_words
from ledger.store.joins import SessionRow, prompt_row, request_row, te_range
from ledger.store.names import listed, model_id, project_id, storable
from ledger.store.upserts import PROMPTS, REQUESTS, SESSIONS

_WITHDRAWN: Final = 2  # the value of interaction.hidden


def set_logged(raw: sqlite3.Connection, machine: int, edit: SetLogged) -> Applied:
    """Enter or withdraw interactions; a withdrawn one keeps its row and leaves all figures."""
    wanted = {entry.id: (entry, present) for entry, present in edit.values}
    before = _known(raw, machine, wanted)
    inverse = SetLogged(
        tuple(before.get(id_, (entry, False)) for id_, (entry, _) in wanted.items())
    )
    raw.executemany(
        "REPLACE INTO logged (machine, interaction, entry, present) VALUES (?, ?, ?, ?)",
        [
            (machine, id_, dumps(entry_words(entry)), int(present))
            for id_, (entry, present) in wanted.items()
        ],
    )
    make(raw, wanted)
    changed = {id_ for id_, value in wanted.items() if before.get(id_) != value}
    return Applied(Changes.of(Aspect.INTERACTIONS, changed), inverse)


def _known(
    raw: sqlite3.Connection, machine: int, ids: dict[int, tuple[LogEntry, bool]]
) -> dict[int, tuple[LogEntry, bool]]:
    rows = raw.execute(
        "SELECT interaction, entry, present FROM logged"
        " WHERE machine = ? AND interaction IN (SELECT value FROM json_each(?))",
        (machine, listed(ids)),
    )
    return {row[0]: (entry_of(loads(row[1])), bool(row[2])) for row in rows}


def make(raw: sqlite3.Connection, entries: dict[int, tuple[LogEntry, bool]]) -> None:
    """Make the rows of entries anew: a session, an interaction and one request each."""
    for entry, present in entries.values():
        _make_one(raw, entry, hidden=0 if present else _WITHDRAWN)
    portions.refresh(raw, entries)


def _make_one(raw: sqlite3.Connection, entry: LogEntry, *, hidden: int) -> None:
    key, project, model = shown(entry.id), storable(entry.project), storable(entry.model)
    session = content_id("logged", key)
    if project:
        raw.execute("INSERT OR IGNORE INTO project VALUES (?, ?)", (project_id(project), project))
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
    raw.execute(REQUESTS.write, (*request, entry.id, 0, *te_range(request)))


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
