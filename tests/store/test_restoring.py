import io
import json
import sqlite3
from contextlib import closing
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.core.columns import Columns
from ledger.core.errors import StoreDamagedError, StoreError, StoreTooNewError
from ledger.store import dumping, restoring
from ledger.store.connection import SCHEMA_VERSION
from ledger.store.store import Store
from tests.store.test_dumping import dumped, filled
from tests.store.worlds import PARTS, readings_of

OLD = sorted((Path(__file__).parent / "ledgers").glob("v*.db"))


@pytest.fixture
def data(store) -> bytes:
    filled(store)
    return dumped(store)


@pytest.fixture
def there(tmp_path) -> Path:
    """Where the ledger is restored; its folder may hold nothing else afterwards."""
    return tmp_path / "there" / "ledger.db"


def content(path: Path) -> dict[str, list[tuple]]:
    """Return all rows of all tables, seen from outside."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
        names = [
            name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(("sqlite_", "_sqlite"))
        ]  # fmt: skip
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def laid_out(path: Path) -> set[tuple]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
        return set(raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


def same_columns(one: Columns, other: Columns) -> bool:
    return all(getattr(one, field.name) == getattr(other, field.name) for field in fields(Columns))


def test_every_table_and_the_frame_come_back(data, path, store, there):
    assert restoring.restore(there, io.BytesIO(data)) == json.loads(data.splitlines()[-1])["rows"]
    with Store.open(there) as other:
        assert other.check() == []
        assert other.machine == store.machine
        assert same_columns(other.columns(), store.columns())
        assert dumped(other) == data
    assert content(there) == content(path)
    assert laid_out(there) == laid_out(path)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PARTS, max_size=8), max_size=3))
def test_any_ledger_comes_back_to_the_last_row(tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("any")
    with Store.open(folder / "one.db") as one:
        for readings in readings_of(pieces):
            one.add(readings)
        data = dumped(one)
    restoring.restore(folder / "other.db", io.BytesIO(data))
    with Store.open(folder / "other.db") as other:
        assert dumped(other) == data


def test_what_was_undone_can_be_redone_after_a_restore(data, there):
    restoring.restore(there, io.BytesIO(data))
    with Store.open(there) as store:
        seq, edit = store.undo_target()
        store.apply(edit, time_ms=9, role="undo", target=seq)
        assert store.check() == []


def test_nothing_is_left_beside_the_ledger_and_only_its_owner_can_read_it(data, there):
    restoring.restore(there, io.BytesIO(data))
    assert {one.name for one in there.parent.iterdir()} <= {
        "ledger.db", "ledger.db-wal", "ledger.db-shm"
    }  # fmt: skip
    assert there.stat().st_mode & 0o777 == 0o600
    assert there.parent.stat().st_mode & 0o777 == 0o700


def test_an_empty_ledger_is_filled(data, there):
    Store.open(there).close()
    restoring.restore(there, io.BytesIO(data))
    with Store.open(there) as store:
        assert dumped(store) == data


def test_a_ledger_that_holds_anything_is_left_alone(data, there):
    with Store.open(there) as store:
        filled(store)
        before = dumped(store)
    with pytest.raises(StoreError, match="not empty"):
        restoring.restore(there, io.BytesIO(data))
    with Store.open(there) as store:
        assert dumped(store) == before


def test_a_ledger_filled_by_another_program_meanwhile_is_left_alone(data, there, monkeypatch):
    build = restoring._build

    def slow(*arguments) -> None:
        build(*arguments)
        with Store.open(there) as store:
            filled(store)

    monkeypatch.setattr(restoring, "_build", slow)
    with pytest.raises(StoreError, match="not empty"):
        restoring.restore(there, io.BytesIO(data))
    with Store.open(there) as store:
        assert store.check() == []
        assert store.count() == 2


@pytest.mark.parametrize("old", OLD, ids=lambda file: file.stem)
def test_a_dump_of_every_release_is_brought_up_to_date(old, there, tmp_path):
    file = io.BytesIO()
    copy = tmp_path / "copy.db"
    copy.write_bytes(old.read_bytes())
    with closing(sqlite3.connect(copy)) as raw:
        dumping.write(raw, file)
    file.seek(0)
    restoring.restore(there, file)
    with Store.open(there) as store, Store.open(copy) as upgraded:
        assert store.check() == []
        theirs, ours = content(copy), content(there)
        del theirs["secret"], ours["secret"]  # schema 2 gave each a key of its own
        if old.stem != "v001":
            assert store.key == upgraded.key
        assert ours == theirs


@pytest.mark.parametrize("change", [{"schema": SCHEMA_VERSION + 1}, {"version": 2}])
def test_a_newer_dump_is_refused_and_no_ledger_is_made(data, there, change):
    head, rest = data.split(b"\n", 1)
    newer = json.dumps(json.loads(head) | change).encode() + b"\n" + rest
    with pytest.raises(StoreTooNewError, match="newer version"):
        restoring.restore(there, io.BytesIO(newer))
    assert not there.exists()


@pytest.mark.parametrize("text", [b"", b"SQLite format 3\0", b"{}\n", b"[1]\n", b'{"end":1}\n'])
def test_what_is_no_dump_is_refused(there, text):
    with pytest.raises(StoreDamagedError, match="not a dump"):
        restoring.restore(there, io.BytesIO(text))
    assert not there.exists()


def refused(path: Path, data: bytes) -> None:
    with pytest.raises(StoreDamagedError, match=r"not whole or was changed|not a dump"):
        restoring.restore(path, io.BytesIO(data))
    assert not path.exists()
    assert not path.parent.exists() or list(path.parent.iterdir()) == []


def test_a_dump_that_was_cut_anywhere_is_refused(data, there):
    lines = data.splitlines(keepends=True)
    for cut in range(0, len(lines), 9):
        refused(there, b"".join(lines[:cut]))
    refused(there, data[:-5])


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_dump_that_was_changed_anywhere_is_refused(data, there, draw):
    place = draw.draw(st.integers(0, len(data) - 2))
    other = draw.draw(st.sampled_from(b'0aZ"{}[],:').filter(lambda byte: byte != data[place]))
    spoilt = data[:place] + bytes([other]) + data[place + 1 :]
    with pytest.raises(StoreError):
        restoring.restore(there, io.BytesIO(spoilt))
    assert not there.exists()


def resealed(lines: list[bytes]) -> bytes:
    """Return lines with the checksums that somebody who forges them would write."""
    done, digest, whole, rows, count = [], sha256(), sha256(), 0, 0
    for line in lines[:-1]:
        said = json.loads(line)
        if isinstance(said, list):
            digest.update(line)
            rows, count = rows + 1, count + 1
        elif "sha256" in said:
            line = dumping.encoded(said | {"rows": rows, "sha256": digest.hexdigest()})
            digest, rows = sha256(), 0
        whole.update(line)
        done.append(line)
    end = {"end": dumping.FORMAT, "rows": count, "sha256": whole.hexdigest()}
    return b"".join(done) + dumping.encoded(end)


@pytest.mark.parametrize(
    "row",
    ["[1]", '["x"]', "[[1],2,3]", '[{"base64":"!"},1,1]', '[{"real":"x"},1,1]', "[{},1,1]",
     "[99999999999999999999,1,1]", '["one",1,1]', "[null,null,null]", "[1,2,3,4]"],
)  # fmt: skip
def test_rows_that_the_tables_do_not_take_are_refused_even_with_right_checksums(data, there, row):
    lines = data.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if b'"table":"tag"' in line)
    assert json.loads(lines[at + 1])[0] == 11
    lines[at + 1] = row.encode() + b"\n"
    assert resealed(data.splitlines(keepends=True)) == data
    refused(there, resealed(lines))


@pytest.mark.parametrize("name", ["tag", "machine", "history"])
def test_a_dump_without_one_table_is_refused(data, there, name):
    lines = data.splitlines(keepends=True)
    mark = b'"table":"%s"' % name.encode()
    first, last = (n for n, line in enumerate(lines) if mark in line)
    refused(there, resealed(lines[:first] + lines[last + 1 :]))


def test_a_table_of_its_own_is_refused(data, there):
    lines = data.splitlines(keepends=True)
    extra = [b'{"table":"mood","columns":[["a","INTEGER"]]}\n', b'{"table":"mood","sha256":""}\n']
    refused(there, resealed([*lines[:1], *extra, *lines[1:]]))


def test_anything_after_the_end_is_refused(data, there):
    refused(there, data + b"[1]\n")


def test_a_place_that_cannot_be_used_is_told(data, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"could not be|place is taken"):
        restoring.restore(tmp_path / "file" / "ledger.db", io.BytesIO(data))
