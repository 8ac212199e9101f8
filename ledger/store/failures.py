"""Says in plain words what SQLite's error codes mean for the person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ledger.core.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
)

_PRIMARY = 0xFF  # the low byte of an extended code is the primary one

_KNOWN: dict[int, tuple[type[StoreError], str, str]] = {
    sqlite3.SQLITE_BUSY: (
        StoreBusyError,
        "Another program is using the ledger.",
        "Close it or try again in a moment. Nothing was changed.",
    ),
    sqlite3.SQLITE_FULL: (
        StoreFullError,
        "The disk that holds the ledger is full.",
        "Make room and try again. This change was not saved; all earlier ones are.",
    ),
    sqlite3.SQLITE_IOERR: (
        StoreError,
        "The disk did not let the ledger be read or written.",
        "Look at the disk's free space and health. This change was not saved; earlier ones are.",
    ),
    sqlite3.SQLITE_NOTADB: (
        StoreDamagedError,
        "This file is not a ledger.",
        "Choose another file, or restore a backup of the ledger.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        StoreDamagedError,
        "The ledger file is damaged.",
        "Restore the newest backup; the logs are then read again by themselves.",
    ),
    sqlite3.SQLITE_READONLY: (
        StoreError,
        "The ledger file cannot be written.",
        "Look at the permissions of the file and of its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StoreError,
        "The ledger file could not be opened.",
        "Look at the permissions of the file and of its folder.",
    ),
    sqlite3.SQLITE_NOMEM: (
        StoreError,
        "There was not enough memory to work on the ledger.",
        "Close other programs and try again.",
    ),
}
_KNOWN[sqlite3.SQLITE_LOCKED] = _KNOWN[sqlite3.SQLITE_BUSY]
_KNOWN[sqlite3.SQLITE_PERM] = _KNOWN[sqlite3.SQLITE_READONLY]
_KNOWN[sqlite3.SQLITE_AUTH] = _KNOWN[sqlite3.SQLITE_READONLY]


def store_error(problem: sqlite3.Error) -> StoreError | None:
    """Return the error a person can act on, or None when it is a mistake in the program."""
    code = getattr(problem, "sqlite_errorcode", None)
    if code is None:
        return None
    known = _KNOWN.get(code & _PRIMARY)
    return known[0](known[1], known[2]) if known else None


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's errors into `StoreError`s; a mistake in the program passes unchanged."""
    try:
        yield
    except sqlite3.Error as problem:
        plain = store_error(problem)
        if plain is None:
            raise
        raise plain from problem
