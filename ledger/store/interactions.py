"""Reads interactions with everything a table or a card shows except their text."""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from string import hexdigits
from typing import Any, Final

from ledger.core.ids import SHOWN_LENGTH
from ledger.core.rows import EditRow, InteractionRow, Pointer
from ledger.core.usage import Basis, Usage
from ledger.core.vocabulary import Intent, Kind, Origin, Outcome, Tag
from ledger.store.names import json_ids
from ledger.store.project_book import ProjectBook

CHUNK: Final = 500

_HEADS: Final = """
SELECT i.id, i.time_ms, s.tool, i.session, s.key, i.project,
    iif(i.branch = '', s.branch, i.branch), i.origin, t.value, t.time_ms,
    ifnull(n.value, 0), ifnull(note.text, ''), ifnull(k.value, ifnull(o.kind, 0)),
    s.directory
FROM interaction AS i JOIN session AS s ON s.id = i.session
LEFT JOIN tag AS t ON t.interaction = i.id
LEFT JOIN intent AS n ON n.interaction = i.id LEFT JOIN note ON note.interaction = i.id
LEFT JOIN kind AS k ON k.interaction = i.id LEFT JOIN observation AS o ON o.interaction = i.id
WHERE i.hidden = 0 AND i.id IN (SELECT value FROM json_each(?))
"""
# 3 is `core.usage.Basis.UNKNOWN`.
_USAGES: Final = """
SELECT owner, name, count(*), sum(basis = 3), sum(input), sum(cache_read),
    sum(cache_write_5m), sum(cache_write_1h), sum(output), sum(reasoning), max(basis),
    sum(te_low), sum(te), sum(te_high)
FROM request JOIN model ON model.id = model
WHERE copied = 0 AND owner IN (SELECT value FROM json_each(?))
GROUP BY owner, model ORDER BY sum(te) DESC, name
"""
_LABELS: Final = """
SELECT interaction, name FROM label
WHERE interaction IN (SELECT value FROM json_each(?)) ORDER BY name
"""
_EDITS: Final = """
SELECT owner, id, time_ms, path, added, removed, outcome, human_changed FROM edit_part
WHERE owner IN (SELECT value FROM json_each(?)) ORDER BY time_ms, path, id
"""
# The file that holds most of the interaction comes first: a fork may have only its beginning.
_POINTERS: Final = """
SELECT interaction, path, tool, pointer.offset, length, end, fingerprint FROM pointer
JOIN file ON file.id = file JOIN ledger ON ledger.machine = file.machine
WHERE pointer.offset >= 0 AND interaction IN (SELECT value FROM json_each(?))
ORDER BY end - pointer.offset DESC, path
"""

Found = dict[int, list[tuple[Any, ...]]]


def read(raw: sqlite3.Connection, ids: Sequence[int]) -> list[InteractionRow]:
    """Return the rows in the order of the ids; those that do not count are left out."""
    if not ids:
        return []
    book = ProjectBook(raw)
    chunks = (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))
    return [row for chunk in chunks for row in _chunk(raw, chunk, book)]


def _chunk(
    raw: sqlite3.Connection, ids: Sequence[int], book: ProjectBook
) -> Iterator[InteractionRow]:
    parameters = (json_ids(ids),)
    heads = {row[0]: row for row in raw.execute(_HEADS, parameters)}
    usages, labels, edits, pointers = (
        _by_interaction(raw.execute(query, parameters))
        for query in (_USAGES, _LABELS, _EDITS, _POINTERS)
    )
    for identity in ids:
        head = heads.get(identity)
        if head is not None:
            yield _row(
                head,
                book,
                usages[identity],
                tuple(name for (name,) in labels[identity]),
                tuple(map(_edit, edits[identity])),
                tuple(_pointer(row) for row in pointers[identity]),
            )


def _by_interaction(rows: sqlite3.Cursor) -> Found:
    rows_by_id: Found = defaultdict(list)
    for identity, *columns in rows:
        rows_by_id[identity].append(tuple(columns))
    return rows_by_id


def _row(
    head: tuple[Any, ...],
    book: ProjectBook,
    usages: list[tuple[Any, ...]],
    labels: tuple[str, ...],
    edits: tuple[EditRow, ...],
    pointers: tuple[Pointer, ...],
) -> InteractionRow:
    applied = [edit for edit in edits if edit.outcome is Outcome.APPLIED]
    project, worktree = book.place(head[5], head[13])
    return InteractionRow(
        id=head[0],
        time_ms=head[1],
        tool=head[2],
        session=head[3],
        session_key=head[4],
        project=book.key(project),
        directory=book.key(head[5]) or head[13],
        worktree=worktree,
        branch=head[6],
        origin=Origin(head[7]),
        tag=None if head[8] is None else Tag(head[8]),
        tagged_ms=head[9],
        intent=Intent(head[10]),
        note=head[11],
        kind=Kind(head[12]),
        labels=labels,
        models=tuple(row[0] for row in usages),
        requests=sum(row[1] for row in usages),
        unknown=sum(row[2] for row in usages),
        usage=_usage(usages),
        te=sum(row[11] for row in usages),
        added=sum(edit.added for edit in applied),
        removed=sum(edit.removed for edit in applied),
        edits=edits,
        pointers=pointers,
    )


def _usage(rows: list[tuple[Any, ...]]) -> Usage:
    """Sum requests' usage by model into one; low and high say how far its estimates reach."""
    fresh, cache_read, write_5m, write_1h, output = (
        sum(row[column] for row in rows) for column in range(3, 8)
    )
    reasoning = [row[8] for row in rows if row[8] is not None]
    low, middle, high = (sum(row[column] for row in rows) for column in (10, 11, 12))
    return Usage(
        input=fresh,
        cache_read=cache_read,
        cache_write_5m=write_5m,
        cache_write_1h=write_1h,
        output=output,
        reasoning=sum(reasoning) if reasoning else None,
        # A prompt whose answer was cut off before its usage was logged did not cost nothing.
        basis=Basis(max((row[9] for row in rows), default=Basis.UNKNOWN)),
        low=low / middle if middle else 1.0,
        high=high / middle if middle else 1.0,
    )


def _edit(row: tuple[Any, ...]) -> EditRow:
    identity, time_ms, path, added, removed, outcome, human = row
    return EditRow(identity, time_ms, path, added, removed, Outcome(outcome), bool(human))


def _pointer(row: tuple[Any, ...]) -> Pointer:
    return Pointer(os.fsdecode(row[0]), *row[1:])


def ids_starting(raw: sqlite3.Connection, prefix: str) -> list[int]:
    """Return the ids of shown interactions whose 16 digits begin with the prefix, at most 1,000."""
    if len(prefix) > SHOWN_LENGTH or not set(prefix) <= set(hexdigits):
        return []
    least, greatest = (int(prefix.ljust(SHOWN_LENGTH, end), 16) for end in "0f")
    largest = (1 << 63) - 1
    if least > largest:
        return []
    rows = raw.execute(
        "SELECT id FROM interaction WHERE id BETWEEN ? AND ? AND hidden = 0 ORDER BY id LIMIT 1000",
        (least, min(greatest, largest)),
    )
    return [row[0] for row in rows]
