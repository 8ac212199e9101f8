"""Adds what was read to the ledger: any order, split or repetition of parts, one same result."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ledger.core.edits import Aspect, Changes
from ledger.core.homes import Checkout
from ledger.core.parts import Reading
from ledger.store import (
    observations,
    placement,
    portions,
    project_book,
    sources,
    tool_totals,
    upserts,
)
from ledger.store.names import NO_ID, json_ids, model_id
from ledger.store.part_rows import MergedRows, SessionRow, is_answered, merge_readings, te_range
from ledger.store.upserts import EDITS, PROMPTS, REQUESTS, SESSIONS, TOTALS, Change

_HOMES: Final = (
    "SELECT DISTINCT session FROM interaction WHERE id IN (SELECT value FROM json_each(?))"
)


@dataclass(slots=True)
class StaleIds:
    """What must be worked out again: interactions, and sessions whose parts may move."""

    interactions: set[int] = field(default_factory=set)
    sessions: set[int] = field(default_factory=set)
    families: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)  # interactions that are of another project now
    sums: set[int] = field(default_factory=set)  # sessions that used other than before, or say so


def add(
    raw: sqlite3.Connection,
    machine: int,
    readings: Sequence[Reading],
    checkouts: Mapping[str, Checkout],
) -> Changes:
    """Join the readings into the tables and note how far each file was read.

    `checkouts` is what the disk says of directories. Must run inside one transaction of its own.
    """
    files = [sources.file_key(machine, reading.cursor) for reading in readings]
    whole = merge_readings(readings, files)
    stale = StaleIds()
    new_projects = _add_names(raw, whole)
    is_settled = not project_book.see(raw, checkouts) and not new_projects
    if _add_sessions(raw, whole, stale) or not is_settled:
        stale.moved = project_book.settle(raw, new_projects)
    _add_prompts(raw, whole, stale)
    _add_requests(raw, whole, stale)
    _add_edits(raw, whole, stale)
    stale.sums |= _sessions_of(upserts.put(raw, TOTALS, whole.totals))
    stale.interactions |= upserts.put_pointers(raw, whole.pointers)
    _recompute(raw, stale)
    sources.note(raw, machine, readings)
    ids = frozenset(stale.interactions - {NO_ID})
    observations.list_anew(raw, ids)
    if stale.moved:  # names and questions of old work are others now
        project_book.check_again(raw, stale.moved)
        return Changes(Aspect.INTERACTIONS | Aspect.SOURCES, ids=None)
    return Changes.of(Aspect.INTERACTIONS, ids) | Changes(Aspect.SOURCES)


def _recompute(raw: sqlite3.Connection, stale: StaleIds) -> None:
    forked = placement.mark(raw, stale.families, stale.interactions)
    stale.interactions |= forked.interactions
    stale.sessions |= forked.sessions
    stale.interactions |= placement.assign_orphans(raw, stale.sessions)
    moved = stale.sums | stale.sessions
    moved |= _ids(raw, _HOMES, json_ids(stale.interactions))
    stale.interactions |= tool_totals.refresh_shortfalls(raw, moved)
    placement.refresh_unprompted(raw, stale.interactions)
    portions.refresh(raw, stale.interactions - {NO_ID})


def _add_names(raw: sqlite3.Connection, whole: MergedRows) -> set[int]:
    """Make rows for names; return the projects that are new."""
    raw.executemany(
        "INSERT OR IGNORE INTO model (id, name) VALUES (?, ?)",
        [(model_id(name), name) for name in whole.models],
    )
    return project_book.add_names(raw, whole.projects)


def _add_sessions(raw: sqlite3.Connection, whole: MergedRows, stale: StaleIds) -> bool:
    """Store sessions; return whether one says something new of its directory's repository."""
    changed = upserts.put(raw, SESSIONS, whole.sessions)
    ids = {change.new.id for change in changed}
    stale.sessions |= ids
    stale.families |= ids
    known = json_ids(change.new.id for change in changed if change.old)
    stale.interactions |= _ids(
        raw, "SELECT id FROM interaction WHERE session IN (SELECT value FROM json_each(?))", known
    )
    return any(
        change.new.repository and (change.old is None or _remote(change.new) != _remote(change.old))
        for change in changed
    )


def _remote(row: SessionRow) -> tuple[str, str]:
    return row.directory, row.repository


def _add_prompts(raw: sqlite3.Connection, whole: MergedRows, stale: StaleIds) -> None:
    changed = upserts.put(raw, PROMPTS, whole.prompts)
    ids = {change.new.id for change in changed}
    stale.interactions |= ids
    stale.sessions |= _sessions_of(changed)
    stale.interactions |= placement.reattach(raw, ids)


def _add_requests(raw: sqlite3.Connection, whole: MergedRows, stale: StaleIds) -> None:
    changed = upserts.changes(raw, REQUESTS, whole.requests)
    stale.interactions |= _ids(
        raw,
        "SELECT DISTINCT owner FROM request WHERE id IN (SELECT value FROM json_each(?))",
        json_ids(change.new.id for change in changed if change.old),
    )
    raw.executemany(
        REQUESTS.write,
        [
            (*row, *place, *te_range(row), is_answered(row))
            for row, *place in _with_owners(raw, changed, stale)
        ],
    )
    stale.sums |= _sessions_of(changed)
    for change in changed:
        if change.new.vector or (change.old and change.old.vector):
            stale.families.add(change.new.session)
            stale.families.add((change.old or change.new).session)


def _add_edits(raw: sqlite3.Connection, whole: MergedRows, stale: StaleIds) -> None:
    changed = upserts.changes(raw, EDITS, whole.edits)
    stale.interactions |= _ids(
        raw,
        "SELECT DISTINCT owner FROM edit_part WHERE id IN (SELECT value FROM json_each(?))",
        json_ids(change.new.id for change in changed if change.old),
    )
    raw.executemany(
        EDITS.write, [(*row, *place) for row, *place in _with_owners(raw, changed, stale)]
    )


def _with_owners(
    raw: sqlite3.Connection, changed: Sequence[Change], stale: StaleIds
) -> Iterator[tuple[Any, int, int]]:
    """Yield rows with the interaction they name, or set adrift when that is not known."""
    known = _ids(
        raw,
        "SELECT id FROM interaction WHERE made = 0 AND id IN (SELECT value FROM json_each(?))",
        json_ids({change.new.interaction for change in changed}),
    )
    stale.interactions |= known
    for change in changed:
        new = change.new
        if new.interaction in known:
            yield new, new.interaction, 0
        else:
            stale.sessions.add(new.session)
            yield new, NO_ID, 1


def _sessions_of(changed: Sequence[Change]) -> set[int]:
    """Return the sessions in which changed rows stood and stand."""
    return {row.session for change in changed for row in change if row is not None}


def _ids(raw: sqlite3.Connection, query: str, ids: str) -> set[int]:
    return {row[0] for row in raw.execute(query, (ids,))} if ids != "[]" else set()
