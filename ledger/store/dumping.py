"""The whole ledger as lines of JSON, so that nobody is locked in: docs/dump.md is the format.

Which tables and columns there are is asked of the file, never listed here.
"""

import json
import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from math import isfinite
from typing import Any, BinaryIO, Final, NamedTuple

from ledger.store.connection import version_of

FORMAT: Final = "signal-ledger dump"
VERSION: Final = 1
# How SQLite and the upgrades keep account of themselves; a restored ledger makes its own.
_TABLES: Final = """
SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_sqlite*' ORDER BY name
"""


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
    found = raw.execute("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid", (table,))
    return [Column(*row) for row in found]


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
        listed = columns(raw, table)
        yield encoded({"table": table, "columns": [[one.name, one.type] for one in listed]})
        rows, digest = 0, sha256()
        for row in _rows(raw, table, listed):
            line = encoded([_value(value) for value in row])
            digest.update(line)
            rows += 1
            yield line
        yield encoded({"table": table, "rows": rows, "sha256": digest.hexdigest()})


def _rows(raw: sqlite3.Connection, table: str, listed: list[Column]) -> sqlite3.Cursor:
    key = sorted((one for one in listed if one.key), key=lambda one: one.key) or listed
    names = ", ".join(quoted(one.name) for one in listed)
    order = ", ".join(quoted(one.name) for one in key)
    found = f"SELECT {names} FROM {quoted(table)} ORDER BY {order}"  # noqa: S608 - from the schema
    return raw.execute(found)


def _value(value: Any) -> Any:
    """Return what JSON can say; bytes, and numbers that JSON has no word for, are wrapped."""
    if isinstance(value, bytes):
        return {"base64": b64encode(value).decode("ascii")}
    if isinstance(value, float) and not isfinite(value):
        return {"real": str(value)}
    return value


def encoded(value: Any) -> bytes:
    """Return one line."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
