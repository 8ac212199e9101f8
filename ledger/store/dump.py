"""The whole ledger as lines of JSON, and back into a new ledger: docs/dump.md is the format.

Which tables and columns there are is asked of the file, never listed here.
"""

import json
import shutil
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, NoReturn

from ledger.core.errors import StoreDamagedError, StoreError, StoreTooNewError
from ledger.store.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Connection,
    connect,
    prepare_file,
    translated_errors,
    version_of,
)
from ledger.store.opening import open_ledger

FORMAT: Final = "signal-ledger dump"
VERSION: Final = 1
# How SQLite and the upgrades keep account of themselves; a restored ledger makes its own.
_TABLES: Final = """
SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_sqlite*' ORDER BY name
"""

OWN_TABLES: Final = ("ledger", "machine", "secret")  # a new ledger gives itself these
ROWS_PER_BATCH: Final = 5000  # rows handed to SQLite at once
# What comes of values that the schema does not take.
_REFUSED_VALUES: Final = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    OverflowError,
    TypeError,
    ValueError,
    KeyError,
)


class Column(NamedTuple):
    """One column as the file declares it."""

    name: str
    type: str
    key: int  # its place in the primary key, 0 when it is not in it


def tables(raw: sqlite3.Connection) -> list[str]:
    """Return the names of all tables, sorted."""
    return [name for (name,) in raw.execute(_TABLES)]


def columns(raw: sqlite3.Connection, table: str) -> list[Column]:
    """Return the columns of a table, in its own order."""
    rows = raw.execute("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", (table,))
    return [Column(*row) for row in rows]


def quoted(name: str) -> str:
    """Return a name as SQL understands it, whatever it is made of."""
    return '"' + name.replace('"', '""') + '"'


def write(raw: sqlite3.Connection, file: BinaryIO) -> int:
    """Write every row of every table and return how many there were.

    The same ledger always gives the same bytes.
    """
    whole, count = sha256(), 0
    for line in _lines(raw):
        whole.update(line)
        count += line[:1] == b"["
        file.write(line)
    file.write(encoded({"end": FORMAT, "rows": count, "sha256": whole.hexdigest()}))
    return count


def _lines(raw: sqlite3.Connection) -> Iterator[bytes]:
    yield encoded({"format": FORMAT, "version": VERSION, "schema": version_of(raw)})
    for table in tables(raw):
        table_columns = columns(raw, table)
        yield encoded(
            {"table": table, "columns": [[column.name, column.type] for column in table_columns]}
        )
        rows, digest = 0, sha256()
        for row in _rows(raw, table, table_columns):
            line = encoded([_encoded_value(value) for value in row])
            digest.update(line)
            rows += 1
            yield line
        yield encoded({"table": table, "rows": rows, "sha256": digest.hexdigest()})


def _rows(raw: sqlite3.Connection, table: str, table_columns: list[Column]) -> sqlite3.Cursor:
    key = (
        sorted((column for column in table_columns if column.key), key=lambda column: column.key)
        or table_columns
    )
    names = ", ".join(quoted(column.name) for column in table_columns)
    order = ", ".join(quoted(column.name) for column in key)
    query = f"SELECT {names} FROM {quoted(table)} ORDER BY {order}"  # noqa: S608 - from the schema
    return raw.execute(query)


def _encoded_value(value: Any) -> Any:
    """Return what JSON can say; bytes, and numbers that JSON has no word for, are wrapped."""
    if isinstance(value, bytes):
        return {"base64": b64encode(value).decode("ascii")}
    if isinstance(value, float) and not isfinite(value):
        return {"real": str(value)}
    return value


