"""Keeps the ledger sound: a verified copy of it, and a list of what is wrong with it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from ledger.core.errors import StoreDamagedError, StoreError
from ledger.store import portions, replay
from ledger.store.connection import Connection
from ledger.store.failures import translated

_ORPHANS: Final = """
SELECT count(*) FROM request WHERE copied = 0 AND owner NOT IN (SELECT id FROM interaction)
"""


def backup(connection: Connection, target: Path) -> None:
    """Write a copy that was opened and checked before it got its name; raises StoreError."""
    draft = target.with_name(f"{target.name}.tmp")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with translated(), closing(sqlite3.connect(draft)) as copy:
            connection.raw.backup(copy)
            _refuse_damage(copy)
        _flush(draft)
        draft.replace(target)
        _flush(target.parent)
    except OSError as problem:
        raise StoreError(
            "The backup could not be written.", f"{problem.strerror}. Choose another place."
        ) from problem
    finally:
        for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            leftover.unlink(missing_ok=True)


def _refuse_damage(copy: sqlite3.Connection) -> None:
    if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise StoreDamagedError("The ledger file is damaged.", "Earlier backups were left alone.")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check(connection: Connection, machine: int) -> list[str]:
    """Return what is wrong, a sentence each; reads the whole file."""
    with connection.reading() as raw:
        damage = [row[0] for row in raw.execute("PRAGMA integrity_check(10)")]
        if damage != ["ok"]:
            return [f"The ledger file is damaged: {line}" for line in damage]
        return [*_open_doors(connection.path), *_contradictions(raw, machine)]


def _open_doors(path: Path) -> Iterator[str]:
    for place in (path, path.parent):
        if place.stat().st_mode & 0o077:
            yield f"Other people of this computer can open {place}."


def _contradictions(raw: sqlite3.Connection, machine: int) -> Iterator[str]:
    broken = replay.broken_link(raw, machine)
    if broken is not None:
        yield f"Entry {broken} of the history is not as it was written."
        return
    said, shown = replay.replayed(raw, machine), replay.stored(raw, machine)
    for what, value in said.items():
        if value != shown[what]:
            yield f"The {what} are not what the history adds up to."
    if portions.differ(raw):
        yield "The sums of some interactions are not those of their requests."
    lost = raw.execute(_ORPHANS).fetchone()[0]
    if lost:
        yield f"{lost} requests belong to no interaction."
