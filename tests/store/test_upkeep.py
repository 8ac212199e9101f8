"""Backups that can be trusted, and a check that finds what is wrong."""

import sqlite3
import stat
from contextlib import closing

import pytest

from ledger.core.edits import (
    LogEntry,
    SetLabels,
    SetLogged,
    set_intents,
    set_kinds,
    set_notes,
    set_tags,
)
from ledger.core.errors import StoreDamagedError, StoreError
from ledger.core.usage import Usage
from ledger.core.vocabulary import Intent, Kind, Tag
from ledger.store import upkeep
from ledger.store.store import Store
from tests.store.worlds import AUTHORED, DERIVED, dump, open_both, prompt, reading, request, session

ENTRY = LogEntry(70, 5, "other", "m", "", Usage(output=1))


@pytest.fixture
def full(path):
    with Store.open(path) as store:
        store.add([reading(session(), prompt(11), request(21, 11), request(22, None))])
        for edit in (
            set_tags(((11, Tag.KEPT),)),
            set_intents(((11, Intent.EXPERIMENT),)),
            SetLabels(((11, "x", True),)),
            set_notes(((11, "n"),)),
            SetLogged(((ENTRY, True),)),
        ):
            store.apply(edit, time_ms=1)
        yield store


def test_a_sound_ledger_has_no_problems(full):
    assert full.check() == []


def test_a_backup_is_a_whole_private_ledger_under_its_own_name(full, tmp_path):
    target = tmp_path / "copy.db"
    full.backup(target)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "data"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert dump(target, DERIVED | AUTHORED) == dump(full.path, DERIVED | AUTHORED)
    with Store.open(target) as copy:
        assert copy.check() == []
        assert copy.stamp() == full.stamp()


def test_a_backup_that_cannot_be_written_leaves_an_earlier_one_alone(full, tmp_path, monkeypatch):
    target = tmp_path / "copy.db"
    target.write_bytes(b"earlier")

    def damaged(_):
        raise StoreDamagedError("The ledger file is damaged.")

    monkeypatch.setattr(upkeep, "_refuse_damage", damaged)
    with pytest.raises(StoreDamagedError):
        full.backup(target)
    assert target.read_bytes() == b"earlier"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "data"]
    with pytest.raises(StoreError, match="could not be written"):
        full.backup(tmp_path / "nowhere" / "copy.db")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM tag", "The tags are not what the history adds up to."),
        ("UPDATE intent SET value = 0", "The intents are"),
        ("INSERT INTO label VALUES (12, 'y')", "The labels are"),
        ("UPDATE note SET text = 'm'", "The notes are"),
        ("UPDATE logged SET present = 0", "The logged are"),
        ("UPDATE portion SET output = 0", "The sums of some interactions"),
        ("UPDATE request SET owner = 5, model = 0 WHERE id = 21", "1 requests belong to no"),
    ],
)
def test_a_contradiction_is_found(path, full, statement, sentence):
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()
    assert any(problem.startswith(sentence) for problem in full.check())


def test_a_broken_history_is_found(path, full):
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER history_is_kept")
    raw.execute("DELETE FROM history WHERE seq = 3")
    raw.commit()
    raw.close()
    assert full.check() == ["Entry 3 of the history is not as it was written."]


def test_doors_that_stand_open_are_found(path, full):
    path.chmod(0o640)
    assert full.check() == [f"Other people of this computer can open {path}."]
    path.chmod(0o600)
    path.parent.chmod(0o755)
    assert full.check() == [f"Other people of this computer can open {path.parent}."]


def test_damage_is_found(path, full):
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'request_owner'")
        raw.execute("PRAGMA writable_schema = RESET")
    with Store.open(path) as store:
        assert store.check()[0].startswith("The ledger file is damaged: ")


def test_the_history_adds_up_to_the_tables(store, raw, machine):
    store.apply(set_tags(((11, Tag.KEPT), (12, Tag.EDITED))), time_ms=1)
    store.apply(set_tags(((12, None),)), time_ms=1)
    store.apply(set_intents(((11, Intent.EXPERIMENT),)), time_ms=1)
    store.apply(SetLabels(((11, "x", True), (11, "y", True))), time_ms=1)
    store.apply(SetLabels(((11, "y", False),)), time_ms=1)
    store.apply(set_notes(((11, "n"), (12, ""))), time_ms=1)
    store.apply(set_kinds(((11, Kind.FIX), (12, Kind.DRAFT), (13, Kind.UNSORTED))), time_ms=1)
    store.apply(set_kinds(((12, None),)), time_ms=1)
    replayed = upkeep.replayed_values(raw, machine)
    assert replayed == upkeep.stored_values(raw, machine)
    assert {name: values for name, values in replayed.items() if values} == {
        "tags": {11: 1},
        "intents": {11: 1},
        "notes": {11: "n"},
        "kinds": {11: 3, 13: 0},
        "labels": {(11, "x"): True},
    }


@pytest.mark.parametrize("change", ["title = 'other'", "seq = 7", "chain = chain + 1", "time_ms=0"])
def test_an_entry_changed_behind_the_ledgers_back_is_found(path, change):
    with open_both(path) as (raw, store):
        machine = raw.execute("SELECT machine FROM ledger").fetchone()[0]
        for number in range(3):
            store.apply(set_tags(((11 + number, Tag.KEPT),)), time_ms=number + 5)
        assert upkeep.broken_link(raw, machine) is None
        raw.execute("DROP TRIGGER history_is_final")
        raw.execute(f"UPDATE history SET {change} WHERE seq = 2")
        assert upkeep.broken_link(raw, machine) == 2
        store.add([reading()])  # imports go on
