"""A new ledger in a folder of its own, and the connection below it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.store.connection import Connection
from ledger.store.opening import open_ledger
from ledger.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "ledger.db"


@pytest.fixture
def connection(path: Path) -> Connection:
    """Return the connection of `store`, which closes it."""
    return open_ledger(path, read_only=False)


@pytest.fixture
def raw(connection: Connection) -> sqlite3.Connection:
    """Return what SQL is given to by the modules below `store`."""
    return connection.raw


@pytest.fixture
def store(connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened
        assert opened.check() == []


@pytest.fixture
def machine(store: Store, raw: sqlite3.Connection) -> int:
    """Return the number that rows of this machine bear."""
    return int(raw.execute("SELECT machine FROM ledger").fetchone()[0])
