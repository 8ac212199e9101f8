"""One connection: settings that hold, transactions that are whole, files nobody else reads."""

import os
import sqlite3
import stat
import subprocess
import sys
import textwrap

import pytest

from ledger.core.edits import set_tags
from ledger.core.errors import StoreDamagedError, StoreError, StoreTooNewError
from ledger.core.words import Tag
from ledger.store import connection
from ledger.store.store import Store
from tests.store.worlds import prompt, reading, session


def run(code: str, *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *words],
        stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, cwd=os.getcwd(),
    )  # fmt: skip


def test_the_settings_that_keep_tags_safe_hold(store):
    raw = store._connection.raw
    found = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name, *_ in connection.PRAGMAS}
    assert found == {
        "busy_timeout": 5000, "trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0,
        "temp_store": 2, "foreign_keys": 1, "recursive_triggers": 1, "secure_delete": 1,
        "fullfsync": 1, "synchronous": 2, "cache_size": found["cache_size"],
        "wal_autocheckpoint": found["wal_autocheckpoint"],
    }  # fmt: skip
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert raw.execute("PRAGMA application_id").fetchone() == (connection.APPLICATION_ID,)


def test_a_setting_that_does_not_hold_stops_the_program(path, monkeypatch):
    monkeypatch.setattr(connection, "PRAGMAS", (("synchronous", 1, 2),))
    with pytest.raises(StoreError, match="synchronous did not take hold"):
        Store.open(path)


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


def test_a_transaction_that_fails_leaves_nothing_behind(store):
    before = store.stamp()

    def write_half() -> None:
        with store._connection.writing() as raw:
            raw.execute("INSERT INTO note VALUES (11, 'half')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert store.stamp() == before
    assert not store._connection.raw.in_transaction
    assert store._connection.raw.execute("SELECT count(*) FROM note").fetchone() == (0,)


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
    from ledger.core.words import Tag
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
    with Store.open(path) as one, Store.open(path) as other:
        before = one.stamp()
        other.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
        assert one.stamp() == before + 1
