"""What was read and how far: files, their cursors, and the lines that could not be read."""

import os
import sqlite3
import time
from collections.abc import Sequence
from typing import Final

from ledger.core.ids import content_id
from ledger.core.parts import Cursor, Reading
from ledger.core.rows import FileRow, RejectedRow
from ledger.store.names import storable
from ledger.store.part_rows import FileKey

_UNSIGNED_RANGE: Final = (
    1 << 64
)  # inode and device numbers are unsigned; SQLite's integers are signed

_READ: Final = (
    "INSERT INTO file (id, machine, path, tool, device, inode, size, mtime_ns, offset, head_crc,"
    " tail_crc, parser, state, lines, problem, seen_ms, first_ms, last_ms)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET tool = excluded.tool, device = excluded.device,"
    " inode = excluded.inode, size = excluded.size, mtime_ns = excluded.mtime_ns,"
    " offset = excluded.offset, head_crc = excluded.head_crc, tail_crc = excluded.tail_crc,"
    " parser = excluded.parser, state = excluded.state,"
    " lines = iif(?, lines, 0) + excluded.lines, problem = '', seen_ms = excluded.seen_ms,"
    " first_ms = min(ifnull(first_ms, excluded.first_ms), ifnull(excluded.first_ms, first_ms)),"
    " last_ms = max(ifnull(last_ms, excluded.last_ms), ifnull(excluded.last_ms, last_ms))"
)
_WRITE_FAILED: Final = (
    "INSERT INTO file (id, machine, path, tool, device, inode, size, mtime_ns, offset, head_crc,"
    " tail_crc, parser, state, lines, problem, seen_ms)"
    " VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET problem = excluded.problem, seen_ms = excluded.seen_ms"
)


def file_key(machine: int, cursor: Cursor) -> FileKey:
    """Return the id of a log file on a machine, with the time of the bytes that were read."""
    return FileKey(_file_id(machine, cursor.path), cursor.mtime_ns)


def _file_id(machine: int, path: str) -> int:
    return content_id("file", str(machine), os.fsencode(path).hex())


def note(raw: sqlite3.Connection, machine: int, readings: Sequence[Reading]) -> None:
    """Store cursors, counts and rejected lines of the readings, in their order."""
    now_ms = time.time_ns() // 1_000_000
    for reading in readings:
        path = os.fsencode(reading.cursor.path)
        identity = _file_id(machine, reading.cursor.path)
        if reading.problem:
            problem = storable(reading.problem)
            raw.execute(_WRITE_FAILED, (identity, machine, path, reading.tool, problem, now_ms))
        else:
            _note_read(raw, machine, identity, reading, now_ms)


def _note_read(
    raw: sqlite3.Connection, machine: int, identity: int, reading: Reading, now_ms: int
) -> None:
    cursor, batch = reading.cursor, reading.batch
    times = [part.time_ms for part in batch.prompts]
    times += [part.time_ms for part in batch.requests]
    numbers = (_signed(cursor.device), _signed(cursor.inode), *cursor[3:9])
    raw.execute(
        _READ,
        (
            *(identity, machine, os.fsencode(cursor.path), reading.tool, *numbers),
            *(storable(cursor.state), batch.lines, now_ms),
            *(min(times, default=None), max(times, default=None), reading.start),
        ),
    )
    if not reading.start:  # read from its beginning: what was rejected then is rejected now
        raw.execute("DELETE FROM rejected WHERE file = ?", (identity,))
    raw.executemany(
        "REPLACE INTO rejected VALUES (?, ?, ?, ?, ?)",
        [(identity, *line[:3], storable(line.reason)) for line in batch.rejected],
    )


def _signed(number: int) -> int:
    return number - _UNSIGNED_RANGE if number >= _UNSIGNED_RANGE >> 1 else number


def cursors(raw: sqlite3.Connection, machine: int) -> dict[str, Cursor]:
    """Return how far each file of a machine was read, by path."""
    rows = raw.execute(
        "SELECT path, device, inode, size, mtime_ns, offset, head_crc, tail_crc, parser, state"
        " FROM file WHERE machine = ? AND (parser <> 0 OR size <> 0 OR offset <> 0)",
        (machine,),
    )
    cursors = {}
    for row in rows:
        path = os.fsdecode(row[0])
        cursors[path] = Cursor(path, row[1] % _UNSIGNED_RANGE, row[2] % _UNSIGNED_RANGE, *row[3:])
    return cursors


def files(raw: sqlite3.Connection) -> list[FileRow]:
    """Return every file the ledger knows, by path."""
    rows = raw.execute(
        "SELECT path, tool, size, offset, lines, problem, seen_ms, first_ms, last_ms,"
        " (SELECT count(*) FROM rejected WHERE rejected.file = file.id) FROM file ORDER BY path"
    )
    return [
        FileRow(
            path=os.fsdecode(row[0]),
            tool=row[1],
            size=row[2],
            offset=row[3],
            lines=row[4],
            problem=row[5],
            seen_ms=row[6],
            first_ms=row[7],
            last_ms=row[8],
            rejected=row[9],
        )
        for row in rows
    ]


def rejected(raw: sqlite3.Connection, path: str | None, limit: int) -> list[RejectedRow]:
    """Return lines that could not be read, of one file or of all, at most `limit`."""
    rows = raw.execute(
        "SELECT path, rejected.offset, length, reason FROM rejected JOIN file ON file.id = file"
        " WHERE ?1 IS NULL OR path = ?1 ORDER BY path, rejected.offset LIMIT ?2",
        (None if path is None else os.fsencode(path), limit),
    )
    return [RejectedRow(os.fsdecode(row[0]), *row[1:]) for row in rows]