def encoded(value: Any) -> bytes:
    """Return one line."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


class _Dump:
    """The lines of a dump, counted and summed up while they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._whole = sha256()
        self.rows = 0

    def lines(self) -> Iterator[tuple[bytes, Any]]:
        """Yield every line and what it says; raises StoreDamagedError unless the end is there."""
        for line in self._file:
            content = _parsed(line)
            if isinstance(content, dict) and "end" in content:
                if line != self._end() or self._file.read(1):
                    _raise_damaged()
                return
            self._whole.update(line)
            self.rows += isinstance(content, list)
            yield line, content
        _raise_damaged()

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
    format_version, version = header.get("version"), header.get("schema")
    if type(format_version) is not int or type(version) is not int or version < 1:
        _raise_damaged()
    if format_version > VERSION or version > SCHEMA_VERSION:
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
        if table not in OWN_TABLES and raw.execute(any_row).fetchone():
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
    with translated_errors(), closing(connect(draft)) as connection:
        raw = connection.raw
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("PRAGMA defer_foreign_keys = 1")
        _lay_out(raw, version)
        try:
            _fill(raw, lines)
            raw.execute("COMMIT")
        except _REFUSED_VALUES:
            _raise_damaged()


def _lay_out(raw: sqlite3.Connection, version: int) -> None:
    """Make the tables of a schema, empty."""
    from sqlite_utils import Database  # noqa: PLC0415 - only a restore needs it

    from ledger.store import schema  # noqa: PLC0415 - see above

    database = Database(raw, execute_plugins=False)
    later = [step.name for step in schema.migrations.pending(database)][version:]
    schema.migrations.apply(database, stop_before=later[:1])
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {version}")
    _clear(raw)


def _clear(raw: sqlite3.Connection) -> None:
    for table in sorted(set(OWN_TABLES) & set(tables(raw))):
        raw.execute(f"DELETE FROM {quoted(table)}")  # noqa: S608 - one of three names


def _fill(raw: sqlite3.Connection, lines: Iterator[tuple[bytes, Any]]) -> None:
    """Insert all rows, table by table; every table of the schema must be there."""
    missing = set(tables(raw))
    for _, head in lines:
        if not isinstance(head, dict) or head.get("table") not in missing:
            _raise_damaged()
        table = head["table"]
        missing.remove(table)
        table_columns = columns(raw, table)
        if head.get("columns") != [[column.name, column.type] for column in table_columns]:
            _raise_damaged()
        _fill_table(raw, table, len(table_columns), lines)
    if missing:
        _raise_damaged()


def _fill_table(
    raw: sqlite3.Connection, table: str, width: int, lines: Iterator[tuple[bytes, Any]]
) -> None:
    places = ", ".join("?" * width)
    insert = f"INSERT INTO {quoted(table)} VALUES ({places})"  # noqa: S608 - from the schema
    digest = sha256()
    waiting: list[list[Any]] = []
    for rows, (line, content) in enumerate(lines):
        if not isinstance(content, list):
            raw.executemany(insert, waiting)
            if content != {"table": table, "rows": rows, "sha256": digest.hexdigest()}:
                _raise_damaged()
            return
        if len(content) != width:
            _raise_damaged()
        digest.update(line)
        waiting.append([_decoded_value(value) for value in content])
        if len(waiting) == ROWS_PER_BATCH:
            raw.executemany(insert, waiting)
            waiting.clear()
    _raise_damaged()


def _decoded_value(value: Any) -> Any:
    if isinstance(value, dict):
        if "base64" in value:
            return b64decode(value["base64"], validate=True)
        return float(value["real"])
    return value


def _move(draft: Path, path: Path) -> None:
    """Copy all rows into the ledger in one transaction, if it is still empty."""
    with closing(open_ledger(path, read_only=False)) as target, translated_errors():
        raw = target.raw
        raw.execute("ATTACH ? AS restored", (str(draft.absolute()),))
        raw.execute("PRAGMA foreign_keys = 0")  # they hold in the draft; tables come in any order
        raw.execute("BEGIN IMMEDIATE")
        try:
            _refuse_rows(raw)
            _clear(raw)
            for named in map(quoted, tables(raw)):
                query = f"SELECT * FROM restored.{named}"  # noqa: S608 - names from the schema
                raw.execute(f"INSERT INTO main.{named} {query}")
            raw.execute("COMMIT")
        finally:
            _roll_back(target)


def _roll_back(connection: Connection) -> None:
    if connection.raw.in_transaction:
        connection.raw.execute("ROLLBACK")


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        _raise_damaged()


def _raise_damaged() -> NoReturn:
    raise StoreDamagedError(
        "This dump is not whole or was changed.", "Use another copy of it. Nothing was changed."
    ) from None
