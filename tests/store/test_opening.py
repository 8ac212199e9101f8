"""Opening a ledger: new, known, older."""

import re
import sqlite3
from pathlib import Path

import pytest

from ledger.core.edits import set_tags
from ledger.core.errors import StoreError
from ledger.core.vocabulary import Kind, Tag
from ledger.store import connection, opening, schema
from ledger.store.store import Store
from tests.store.worlds import dump, prompt, reading, session

STEPS = sorted(name for name in vars(schema) if re.match(r"m\d{3}_", name))
NEXT = connection.SCHEMA_VERSION + 1


@pytest.fixture
def next_schema(monkeypatch):
    """A later release with one more migration."""
    migrations = schema.Migrations("ledger")
    for name in STEPS:
        migrations(name=name)(getattr(schema, name))

    @migrations(name=f"m{NEXT:03}_mood")
    def mood(db) -> None:
        db.conn.execute("CREATE TABLE mood (interaction INTEGER PRIMARY KEY) STRICT")

    monkeypatch.setattr(schema, "migrations", migrations)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(connection, "SCHEMA_VERSION", NEXT)
    return migrations


def test_a_new_ledger_has_a_machine_of_its_own(path, tmp_path):
    with Store.open(path) as store, Store.open(tmp_path / "other.db") as other:
        assert len(store.machine) == 32
        assert store.machine != other.machine
        assert store.path == path


def test_the_machine_stays(path):
    with Store.open(path) as store:
        machine = store.machine
    with Store.open(path) as store:
        assert store.machine == machine


def test_an_empty_file_left_by_a_crash_becomes_a_ledger(path):
    path.parent.mkdir()
    path.touch()
    with Store.open(path) as store:
        assert store.check() == []


def test_a_ledger_that_is_only_read_is_never_made_or_written(path):
    with pytest.raises(StoreError, match="no ledger yet"):
        Store.open(path, read_only=True)
    assert not path.exists()
    with Store.open(path) as store:
        store.add([reading(session(), prompt(11))])
    before = path.read_bytes()
    with Store.open(path, read_only=True) as store:
        assert [row.id for row in store.rows([11])] == [11]
        with pytest.raises(StoreError, match="cannot be written"):
            store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    assert path.read_bytes() == before


def test_an_older_ledger_is_copied_and_then_upgraded(path, request):
    with Store.open(path) as store:
        store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    request.getfixturevalue("next_schema")
    with pytest.raises(StoreError, match="older version"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert len(store.history()) == 1
        assert dump(path, {"mood": "*"}) == {"mood": []}
    (copy,) = path.parent.glob(f"ledger-{NEXT - 1}-*.db")
    assert dump(copy, {"tag": "interaction, value"}) == {"tag": [(11, 1)]}


def test_an_upgrade_that_fails_leaves_the_ledger_as_it_was(path, request):
    Store.open(path).close()
    before = dump(path, {"ledger": "*", "sqlite_schema": "sql"})
    migrations = request.getfixturevalue("next_schema")

    @migrations(name=f"m{NEXT + 1:03}_breaks")
    def breaks(db) -> None:
        db.conn.execute("CREATE TABLE half (x INTEGER) STRICT")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Store.open(path)
    assert dump(path, {"ledger": "*", "sqlite_schema": "sql"}) == before


def test_an_up_to_date_ledger_opens_without_loading_the_migrations(path):
    import subprocess
    import sys

    Store.open(path).close()
    code = (
        "import sys, pathlib; from ledger.store.store import Store;"
        "Store.open(pathlib.Path(sys.argv[1])).close(); print('sqlite_utils' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    assert done.stdout == "False\n"


FIXTURES = sorted((Path(__file__).parent / "ledgers").glob("v*.db"))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda file: file.stem)
def test_a_ledger_of_every_release_opens_with_everything_in_it(fixture, path):
    path.parent.mkdir()
    path.write_bytes(fixture.read_bytes())
    with Store.open(path) as store:
        assert store.check() == []
        columns = store.columns()
        rows = store.rows(columns.id)
        assert [(row.tool, row.requests, row.usage.output) for row in rows] == [
            ("claude-code", 2, 80), ("claude-code", 1, 40), ("codex", 1, 40), ("codex", 1, 40),
            ("other", 1, 7),
        ]  # fmt: skip
        assert [row.tag for row in rows] == [Tag.KEPT, None, Tag.THROWN_AWAY, None, None]
        assert rows[0].labels == ("refactor",)
        assert rows[0].note == "written by the first release"
        assert len(store.history()) >= 6
        assert len(store.rejected()) == 1
        seq, edit = store.undo_target()
        store.apply(edit, time_ms=1, role="undo", target=seq)


def test_evidence_of_the_second_release_is_still_there(path):
    path.parent.mkdir()
    path.write_bytes((Path(__file__).parent / "ledgers" / "v002.db").read_bytes())
    with Store.open(path) as store:
        first, second = store.columns().id[:2]
        assert [row.kind for row in store.rows([first, second])] == [Kind.REFACTOR, Kind.QUESTION]
        assert store.evidence.observations([first])[first].traces[0].features == b"packed"
        assert store.evidence.survivals([first])[first][0].anywhere == 0.83
        assert store.evidence.suggestions([first])[first].tag is Tag.KEPT
        assert [(question.pi, question.asked) for question in store.evidence.questions()] == [
            (0.25, True)
        ]


def test_an_upgraded_ledger_has_a_key_and_its_logs_wait_to_be_looked_at(path):
    path.parent.mkdir()
    path.write_bytes((Path(__file__).parent / "ledgers" / "v001.db").read_bytes())
    with Store.open(path) as store:
        assert len(store.evidence.key) == 32
        rows = {row.id: row for row in store.rows(store.columns().id)}
        waiting = store.evidence.due_for_logs(1, 99)
        assert set(waiting) == {identity for identity, row in rows.items() if row.pointers}
        times = [rows[identity].time_ms for identity in waiting]
        assert times == sorted(times, reverse=True)


def test_there_is_a_fixture_of_every_schema():
    assert [file.stem for file in FIXTURES] == [
        f"v{number:03}" for number in range(1, connection.SCHEMA_VERSION + 1)
    ]


def test_unknown_migrations_mean_a_newer_program(path):
    Store.open(path).close()
    raw = sqlite3.connect(path)
    names = {row[0] for row in raw.execute("SELECT name FROM _sqlite_migrations")}
    raw.close()
    assert names == set(STEPS)
    assert len(STEPS) == connection.SCHEMA_VERSION
