"""Reads a dump into a new or empty ledger: all of it, or nothing."""

import json
import shutil
import sqlite3
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from sqlite_utils import Database

from ledger.core.errors import StoreDamagedError, StoreError, StoreTooNewError
from ledger.store import schema
from ledger.store.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Connection,
    connect,
    prepare_file,
)
from ledger.store.dumping import FORMAT, VERSION, columns, encoded, quoted, tables
from ledger.store.failures import translated
from ledger.store.opening import open_ledger

OWN: Final = ("ledger", "machine", "secret")  # a new ledger gives itself these
SOME: Final = 5000  # rows handed to SQLite at once
# What comes of values that the schema does not take.
_UNFIT: Final = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    OverflowError,
    TypeError,
    ValueError,
    KeyError,
)


class _Dump:
    """The lines of a dump, counted and summed up while they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._whole = sha256()
        self.rows = 0

    def lines(self) -> Iterator[tuple[bytes, Any]]:
        """Yield every line and what it says; raises StoreDamagedError unless the end is there."""
        for line in self._file:
            said = _said(line)
            if isinstance(said, dict) and "end" in said:
                if line != self._end() or self._file.read(1):
                    _damaged()
                return
            self._whole.update(line)
            self.rows += isinstance(said, list)
            yield line, said
        _damaged()

    def _end(self) -> bytes:
        return encoded({"end": FORMAT, "rows": self.rows, "sha256": self._whole.hexdigest()})


def restore(path: Path, file: BinaryIO) -> int:
    """Fill the ledger at the path from a dump and return how many rows it has.

    Raises StoreError, and then nothing was changed: for a ledger that holds anything, a dump that
    is not whole, or one of a newer schema.
    """
    dump = _Dump(file)
    lines = dump.lines()
    version = _version(lines)
    _refuse_content(path)
    with _folder_beside(path) as folder:
        draft = folder / "ledger.db"
        _build(draft, version, lines)
        open_ledger(draft, read_only=False).close()  # brings an older schema up to this one
        _move(draft, path)
    return dump.rows


def _version(lines: Iterator[tuple[bytes, Any]]) -> int:
    """Read the first line and return the schema that the rows are of."""
    try:
        _, header = next(lines, (b"", None))
    except StoreDamagedError:
        header = None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise StoreDamagedError("This file is not a dump of a ledger.", "Choose another file.")
    said, version = header.get("version"), header.get("schema")
    if type(said) is not int or type(version) is not int or version < 1:
        _damaged()
    if said > VERSION or version > SCHEMA_VERSION:
        raise StoreTooNewError(
            "This dump was written by a newer version of Signal Ledger.",
            "Update the program. Nothing was changed.",
        )
    return version


def _refuse_content(path: Path) -> None:
    if not path.exists():
        return
    with closing(open_ledger(path, read_only=False)) as there, there.reading() as raw:
        _refuse_rows(raw)


def _refuse_rows(raw: sqlite3.Connection) -> None:
    for table in tables(raw):
        any_row = f"SELECT 1 FROM {quoted(table)}"  # noqa: S608 - names from the schema
        if table not in OWN and raw.execute(any_row).fetchone():
            raise StoreError(
                "There is a ledger already, and it is not empty.",
                "Restore into another home, or move that ledger away. Nothing was changed.",
            )


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """Give an empty private folder on the same disk, and take it away again."""
    folder = path.with_name(f"{path.name}.restoring")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
        yield folder
    except OSError as problem:
        raise StoreError(
            f"The ledger could not be restored: {problem.strerror}.",
            "Look at its folder's permissions and free space.",
        ) from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(draft: Path, version: int, lines: Iterator[tuple[bytes, Any]]) -> None:
    """Make a ledger of the dump's schema from its rows; raises StoreDamagedError."""
    prepare_file(draft)
    with translated(), closing(connect(draft)) as connection:
        raw = connection.raw
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("PRAGMA defer_foreign_keys = 1")
        _lay_out(raw, version)
        try:
            _fill(raw, lines)
            raw.execute("COMMIT")
        except _UNFIT:
            _damaged()


def _lay_out(raw: sqlite3.Connection, version: int) -> None:
    """Make the tables of a schema, empty."""
    database = Database(raw, execute_plugins=False)
    later = [step.name for step in schema.migrations.pending(database)][version:]
    schema.migrations.apply(database, stop_before=later[:1])
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {version}")
    _clear(raw)


def _clear(raw: sqlite3.Connection) -> None:
    for table in sorted(set(OWN) & set(tables(raw))):
        raw.execute(f"DELETE FROM {quoted(table)}")  # noqa: S608 - one of three names


def _fill(raw: sqlite3.Connection, lines: Iterator[tuple[bytes, Any]]) -> None:
    """Insert all rows, table by table; every table of the schema must be there."""
    wanted = set(tables(raw))
    for _, head in lines:
        if not isinstance(head, dict) or head.get("table") not in wanted:
            _damaged()
        table = head["table"]
        wanted.remove(table)
        listed = columns(raw, table)
        if head.get("columns") != [[one.name, one.type] for one in listed]:
            _damaged()
        _fill_table(raw, table, len(listed), lines)
    if wanted:
        _damaged()


def _fill_table(
    raw: sqlite3.Connection, table: str, width: int, lines: Iterator[tuple[bytes, Any]]
) -> None:
    places = ", ".join("?" * width)
    insert = f"INSERT INTO {quoted(table)} VALUES ({places})"  # noqa: S608 - from the schema
    digest = sha256()
    waiting: list[list[Any]] = []
    for rows, (line, said) in enumerate(lines):
        if not isinstance(said, list):
            raw.executemany(insert, waiting)
            if said != {"table": table, "rows": rows, "sha256": digest.hexdigest()}:
                _damaged()
            return
        if len(said) != width:
            _damaged()
        digest.update(line)
        waiting.append([_value(value) for value in said])
        if len(waiting) == SOME:
            raw.executemany(insert, waiting)
            waiting.clear()
    _damaged()


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        if "base64" in value:
            return b64decode(value["base64"], validate=True)
        return float(value["real"])
    return value


def _move(draft: Path, path: Path) -> None:
    """Copy all rows into the ledger in one transaction, if it is still empty."""
    with closing(open_ledger(path, read_only=False)) as target, translated():
        raw = target.raw
        raw.execute("ATTACH ? AS restored", (str(draft.absolute()),))
        raw.execute("PRAGMA foreign_keys = 0")  # they hold in the draft; tables come in any order
        raw.execute("BEGIN IMMEDIATE")
        try:
            _refuse_rows(raw)
            _clear(raw)
            for named in map(quoted, tables(raw)):
                there = f"SELECT * FROM restored.{named}"  # noqa: S608 - names from the schema
                raw.execute(f"INSERT INTO main.{named} {there}")
            raw.execute("COMMIT")
        finally:
            _roll_back(target)


def _roll_back(connection: Connection) -> None:
    if connection.raw.in_transaction:
        connection.raw.execute("ROLLBACK")


def _said(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        _damaged()


def _damaged() -> NoReturn:
    raise StoreDamagedError(
        "This dump is not whole or was changed.", "Use another copy of it. Nothing was changed."
    ) from None
