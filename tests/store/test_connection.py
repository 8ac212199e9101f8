"""One connection: settings that hold, transactions that are whole, files nobody else reads."""

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from ledger.core.edits import set_notes, set_tags
from ledger.core.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreTooNewError,
)
from ledger.core.vocabulary import Tag
from ledger.store import connection
from ledger.store.connection import store_error, translated_errors
from ledger.store.store import Store
from tests.store.worlds import open_both, prompt, reading, request, session


def run(code: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, cwd=os.getcwd(),
    )  # fmt: skip


def test_the_settings_that_keep_tags_safe_hold(store, raw):
    values = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name, *_ in connection.PRAGMAS}
    assert values == {
        "busy_timeout": 5000, "trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0,
        "temp_store": 2, "foreign_keys": 1, "recursive_triggers": 1, "secure_delete": 1,
        "fullfsync": 1, "synchronous": 2, "cache_size": values["cache_size"],
        "wal_autocheckpoint": values["wal_autocheckpoint"],
    }  # fmt: skip
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert raw.execute("PRAGMA application_id").fetchone() == (connection.APPLICATION_ID,)


def test_a_setting_that_does_not_hold_stops_the_program(path, monkeypatch):
    monkeypatch.setattr(connection, "PRAGMAS", (("synchronous", 1, 2),))
    with pytest.raises(StoreError, match="synchronous did not take hold"):
        Store.open(path)


def test_a_ledger_below_a_folder_whose_name_is_no_utf_8(tmp_path):
    folder = tmp_path / os.fsdecode(b"h\xff%20?#")
    folder.mkdir()
    Store.open(folder / "ledger.db").close()
    assert os.listdir(os.fsencode(folder)) == [b"ledger.db"]


def test_nobody_else_can_read_a_ledger_whatever_the_umask(path):
    os.umask(0)
    path.parent.mkdir(mode=0o755)
    with Store.open(path) as store:
        store.add([reading(session(), prompt(11))])
        store.columns()
        store.backup(path.with_name("backup.db"))
        names = sorted(file.name for file in path.parent.iterdir())
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    beside = ["ledger.db", "ledger.db-shm", "ledger.db-wal", "ledger.db.columns"]
    assert names == ["backup.db", *beside]
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_ledger_that_others_could_read_is_closed_to_them(path):
    Store.open(path).close()
    path.chmod(0o644)
    Store.open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_transaction_that_fails_leaves_nothing_behind(store, connection, raw):
    before = store.stamp()

    def write_half() -> None:
        with connection.writing() as raw:
            raw.execute("INSERT INTO note VALUES (11, 'half')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert store.stamp() == before
    assert not raw.in_transaction
    assert raw.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_a_newer_ledger_is_refused_and_not_one_byte_of_it_changes(path):
    Store.open(path).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreTooNewError, match=r"newer version.* Update the program"):
            Store.open(path, read_only=read_only)
    assert path.read_bytes() == before
    assert path.with_name("ledger.db-wal").stat().st_size == 0


def test_another_programs_database_is_refused_and_left_alone(path):
    path.parent.mkdir()
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE theirs (x)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreDamagedError, match="belongs to another program"):
        Store.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database" * 99, b"SQLite format 3\0" + b"x" * 90])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StoreDamagedError, match="not a ledger"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_folder_in_the_ledgers_place_is_a_plain_error(path):
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="taken by a folder"):
        Store.open(path)


def test_a_place_where_nothing_can_be_made_is_a_plain_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="could not be created"):
        Store.open(tmp_path / "file" / "ledger.db")


HOLD = """
    import sqlite3, sys
    raw = sqlite3.connect(sys.argv[1], isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.readline()
    raw.execute("COMMIT")
"""


def test_a_second_program_waits_for_the_first(path):
    with Store.open(path) as store:
        holder = run(HOLD, str(path))
        assert holder.stdout.readline() == "held\n"
        release = subprocess.Popen(["sleep", "0.3"])
        writer = run(TAG, str(path))
        release.wait()
        assert writer.poll() is None  # it neither failed nor went past
        holder.communicate("go\n")
        assert writer.communicate()[0] == "tagged\n"
        assert [row.title for row in store.history()] == ["Tag 1 interaction as kept"]


TAG = """
    import sys
    from pathlib import Path
    from ledger.core.edits import set_tags
    from ledger.core.vocabulary import Tag
    from ledger.store.store import Store
    with Store.open(Path(sys.argv[1])) as store:
        store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    print("tagged", flush=True)
"""


def test_many_programs_that_start_at_once_make_one_ledger(path):
    writers = [run(TAG, str(path)) for _ in range(4)]
    assert [writer.communicate()[0] for writer in writers] == ["tagged\n"] * 4
    with Store.open(path) as store:
        assert len(store.history()) == 4
        assert store.check() == []


def test_changes_of_another_program_show_in_the_stamp(path):
    with Store.open(path) as store, Store.open(path) as other:
        before = store.stamp()
        other.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
        assert store.stamp() == before + 1


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
    error = store_error(problem(code))
    assert type(error) is kind
    assert error.title.endswith(".")
    assert error.hint.endswith(".")
    assert "prompt" not in str(error)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_ERROR])
def test_a_mistake_in_the_program_is_not_dressed_up(code):
    assert store_error(problem(code)) is None
    with pytest.raises(sqlite3.OperationalError), translated_errors():
        raise problem(code)


def test_the_ledger_is_busy_only_after_waiting(path, monkeypatch):
    with open_both(path) as (raw, store), closing(sqlite3.connect(path)) as other:
        raw.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="Another program is using the ledger"):
            store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
        other.execute("ROLLBACK")
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
    with open_both(path) as (raw, store):
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreFullError, match=r"disk .* is full.* Make room"):
            store.apply(set_notes(((11, "long " * 50_000),)), time_ms=1)
        assert store.history() == []
        raw.execute("PRAGMA max_page_count = 100000")
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
