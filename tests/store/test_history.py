"""The history: append-only, chained, and the way back."""

import json
import sqlite3

import pytest
from hypothesis import given

from ledger.core.edits import SetLabels, set_tags
from ledger.core.vocabulary import Tag
from ledger.store.history import decode, encode
from tests.store.test_authored import EDITS
from tests.store.worlds import prompt, reading, session

KEEP = set_tags(((11, Tag.KEPT),))
THROW = set_tags(((11, Tag.THROWN_AWAY),))


def undo(store) -> None:
    seq, edit = store.undo_target()
    store.apply(edit, time_ms=9, role="undo", target=seq)


def redo(store) -> None:
    seq, edit = store.redo_target()
    store.apply(edit, time_ms=9, role="redo", target=seq)


def test_nothing_can_be_undone_in_a_new_ledger(store):
    assert store.undo_target() is None
    assert store.redo_target() is None
    assert store.history() == []


def test_entries_come_newest_first_with_title_and_machine(store):
    store.apply(KEEP, time_ms=1)
    store.apply(SetLabels(((11, "x", True),)), time_ms=2)
    assert [(row.seq, row.title) for row in store.history(5)] == [
        (2, "Label 1 interaction “x”"),
        (1, "Tag 1 interaction as kept"),
    ]
    assert {row.machine for row in store.history()} == {store.machine}
    assert [row.seq for row in store.history(1)] == [2]


def test_an_undo_is_named_after_what_it_takes_back(store):
    store.apply(KEEP, time_ms=1)
    undo(store)
    assert store.entry(2).title == "Tag 1 interaction as kept"
    assert (store.entry(2).role, store.entry(2).target) == ("undo", 1)
    assert store.entry(99) is None


def test_undo_after_redo_takes_the_same_step_again(store):
    store.add([reading(session(), prompt(11))])
    store.apply(KEEP, time_ms=1)
    store.apply(THROW, time_ms=2)
    undo(store)
    assert store.rows([11])[0].tag is Tag.KEPT
    redo(store)
    assert store.rows([11])[0].tag is Tag.THROWN_AWAY
    undo(store)
    undo(store)
    assert store.rows([11])[0].tag is None
    assert store.undo_target() is None


def test_a_new_edit_ends_what_could_be_redone(store):
    store.apply(KEEP, time_ms=1)
    undo(store)
    assert store.redo_target() is not None
    store.apply(THROW, time_ms=2)
    assert store.redo_target() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET title = 'other'",
        "DELETE FROM history",
        "REPLACE INTO history SELECT machine, seq, 0, role, target, '', '', '', 0 FROM history",
    ],
)
def test_the_file_itself_refuses_to_change_history(store, statement, raw):
    store.apply(KEEP, time_ms=1)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement)


@given(EDITS)
def test_what_is_written_is_read_back(edit):
    assert decode(encode(edit)) == edit


def test_the_words_of_a_released_version_stay_readable():
    assert decode('{"set":"tags","values":[[11,1],[12,null]]}') == set_tags(
        ((11, Tag.KEPT), (12, None))
    )


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="no edit of the kind"):
        decode(json.dumps({"set": "moods", "values": []}))
