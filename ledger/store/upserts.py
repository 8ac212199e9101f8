"""Writes merged rows beside what the ledger already knows, and says which rows changed."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from ledger.store.names import json_ids
from ledger.store.part_rows import (
    EditRow,
    PointerRow,
    PromptRow,
    RequestRow,
    SessionRow,
    TotalRow,
    merge_edits,
    merge_pointers,
    merge_prompts,
    merge_requests,
    merge_sessions,
    merge_totals,
)

_POINTERS: Final = (
    "SELECT interaction, file, found_ns, offset, length, fingerprint, reached_ns, end"
    " FROM pointer WHERE interaction IN (SELECT value FROM json_each(?))"
)


class Change(NamedTuple):
    """A row as it was (None = new) and as it is to be."""

    old: Any
    new: Any


class TableMerge(NamedTuple):
    """How rows of one table are read, joined and written."""

    row: Callable[..., Any]
    join: Callable[[Any, Any], Any]
    select: str
    write: str


SESSIONS: Final = TableMerge(
    SessionRow,
    merge_sessions,
    "SELECT id, tool, key, time_ms, directory, branch, version, parent, repository, pull_request,"
    " directory_ms FROM session WHERE id IN (SELECT value FROM json_each(?))",
    "REPLACE INTO session (id, tool, key, time_ms, directory, branch, version, parent, repository,"
    " pull_request, directory_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
)
PROMPTS: Final = TableMerge(
    PromptRow,
    merge_prompts,
    "SELECT id, rank, time_ms, session, ordinal, origin, project, branch FROM interaction"
    " WHERE made = 0 AND id IN (SELECT value FROM json_each(?))",
    "INSERT INTO interaction (id, rank, time_ms, session, ordinal, origin, project, branch)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
    " rank = excluded.rank, time_ms = excluded.time_ms, session = excluded.session,"
    " ordinal = excluded.ordinal, origin = excluded.origin, project = excluded.project,"
    " branch = excluded.branch, made = 0",
)
REQUESTS: Final = TableMerge(
    RequestRow,
    merge_requests,
    "SELECT id, rank, time_ms, session, interaction, anchor_ms, ordinal, vector, turn, model,"
    " input, cache_read, cache_write_5m, cache_write_1h, output, ifnull(reasoning, -1), basis,"
    " low, high, tier, region, searches, within FROM request"
    " WHERE id IN (SELECT value FROM json_each(?))",
    "INSERT INTO request (id, rank, time_ms, session, interaction, anchor_ms, ordinal, vector,"
    " turn, model, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, basis,"
    " low, high, tier, region, searches, within, owner, adrift, te_low, te, te_high, copied)"
    " VALUES"
    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, -1), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
    " ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET"
    " rank = excluded.rank, time_ms = excluded.time_ms, session = excluded.session,"
    " interaction = excluded.interaction, anchor_ms = excluded.anchor_ms,"
    " ordinal = excluded.ordinal, vector = excluded.vector, turn = excluded.turn,"
    " model = excluded.model, input = excluded.input, cache_read = excluded.cache_read,"
    " cache_write_5m = excluded.cache_write_5m, cache_write_1h = excluded.cache_write_1h,"
    " output = excluded.output, reasoning = excluded.reasoning, basis = excluded.basis,"
    " low = excluded.low, high = excluded.high, tier = excluded.tier, region = excluded.region,"
    " searches = excluded.searches, within = excluded.within, owner = excluded.owner,"
    " adrift = excluded.adrift,"
    " te_low = excluded.te_low, te = excluded.te, te_high = excluded.te_high,"
    " copied = excluded.copied",
)
EDITS: Final = TableMerge(
    EditRow,
    merge_edits,
    "SELECT id, time_ms, session, interaction, anchor_ms, path, added, removed, outcome,"
    " human_changed, decided_by FROM edit_part WHERE id IN (SELECT value FROM json_each(?))",
    "INSERT INTO edit_part (id, time_ms, session, interaction, anchor_ms, path, added, removed,"
    " outcome, human_changed, decided_by, owner, adrift)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET"
    " time_ms = excluded.time_ms, session = excluded.session,"
    " interaction = excluded.interaction, anchor_ms = excluded.anchor_ms, path = excluded.path,"
    " added = excluded.added, removed = excluded.removed, outcome = excluded.outcome,"
    " human_changed = excluded.human_changed, decided_by = excluded.decided_by,"
    " owner = excluded.owner, adrift = excluded.adrift",
)
TOTALS: Final = TableMerge(
    TotalRow,
    merge_totals,
    "SELECT id, time_ms, output, input, cache_read, cache_write, requests, micro_dollars, session,"
    " model, file, offset, length FROM tool_total WHERE id IN (SELECT value FROM json_each(?))",
    "REPLACE INTO tool_total (id, time_ms, output, input, cache_read, cache_write, requests,"
    " micro_dollars, session, model, file, offset, length)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
)


def changes(raw: sqlite3.Connection, table: TableMerge, rows: dict[int, Any]) -> list[Change]:
    """Join the rows with the stored ones and return those that are new or become different."""
    if not rows:
        return []
    make, join = table.row, table.join
    stored = {row[0]: make(*row) for row in raw.execute(table.select, (json_ids(rows),))}
    if not stored:
        return [Change(None, row) for row in rows.values()]
    changed = []
    for identity, row in rows.items():
        old = stored.get(identity)
        new = row if old is None else join(old, row)
        if new != old:
            changed.append(Change(old, new))
    return changed


def put(raw: sqlite3.Connection, table: TableMerge, rows: dict[int, Any]) -> list[Change]:
    """Store the rows of a table that needs nothing but them; return what changed."""
    changed = changes(raw, table, rows)
    raw.executemany(table.write, [change.new for change in changed])
    return changed


def put_pointers(raw: sqlite3.Connection, rows: dict[tuple[int, int], PointerRow]) -> set[int]:
    """Store where interactions' texts lie; return the interactions whose text moved or grew."""
    known: Iterable[tuple[int, ...]] = raw.execute(_POINTERS, (json_ids({key[0] for key in rows}),))
    stored = {(row[0], row[1]): PointerRow(*row) for row in known}
    fresh = []
    for key, row in rows.items():
        old = stored.get(key)
        new = row if old is None else merge_pointers(old, row)
        if new != old:
            fresh.append(new)
    raw.executemany("REPLACE INTO pointer VALUES (?, ?, ?, ?, ?, ?, ?, ?)", fresh)
    return {row.interaction for row in fresh}
