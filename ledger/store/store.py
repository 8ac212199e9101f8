"""The face of the ledger file; one thread owns an open store."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import BinaryIO, Final, Self

from ledger.core.columns import Columns
from ledger.core.edits import Applied, Aspect, Changes, Edit
from ledger.core.homes import Checkout
from ledger.core.parts import Cursor, Reading
from ledger.core.rows import FileRow, HistoryRow, InteractionRow, RejectedRow, ToolTotal
from ledger.store import (
    authored,
    columns,
    columns_cache,
    dump,
    history,
    imports,
    interactions,
    sources,
    tool_totals,
    upkeep,
)
from ledger.store.connection import Connection
from ledger.store.evidence import EvidenceStore
from ledger.store.opening import open_ledger
from ledger.store.project_book import ProjectStore

_COUNT: Final = "SELECT count(*) FROM interaction WHERE hidden = 0"
_NOTHING_SEEN: Final[Mapping[str, Checkout]] = MappingProxyType({})


class Store:
    """A person's ledger; every method raises a StoreError when the file does not play along."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._shows_columns = False
        with connection.reading() as raw:
            self._machine, self.machine = raw.execute(
                "SELECT machine.id, uuid FROM ledger JOIN machine ON machine.id = ledger.machine"
            ).fetchone()
        self.evidence = EvidenceStore(connection, self._machine)
        self.projects = ProjectStore(connection)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open the ledger, made or upgraded when needed; only the person can read the file."""
        return cls(open_ledger(path, read_only=read_only))

    @property
    def path(self) -> Path:
        """Where the ledger is."""
        return self._connection.path

    def close(self) -> None:
        """Let go of the file; keeps the arrays for the next start when they were asked for."""
        try:
            if self._shows_columns and not self._connection.read_only:
                self.save_columns()
        finally:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def stamp(self) -> int:
        """Return a number that rises with every change, whoever made it."""
        with self._connection.reading() as raw:
            return _stamp(raw)

    @property
    def commits(self) -> int:
        """How often this program has written since it opened the ledger; each raised the stamp."""
        return self._connection.commits

    def count(self) -> int:
        """Return how many interactions count."""
        with self._connection.reading() as raw:
            return int(raw.execute(_COUNT).fetchone()[0])

    def cursors(self) -> dict[str, Cursor]:
        """Return how far each log file of this machine was read, by path."""
        with self._connection.reading() as raw:
            return sources.cursors(raw, self._machine)

    def add(
        self, readings: Sequence[Reading], checkouts: Mapping[str, Checkout] = _NOTHING_SEEN
    ) -> Changes:
        """Add what was read, with its cursors, in one transaction.

        `checkouts` is what the disk says of directories in it (`flows.importing.adding`).
        """
        if not readings:
            return Changes()
        with self._connection.writing() as raw:
            changes = imports.add(raw, self._machine, readings, checkouts)
            _note_shape(raw, changes)
        return changes

    def apply(
        self, edit: Edit, *, time_ms: int, role: str = "do", target: int | None = None
    ) -> Applied:
        """Apply a person's edit and write it into the history; it is on disk when this returns.

        `role` is do, undo or redo; `target` the entry that an undo or redo is about.
        """
        with self._connection.writing() as raw:
            applied = authored.apply(raw, self._machine, edit, time_ms)
            entry = history.Entry(edit, applied.inverse, time_ms, role, target)
            history.append(raw, self._machine, entry)
            _note_shape(raw, applied.changes)
        return applied

    def undo_target(self) -> tuple[int, Edit] | None:
        """Return what an undo would be about and the edit to apply."""
        with self._connection.reading() as raw:
            return history.undo_target(raw, self._machine)

    def redo_target(self) -> tuple[int, Edit] | None:
        """Return what a redo would be about and the edit to apply."""
        with self._connection.reading() as raw:
            return history.redo_target(raw, self._machine)

    def history(self, limit: int = 100) -> list[HistoryRow]:
        """Return the newest entries of the history, newest first."""
        with self._connection.reading() as raw:
            return history.rows(raw, limit)

    def entry(self, seq: int) -> HistoryRow | None:
        """Return one entry of this machine's history."""
        with self._connection.reading() as raw:
            return history.row(raw, self._machine, seq)

    def columns(self) -> Columns:
        """Return the whole ledger as arrays: from the file beside it, or read anew and kept."""
        self._shows_columns = True
        with self._connection.reading() as raw:
            cached = columns_cache.load(self._connection.path, raw, self._machine)
            return self._read_and_cache(raw) if cached is None else cached

    def save_columns(self, known: Callable[[], Columns] | None = None) -> None:
        """Keep the arrays beside the ledger, for a quick start; does nothing when they are.

        What `known` returns need not be read, if its stamp says that it shows the ledger as it is.
        """
        path = self._connection.path
        with self._connection.reading() as raw:
            if columns_cache.is_current(path, raw):
                return
            shown = known() if known is not None else None
            if shown is not None and shown.stamp == _stamp(raw):
                columns_cache.save(path, raw, self._machine, shown)
            else:
                self._read_and_cache(raw)

    def _read_and_cache(self, raw: sqlite3.Connection) -> Columns:
        fresh = columns.read(raw)
        if not self._connection.read_only:
            columns_cache.save(self._connection.path, raw, self._machine, fresh)
        return fresh

    def columns_of(self, ids: Collection[int]) -> Columns:
        """Return some interactions as arrays; those that do not count are missing."""
        with self._connection.reading() as raw:
            return columns.read(raw, ids)

    def rows(self, ids: Sequence[int]) -> list[InteractionRow]:
        """Return interactions in the order of the ids; those that do not count are left out."""
        with self._connection.reading() as raw:
            return interactions.read(raw, ids)

    def ids_starting(self, prefix: str) -> list[int]:
        """Return the interactions whose shown id begins with the prefix, at most 1,000."""
        with self._connection.reading() as raw:
            return interactions.ids_starting(raw, prefix)

    def files(self) -> list[FileRow]:
        """Return every log file the ledger knows, by path."""
        with self._connection.reading() as raw:
            return sources.files(raw)

    def rejected(self, path: str | None = None, limit: int = 1000) -> list[RejectedRow]:
        """Return lines that could not be read, of one file or of all."""
        with self._connection.reading() as raw:
            return sources.rejected(raw, path, limit)

    def tool_totals(self) -> list[ToolTotal]:
        """Return what tools say they used in total beside what was counted, newest first."""
        with self._connection.reading() as raw:
            return tool_totals.read(raw)

    def check(self) -> list[str]:
        """Return what is wrong with the ledger, a sentence each; reads all of it."""
        return upkeep.check(self._connection, self._machine)

    def backup(self, target: Path) -> None:
        """Write a checked copy of the ledger under the target's name."""
        upkeep.backup(self._connection, target)

    def dump(self, file: BinaryIO) -> int:
        """Write every row of every table as lines of JSON; returns how many rows."""
        with self._connection.reading() as raw:
            return dump.write(raw, file)


def _stamp(raw: sqlite3.Connection) -> int:
    return int(raw.execute("SELECT stamp FROM ledger").fetchone()[0])


def _note_shape(raw: sqlite3.Connection, changes: Changes) -> None:
    if changes.any_of(Aspect.INTERACTIONS):
        raw.execute("UPDATE ledger SET shape = shape + 1, nonce = random()")
