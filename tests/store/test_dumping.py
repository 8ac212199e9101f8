import io
import json
import sqlite3
from contextlib import closing
from hashlib import sha256

from ledger.core.edits import SetLabels, set_notes, set_tags
from ledger.core.words import Tag
from ledger.store import dumping
from ledger.store.connection import SCHEMA_VERSION
from ledger.store.store import Store
from tests.store.worlds import edit, prompt, reading, request, session


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
    *rest, last = dumped(store).splitlines(keepends=True)
    head = {"format": "signal-ledger dump", "version": 1, "schema": SCHEMA_VERSION}
    assert json.loads(rest[0]) == head
    assert json.loads(last)["sha256"] == sha256(b"".join(rest)).hexdigest()


def test_every_table_has_a_checksum_of_its_own(store):
    filled(store)
    digest = sha256()
    for line in dumped(store).splitlines(keepends=True)[1:-1]:
        said = json.loads(line)
        if isinstance(said, list):
            digest.update(line)
        elif "sha256" in said:
            assert said["sha256"] == digest.hexdigest()
            digest = sha256()


def test_every_line_is_plain_ascii(store):
    filled(store)
    assert dumped(store).isascii()


def test_values_that_json_has_no_word_for_are_wrapped():
    assert dumping._value(b"\x00\xff") == {"base64": "AP8="}
    assert dumping._value(float("inf")) == {"real": "inf"}
    assert [dumping._value(one) for one in (None, 0.5, 2**63 - 1, "x")] == [
        None,
        0.5,
        2**63 - 1,
        "x",
    ]


def test_a_name_is_quoted_whatever_it_is_made_of():
    assert dumping.quoted('a"b') == '"a""b"'


def test_a_table_without_a_key_is_dumped_in_the_order_of_its_values():
    with closing(sqlite3.connect(":memory:")) as raw:
        raw.execute("CREATE TABLE loose (b TEXT, a INTEGER)")
        raw.executemany("INSERT INTO loose VALUES (?, ?)", [("z", 1), ("a", 2)])
        file = io.BytesIO()
        assert dumping.write(raw, file) == 2
    assert file.getvalue().index(b'["a",2]') < file.getvalue().index(b'["z",1]')
