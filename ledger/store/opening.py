"""Opens a ledger file, new, known or of an older schema, and brings it to this schema."""

import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

from ledger.core.errors import StoreError
from ledger.core.ids import content_id
from ledger.store.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Connection,
    connect,
    look_before_opening,
    prepare_file,
    translated_errors,
    version_of,
)
from ledger.store.upkeep import backup


def open_ledger(path: Path, *, read_only: bool) -> Connection:
    """Return the ledger at the path, made or upgraded when needed; raises StoreError."""
    if read_only and not path.exists():
        raise StoreError("There is no ledger yet.", "Open it once for writing.")
    if not read_only:
        prepare_file(path)
    # A new file is empty; a hot journal or log beside it belongs to no empty file.
    if path.stat().st_size:
        look_before_opening(path)
    connection = connect(path, read_only=read_only)
    try:
        _bring_up_to_date(connection)
    except BaseException:
        connection.raw.close()
        raise
    return connection


def _bring_up_to_date(connection: Connection) -> None:
    with translated_errors():
        version = version_of(connection.raw)
        if version == SCHEMA_VERSION:
            return
        if connection.read_only:
            raise StoreError("This ledger is of an older version.", "Open it once for writing.")
        if version:
            backup(connection, _name_before_upgrade(connection.path, version))
        _upgrade(connection)


def _name_before_upgrade(path: Path, version: int) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return path.with_name(f"{path.stem}-{version}-{moment}.db")


def _upgrade(connection: Connection) -> None:
    """Apply what is pending in one transaction; another program may have been quicker."""
    # An up-to-date ledger need not pay 0.1 s for this import.
    from sqlite_utils import Database  # noqa: PLC0415 - see above

    from ledger.store.schema import migrations  # noqa: PLC0415 - see above

    raw = connection.raw
    raw.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(raw, execute_plugins=False))
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        _introduce(connection)
        raw.execute("COMMIT")
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")


def _introduce(connection: Connection) -> None:
    """Give a new ledger its machine."""
    raw = connection.raw
    if raw.execute("SELECT 1 FROM ledger").fetchone():
        return
    name = uuid.uuid4().hex
    machine = content_id("machine", name)
    now = time.time_ns() // 1_000_000
    raw.execute("INSERT INTO machine VALUES (?, ?, ?)", (machine, name, now))
    raw.execute("INSERT INTO ledger VALUES (1, ?, 0, 0, random(), ?)", (machine, now))
