"""One open connection to a ledger file: safe settings, own transactions, errors in plain words."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from ledger.core.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreTooNewError,
)

APPLICATION_ID: Final = 0x5349474C  # "SIGL", in the file's header
SCHEMA_VERSION: Final = 3  # of the newest migration; stands in user_version
BUSY_MS: Final = 5000

# Each is read back: a setting that silently did not hold would cost tags at a power loss.
PRAGMAS: Final = (
    ("busy_timeout", BUSY_MS, BUSY_MS),
    ("trusted_schema", 0, 0),
    ("cell_size_check", 1, 1),
    ("mmap_size", 0, 0),
    ("temp_store", 2, 2),
    ("foreign_keys", 1, 1),
    ("recursive_triggers", 1, 1),  # so that REPLACE cannot slip past the history's triggers
    ("secure_delete", 1, 1),
    ("fullfsync", 1, 1),
    ("synchronous", 2, 2),
    ("cache_size", -32768, -32768),
    # 32 MB of log: an import of many commits moves it into the file once or twice, not each time.
    ("wal_autocheckpoint", 8192, 8192),
)

_PRIMARY_CODE_MASK = 0xFF  # the low byte of an extended code is the primary one
_TRANSLATIONS: dict[int, tuple[type[StoreError], str, str]] = {
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
_TRANSLATIONS[sqlite3.SQLITE_LOCKED] = _TRANSLATIONS[sqlite3.SQLITE_BUSY]
_TRANSLATIONS[sqlite3.SQLITE_PERM] = _TRANSLATIONS[sqlite3.SQLITE_READONLY]
_TRANSLATIONS[sqlite3.SQLITE_AUTH] = _TRANSLATIONS[sqlite3.SQLITE_READONLY]


class Connection:
    """The only way to the file; `reading` and `writing` are its transactions."""

    def __init__(self, raw: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self.raw = raw
        self.path = path
        self.read_only = read_only
        self.commits = 0  # that this program made

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Show one unchanging state of the ledger; raises StoreError."""
        with translated_errors():
            self.raw.execute("BEGIN")
            try:
                yield self.raw
            finally:
                self._back_out()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Commit everything or nothing; raises StoreError, and then nothing was changed.

        IMMEDIATE makes a second program wait here instead of failing in the middle.
        """
        with translated_errors():
            self.raw.execute("BEGIN IMMEDIATE")
            try:
                yield self.raw
                self.raw.execute("UPDATE ledger SET stamp = stamp + 1")
                self.raw.execute("COMMIT")
                self.commits += 1
            finally:
                self._back_out()

    def _back_out(self) -> None:
        # After a full disk SQLite has often rolled back by itself.
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file; raises StoreError."""
        with translated_errors():
            self.raw.close()


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """Open the file with our settings, without looking at its tables; raises StoreError."""
    mode = "ro" if read_only else "rw"
    with translated_errors():
        raw = sqlite3.connect(
            f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}",
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,  # a thread opens it for the one that will own it
            cached_statements=256,
        )
        try:
            _settle(raw, read_only=read_only)
        except BaseException:
            raw.close()
            raise
    return Connection(raw, path, read_only=read_only)


def _settle(raw: sqlite3.Connection, *, read_only: bool) -> None:
    _refuse_strangers(raw)
    for name, value, expected in PRAGMAS:
        raw.execute(f"PRAGMA {name} = {value}")
        _expect(raw, name, expected)
    if read_only:
        raw.execute("PRAGMA query_only = 1")
        return
    _turn_wal_on(raw)
    raw.execute("PRAGMA journal_size_limit = 67108864")


def _turn_wal_on(raw: sqlite3.Connection) -> None:
    """Switch to WAL; SQLite does not wait for others here, so we do."""
    deadline = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            raw.execute("PRAGMA journal_mode = wal").fetchall()
            break
        except sqlite3.OperationalError as problem:
            if not isinstance(store_error(problem), StoreBusyError) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    _expect(raw, "journal_mode", "wal")


def _expect(raw: sqlite3.Connection, name: str, expected: object) -> None:
    (value,) = raw.execute(f"PRAGMA {name}").fetchone()
    if value != expected:
        raise StoreError(
            f"The ledger's safety setting {name} did not take hold.",
            "Move the ledger to a local disk and try again.",
        )


def version_of(raw: sqlite3.Connection) -> int:
    """Return the file's schema version, 0 for a new file."""
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def _refuse_strangers(raw: sqlite3.Connection) -> None:
    application = int(raw.execute("PRAGMA application_id").fetchone()[0])
    tables = int(raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
    if tables and application != APPLICATION_ID:
        raise StoreDamagedError(
            "This file belongs to another program.",
            "Choose another file for the ledger.",
        )
    if version_of(raw) > SCHEMA_VERSION:
        raise StoreTooNewError(
            "This ledger was written by a newer version of Signal Ledger.",
            "Update the program, or choose another ledger. Nothing was changed.",
        )


def look_before_opening(path: Path) -> None:
    """Refuse a foreign or newer file while nothing can be written to it; raises StoreError."""
    connect(path, read_only=True).close()


def prepare_file(path: Path) -> None:
    """Make the folder 0700 and the file 0600 before SQLite touches it; raises StoreError.

    An existing file is never opened here: closing it would drop SQLite's locks on it.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.parent.stat().st_mode & 0o077:
            path.parent.chmod(0o700)
        if path.exists():
            _make_private(path)
        else:
            flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
            os.close(os.open(path, flags, 0o600))
    except OSError as problem:
        raise StoreError(
            "The ledger file could not be created.",
            f"{problem.strerror}. Look at its folder's permissions and free space.",
        ) from problem


def _make_private(path: Path) -> None:
    if not path.is_file():
        raise StoreError("The ledger's place is taken by a folder or a device.", "Move it away.")
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def store_error(problem: sqlite3.Error) -> StoreError | None:
    """Return the error a person can act on, or None when it is a mistake in the program."""
    code = getattr(problem, "sqlite_errorcode", None)
    if code is None:
        return None
    known = _TRANSLATIONS.get(code & _PRIMARY_CODE_MASK)
    return known[0](known[1], known[2]) if known else None


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn SQLite's errors into `StoreError`s; a mistake in the program passes unchanged."""
    try:
        yield
    except sqlite3.Error as problem:
        plain = store_error(problem)
        if plain is None:
            raise
        raise plain from problem
