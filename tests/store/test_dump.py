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
from ledger.core.edits import SetLabels, set_notes, set_tags
from ledger.core.errors import StoreDamagedError, StoreError, StoreTooNewError
from ledger.core.vocabulary import Tag
from ledger.store import dump
from ledger.store.connection import SCHEMA_VERSION
from ledger.store.store import Store
from tests.store.worlds import PARTS, edit, prompt, reading, readings_of, request, session


def filled(store: Store) -> None:
    store.add(
        [reading(session(), prompt(11), prompt(12, minute=40), request(21, 11), edit(41, 11))]
    )
    store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    store.apply(SetLabels(((11, "Überbau \U0001f600", True),)), time_ms=2)
    store.apply(set_notes(((12, 'a "note"\nof two lines'),)), time_ms=3)


def dumped(store: Store) -> bytes:
    file = io.BytesIO()
    store.dump(file)
    return file.getvalue()


def test_every_row_of_every_table_is_there(store, path):
    filled(store)
    lines = [json.loads(line) for line in dumped(store).splitlines()]
    heads = [line["table"] for line in lines if isinstance(line, dict) and "columns" in line]
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
        tables = [
            name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(("sqlite_", "_sqlite"))
        ]  # fmt: skip
        count = sum(raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)
    assert heads == sorted(tables)
    assert len([line for line in lines if isinstance(line, list)]) == count == lines[-1]["rows"]


def test_the_same_ledger_is_always_the_same_bytes(store, path):
    filled(store)
    first = dumped(store)
    assert dumped(store) == first
    with Store.open(path) as other:
        assert dumped(other) == first
    store.apply(set_tags(((12, Tag.KEPT),)), time_ms=4)
    assert dumped(store) != first


def test_the_first_line_says_what_it_is_and_the_last_that_it_is_whole(store):
    filled(store)
    *lines_before, last = dumped(store).splitlines(keepends=True)
    head = {"format": "signal-ledger dump", "version": 1, "schema": SCHEMA_VERSION}
    assert json.loads(lines_before[0]) == head
    assert json.loads(last)["sha256"] == sha256(b"".join(lines_before)).hexdigest()


def test_every_table_has_a_checksum_of_its_own(store):
    filled(store)
    digest = sha256()
    for line in dumped(store).splitlines(keepends=True)[1:-1]:
        content = json.loads(line)
        if isinstance(content, list):
            digest.update(line)
        elif "sha256" in content:
            assert content["sha256"] == digest.hexdigest()
            digest = sha256()


def test_every_line_is_plain_ascii(store):
    filled(store)
    assert dumped(store).isascii()


def test_values_that_json_has_no_word_for_are_wrapped():
    assert dump._encoded_value(b"\x00\xff") == {"base64": "AP8="}
    assert dump._encoded_value(float("inf")) == {"real": "inf"}
    assert [dump._encoded_value(value) for value in (None, 0.5, 2**63 - 1, "x")] == [
        None,
        0.5,
        2**63 - 1,
        "x",
    ]


def test_a_name_is_quoted_whatever_it_is_made_of():
    assert dump.quoted('a"b') == '"a""b"'


def test_a_table_without_a_key_is_dumped_in_the_order_of_its_values():
    with closing(sqlite3.connect(":memory:")) as raw:
        raw.execute("CREATE TABLE loose (b TEXT, a INTEGER)")
        raw.executemany("INSERT INTO loose VALUES (?, ?)", [("z", 1), ("a", 2)])
        file = io.BytesIO()
        assert dump.write(raw, file) == 2
    assert file.getvalue().index(b'["a",2]') < file.getvalue().index(b'["z",1]')


OLD = sorted((Path(__file__).parent / "ledgers").glob("v*.db"))


@pytest.fixture
def data(store) -> bytes:
    filled(store)
    return dumped(store)


@pytest.fixture
def target(tmp_path) -> Path:
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


def same_columns(columns: Columns, other: Columns) -> bool:
    return all(
        getattr(columns, field.name) == getattr(other, field.name) for field in fields(Columns)
    )


def test_every_table_and_the_frame_come_back(data, path, store, target):
    assert dump.restore(target, io.BytesIO(data)) == json.loads(data.splitlines()[-1])["rows"]
    with Store.open(target) as other:
        assert other.check() == []
        assert other.machine == store.machine
        assert same_columns(other.columns(), store.columns())
        assert dumped(other) == data
    assert content(target) == content(path)
    assert laid_out(target) == laid_out(path)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PARTS, max_size=8), max_size=3))
