"""The append-only history of everything a person changed, as JSON, and the walk back through it."""

import sqlite3
from enum import IntEnum
from json import dumps, loads
from typing import Any, Final, NamedTuple, assert_never

from ledger.core.edits import (
    ATTRIBUTES,
    Attribute,
    Edit,
    LogEntry,
    ProjectChoice,
    SetLabels,
    SetLogged,
    SetProjects,
    SetValues,
    title_of,
)
from ledger.core.ids import bytes_id
from ledger.core.rows import HistoryRow
from ledger.core.usage import Basis, Usage
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
    head = (seq, entry.time_ms, entry.role, entry.target, title)
    content = (*head, encode(entry.edit), encode(entry.inverse))
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
    return decode(text)


def rows(raw: sqlite3.Connection, limit: int) -> list[HistoryRow]:
    """Return the newest entries, newest first."""
    entries = raw.execute(f"{_ROW} ORDER BY time_ms DESC, seq DESC LIMIT ?", (limit,))
    return [HistoryRow(*row) for row in entries]


def row(raw: sqlite3.Connection, machine: int, seq: int) -> HistoryRow | None:
    """Return one entry of a machine."""
    columns = raw.execute(f"{_ROW} WHERE machine = ? AND seq = ?", (machine, seq)).fetchone()
    return HistoryRow(*columns) if columns else None


def encode(edit: Edit) -> str:
    """Return the edit as one line of JSON that later versions can read."""
    plain: list[list[Any]]
    match edit:
        case SetValues(attribute, values):
            kind, plain = attribute.plural, [[id_, _plain(value)] for id_, value in values]
        case SetLabels(values):
            kind, plain = "labels", [list(value) for value in values]
        case SetLogged(values):
            kind, plain = "logged", [[encode_entry(entry), present] for entry, present in values]
        case SetProjects(values):
            kind, plain = "projects", [list(choice) for choice in values]
        case _:
            assert_never(edit)
    return dumps({"set": kind, "values": plain}, ensure_ascii=True, separators=(",", ":"))


def decode(text: str) -> Edit:
    """Return the edit that `encode` wrote; raises ValueError for anything else."""
    fields = loads(text)
    kind, values = fields["set"], fields["values"]
    for attribute in ATTRIBUTES:
        if attribute.plural == kind:
            return SetValues(attribute, tuple((id_, _value(attribute, v)) for id_, v in values))
    if kind == "labels":
        return SetLabels(tuple((id_, name, present) for id_, name, present in values))
    if kind == "logged":
        return SetLogged(tuple((decode_entry(entry), present) for entry, present in values))
    if kind == "projects":
        return SetProjects(tuple(ProjectChoice(*choice) for choice in values))
    raise ValueError(f"no edit of the kind {kind!r}")


def _plain(value: Any) -> int | str | None:
    return int(value) if isinstance(value, IntEnum) else value


def _value(attribute: Attribute, plain: int | str | None) -> Any:
    return None if plain is None and attribute.nothing is None else attribute.type(plain)


def encode_entry(entry: LogEntry) -> dict[str, Any]:
    """Return a hand-entered interaction as plain words and numbers."""
    usage = entry.usage
    return {
        "id": entry.id,
        "time_ms": entry.time_ms,
        "tool": entry.tool,
        "model": entry.model,
        "project": entry.project,
        "usage": {
            "input": usage.input,
            "cache_read": usage.cache_read,
            "cache_write_5m": usage.cache_write_5m,
            "cache_write_1h": usage.cache_write_1h,
            "output": usage.output,
            "reasoning": usage.reasoning,
            "basis": int(usage.basis),
            "low": usage.low,
            "high": usage.high,
        },
    }


def decode_entry(fields: dict[str, Any]) -> LogEntry:
    """Return the entry that `encode_entry` wrote."""
    usage = dict(fields["usage"])
    basis = Basis(usage.pop("basis"))
    other_fields = {name: value for name, value in fields.items() if name != "usage"}
    return LogEntry(**other_fields, usage=Usage(**usage, basis=basis))
