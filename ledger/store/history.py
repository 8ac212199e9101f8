"""The append-only history of everything a person changed, and the walk back through it."""

import sqlite3
from typing import Final, NamedTuple

from ledger.core.edits import Edit, title_of
from ledger.core.ids import bytes_id
from ledger.core.rows import HistoryRow
from ledger.store.edit_words import read, written
from ledger.store.names import storable

_ROW: Final = (
    "SELECT uuid, seq, time_ms, role, target, title FROM history"
    " JOIN machine ON machine.id = history.machine"
)


class Entry(NamedTuple):
    """What is written down of one change."""

    edit: Edit
    inverse: Edit
    time_ms: int
    role: str  # do, undo or redo
    target: int | None  # the entry that an undo or redo is about


def append(raw: sqlite3.Connection, machine: int, entry: Entry) -> int:
    """Write the next entry and return its number; each is chained to the one before."""
    last = raw.execute(
        "SELECT seq, chain FROM history WHERE machine = ? ORDER BY seq DESC LIMIT 1", (machine,)
    ).fetchone() or (0, machine)
    title = _title(raw, machine, entry)
    seq = last[0] + 1
    words = (seq, entry.time_ms, entry.role, entry.target, title)
    content = (*words, written(entry.edit), written(entry.inverse))
    raw.execute(
        "INSERT INTO history (machine, seq, time_ms, role, target, title, edit, inverse, chain)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (machine, *content, link(last[1], content)),
    )
    return int(seq)


def link(previous: int, content: tuple[object, ...]) -> int:
    """Return the fingerprint of an entry and all before it."""
    return bytes_id(repr((previous, *content)).encode())


def _title(raw: sqlite3.Connection, machine: int, entry: Entry) -> str:
    """An undo or redo carries the name of what it is about, not of the edit that does it."""
    if entry.target is not None:
        row = raw.execute(
            "SELECT title FROM history WHERE machine = ? AND seq = ?", (machine, entry.target)
        ).fetchone()
        if row:
            return str(row[0])
    return storable(title_of(entry.edit))


def undo_target(raw: sqlite3.Connection, machine: int) -> tuple[int, Edit] | None:
    """Return the newest entry that still holds and the edit that takes it back."""
    undone = 0
    for seq, role in _backwards(raw, machine):
        if role == "undo":
            undone += 1
        elif undone:
            undone -= 1
        else:
            return seq, _inverse(raw, machine, seq)
    return None


def redo_target(raw: sqlite3.Connection, machine: int) -> tuple[int, Edit] | None:
    """Return the newest undo that still holds and the edit that takes it back."""
    redone = 0
    for seq, role in _backwards(raw, machine):
        if role == "do":  # what was undone before it cannot come back
            return None
        if role == "redo":
            redone += 1
        elif redone:
            redone -= 1
        else:
            return seq, _inverse(raw, machine, seq)
    return None


def _backwards(raw: sqlite3.Connection, machine: int) -> sqlite3.Cursor:
    return raw.execute(
        "SELECT seq, role FROM history WHERE machine = ? ORDER BY seq DESC", (machine,)
    )


def _inverse(raw: sqlite3.Connection, machine: int, seq: int) -> Edit:
    (text,) = raw.execute(
        "SELECT inverse FROM history WHERE machine = ? AND seq = ?", (machine, seq)
    ).fetchone()
    return read(text)


def rows(raw: sqlite3.Connection, limit: int) -> list[HistoryRow]:
    """Return the newest entries, newest first."""
    found = raw.execute(f"{_ROW} ORDER BY time_ms DESC, seq DESC LIMIT ?", (limit,))
    return [HistoryRow(*row) for row in found]


def row(raw: sqlite3.Connection, machine: int, seq: int) -> HistoryRow | None:
    """Return one entry of a machine."""
    found = raw.execute(f"{_ROW} WHERE machine = ? AND seq = ?", (machine, seq)).fetchone()
    return HistoryRow(*found) if found else None