def test_any_ledger_comes_back_to_the_last_row(tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("any")
    with Store.open(folder / "one.db") as store:
        for readings in readings_of(pieces):
            store.add(readings)
        data = dumped(store)
    dump.restore(folder / "other.db", io.BytesIO(data))
    with Store.open(folder / "other.db") as other:
        assert dumped(other) == data


def test_what_was_undone_can_be_redone_after_a_restore(data, target):
    dump.restore(target, io.BytesIO(data))
    with Store.open(target) as store:
        seq, edit = store.undo_target()
        store.apply(edit, time_ms=9, role="undo", target=seq)
        assert store.check() == []


def test_nothing_is_left_beside_the_ledger_and_only_its_owner_can_read_it(data, target):
    dump.restore(target, io.BytesIO(data))
    assert {file.name for file in target.parent.iterdir()} <= {
        "ledger.db", "ledger.db-wal", "ledger.db-shm"
    }  # fmt: skip
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.parent.stat().st_mode & 0o777 == 0o700


def test_an_empty_ledger_is_filled(data, target):
    Store.open(target).close()
    dump.restore(target, io.BytesIO(data))
    with Store.open(target) as store:
        assert dumped(store) == data


def test_a_ledger_that_holds_anything_is_left_alone(data, target):
    with Store.open(target) as store:
        filled(store)
        before = dumped(store)
    with pytest.raises(StoreError, match="not empty"):
        dump.restore(target, io.BytesIO(data))
    with Store.open(target) as store:
        assert dumped(store) == before


def test_a_ledger_filled_by_another_program_meanwhile_is_left_alone(data, target, monkeypatch):
    build = dump._build

    def slow(*arguments) -> None:
        build(*arguments)
        with Store.open(target) as store:
            filled(store)

    monkeypatch.setattr(dump, "_build", slow)
    with pytest.raises(StoreError, match="not empty"):
        dump.restore(target, io.BytesIO(data))
    with Store.open(target) as store:
        assert store.check() == []
        assert store.count() == 2


@pytest.mark.parametrize("old", OLD, ids=lambda file: file.stem)
def test_a_dump_of_every_release_is_brought_up_to_date(old, target, tmp_path):
    file = io.BytesIO()
    copy = tmp_path / "copy.db"
    copy.write_bytes(old.read_bytes())
    with closing(sqlite3.connect(copy)) as raw:
        dump.write(raw, file)
    file.seek(0)
    dump.restore(target, file)
    with Store.open(target) as store, Store.open(copy) as upgraded:
        assert store.check() == []
        theirs, ours = content(copy), content(target)
        del theirs["secret"], ours["secret"]  # schema 2 gave each a key of its own
        if old.stem != "v001":
            assert store.evidence.key == upgraded.evidence.key
        assert ours == theirs


@pytest.mark.parametrize("change", [{"schema": SCHEMA_VERSION + 1}, {"version": 2}])
def test_a_newer_dump_is_refused_and_no_ledger_is_made(data, target, change):
    head, body = data.split(b"\n", 1)
    newer = json.dumps(json.loads(head) | change).encode() + b"\n" + body
    with pytest.raises(StoreTooNewError, match="newer version"):
        dump.restore(target, io.BytesIO(newer))
    assert not target.exists()


@pytest.mark.parametrize("text", [b"", b"SQLite format 3\0", b"{}\n", b"[1]\n", b'{"end":1}\n'])
def test_what_is_no_dump_is_refused(target, text):
    with pytest.raises(StoreDamagedError, match="not a dump"):
        dump.restore(target, io.BytesIO(text))
    assert not target.exists()


def refused(path: Path, data: bytes) -> None:
    with pytest.raises(StoreDamagedError, match=r"not whole or was changed|not a dump"):
        dump.restore(path, io.BytesIO(data))
    assert not path.exists()
    assert not path.parent.exists() or list(path.parent.iterdir()) == []


def test_a_dump_that_was_cut_anywhere_is_refused(data, target):
    lines = data.splitlines(keepends=True)
    for cut in range(0, len(lines), 9):
        refused(target, b"".join(lines[:cut]))
    refused(target, data[:-5])


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_dump_that_was_changed_anywhere_is_refused(data, target, draw):
    place = draw.draw(st.integers(0, len(data) - 2))
    other = draw.draw(st.sampled_from(b'0aZ"{}[],:').filter(lambda byte: byte != data[place]))
    spoilt = data[:place] + bytes([other]) + data[place + 1 :]
    with pytest.raises(StoreError):
        dump.restore(target, io.BytesIO(spoilt))
    assert not target.exists()


def resealed(lines: list[bytes]) -> bytes:
    """Return lines with the checksums that somebody who forges them would write."""
    done, digest, whole, rows, count = [], sha256(), sha256(), 0, 0
    for line in lines[:-1]:
        content = json.loads(line)
        if isinstance(content, list):
            digest.update(line)
            rows, count = rows + 1, count + 1
        elif "sha256" in content:
            line = dump.encoded(content | {"rows": rows, "sha256": digest.hexdigest()})
            digest, rows = sha256(), 0
        whole.update(line)
        done.append(line)
    end = {"end": dump.FORMAT, "rows": count, "sha256": whole.hexdigest()}
    return b"".join(done) + dump.encoded(end)


@pytest.mark.parametrize(
    "row",
    ["[1]", '["x"]', "[[1],2,3]", '[{"base64":"!"},1,1]', '[{"real":"x"},1,1]', "[{},1,1]",
     "[99999999999999999999,1,1]", '["one",1,1]', "[null,null,null]", "[1,2,3,4]"],
)  # fmt: skip
def test_rows_that_the_tables_do_not_take_are_refused_even_with_right_checksums(data, target, row):
    lines = data.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if b'"table":"tag"' in line)
    assert json.loads(lines[at + 1])[0] == 11
    lines[at + 1] = row.encode() + b"\n"
    assert resealed(data.splitlines(keepends=True)) == data
    refused(target, resealed(lines))


@pytest.mark.parametrize("name", ["tag", "machine", "history"])
def test_a_dump_without_one_table_is_refused(data, target, name):
    lines = data.splitlines(keepends=True)
    mark = b'"table":"%s"' % name.encode()
    first, last = (n for n, line in enumerate(lines) if mark in line)
    refused(target, resealed(lines[:first] + lines[last + 1 :]))


def test_a_table_of_its_own_is_refused(data, target):
    lines = data.splitlines(keepends=True)
    extra = [b'{"table":"mood","columns":[["a","INTEGER"]]}\n', b'{"table":"mood","sha256":""}\n']
    refused(target, resealed([*lines[:1], *extra, *lines[1:]]))


def test_anything_after_the_end_is_refused(data, target):
    refused(target, data + b"[1]\n")


def test_a_place_that_cannot_be_used_is_told(data, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"could not be|place is taken"):
        dump.restore(tmp_path / "file" / "ledger.db", io.BytesIO(data))
