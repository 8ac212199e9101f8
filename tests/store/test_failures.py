"""SQLite's codes in plain words, shown by real failures."""

import resource
import signal
import sqlite3
from pathlib import Path

import pytest

from ledger.core.edits import set_notes, set_tags
from ledger.core.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
)
from ledger.core.words import Tag
from ledger.store.failures import store_error, translated
from ledger.store.store import Store
from tests.store.worlds import prompt, reading, request, session


def problem(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("a text with a path and a prompt in it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, StoreBusyError),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusyError),
        (sqlite3.SQLITE_LOCKED, StoreBusyError),
        (sqlite3.SQLITE_FULL, StoreFullError),
        (sqlite3.SQLITE_IOERR_WRITE, StoreError),
        (sqlite3.SQLITE_NOTADB, StoreDamagedError),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreDamagedError),
        (sqlite3.SQLITE_READONLY_DIRECTORY, StoreError),
        (sqlite3.SQLITE_CANTOPEN, StoreError),
    ],
)
def test_a_code_becomes_a_sentence_with_a_way_out(code, kind):
    found = store_error(problem(code))
    assert type(found) is kind
    assert found.title.endswith(".")
    assert found.hint.endswith(".")
    assert "prompt" not in str(found)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_ERROR])
def test_a_mistake_in_the_program_is_not_dressed_up(code):
    assert store_error(problem(code)) is None
    with pytest.raises(sqlite3.OperationalError), translated():
        raise problem(code)


def test_the_ledger_is_busy_only_after_waiting(path, monkeypatch):
    with Store.open(path) as store, Store.open(path) as other:
        store._connection.raw.execute("PRAGMA busy_timeout = 10")
        other._connection.raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="Another program is using the ledger"):
            store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
        other._connection.raw.execute("ROLLBACK")
        store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)


@pytest.fixture
def small_disk(path: Path):
    """Let files grow only a little beyond what they are."""

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("room", [0, 4096, 40_000, 120_000])
def test_a_write_that_finds_no_room_says_so_and_loses_nothing(path, small_disk, room):
    with Store.open(path) as store:
        store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
        small_disk(path.with_name("ledger.db-wal").stat().st_size + room)
        parts = [prompt(n, minute=n) for n in range(1000, 6000)]
        with pytest.raises(StoreError, match="not saved"):
            store.add([reading(session(), *parts)])
        with pytest.raises(StoreError, match="not saved"):
            store.apply(set_notes(((11, "long " * 50_000),)), time_ms=1)
        assert len(store.history()) == 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with Store.open(path) as store:
        assert store.check() == []
        assert [row.title for row in store.history()] == ["Tag 1 interaction as kept"]
        store.add([reading(session(), prompt(11), request(21, 11))])
        assert store.rows([11])[0].tag is Tag.KEPT


def test_a_full_disk_is_called_full(path):
    with Store.open(path) as store:
        pages = store._connection.raw.execute("PRAGMA page_count").fetchone()[0]
        store._connection.raw.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreFullError, match=r"disk .* is full.* Make room"):
            store.apply(set_notes(((11, "long " * 50_000),)), time_ms=1)
        assert store.history() == []
        store._connection.raw.execute("PRAGMA max_page_count = 100000")
        store.apply(set_notes(((11, "short"),)), time_ms=1)


def test_damage_inside_the_file_is_called_damage(path):
    with Store.open(path) as store:
        store.add([reading(session(), *(prompt(n, minute=n) for n in range(1000, 3000)))])
    data = bytearray(path.read_bytes())
    for place in range(8192, len(data), 4096):
        data[place : place + 64] = b"\xff" * 64
    path.write_bytes(data)
    with pytest.raises(StoreDamagedError, match="damaged"), Store.open(path) as store:
        store.columns()
