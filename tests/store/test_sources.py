"""Files, their cursors and the lines that could not be read."""

import pytest

from ledger.core.parts import Batch, Cursor, Reading, Rejected
from ledger.core.rows import RejectedRow
from ledger.store.store import Store
from tests.store.worlds import START_MS, prompt, reading, request, session

LARGEST = 2**64 - 1
CURSOR = Cursor("/logs/\udcff.jsonl", LARGEST, LARGEST, 2**40, 2**62, 2**40, 1, 2, 3, '{"a":1}')


def test_a_cursor_comes_back_as_it_was_given(path):
    with Store.open(path) as store:
        store.add([Reading("codex", CURSOR, Batch())])
        assert store.cursors() == {CURSOR.path: CURSOR}
    with Store.open(path) as store:
        assert store.cursors() == {CURSOR.path: CURSOR}


def test_a_cursor_is_stored_with_its_rows_or_not_at_all(store, monkeypatch):
    from ledger.store import sources

    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(sources, "_note_read", fail)
    with pytest.raises(ZeroDivisionError):
        store.add([reading(session(), prompt(11))])
    assert (store.cursors(), store.rows([11])) == ({}, [])


def test_a_file_shows_what_was_read_of_it_and_when(store):
    parts = (session(), prompt(11, minute=5), request(21, 11, minute=9), Rejected(70, 5, 1, "odd"))
    store.add([reading(*parts)])
    store.add([reading(request(22, 11, minute=2), start=5000, offset=6000, size=6000)])
    (row,) = store.files()
    assert (row.path, row.tool) == ("/logs/a.jsonl", "claude-code")
    assert (row.size, row.offset) == (6000, 6000)
    assert (row.lines, row.rejected, row.problem) == (5, 1, "")
    assert (row.first_ms, row.last_ms) == (START_MS + 120_000, START_MS + 540_000)
    assert row.seen_ms > START_MS


def test_a_file_that_is_read_again_counts_its_lines_anew(store):
    store.add([reading(session(), prompt(11), Rejected(70, 5, 1, "odd"))])
    store.add([reading(session(), prompt(11))])
    (row,) = store.files()
    assert (row.lines, row.rejected) == (2, 0)


def test_a_problem_is_shown_and_moves_no_cursor(store):
    store.add([reading(session(), prompt(11))])
    before = store.cursors()
    store.add([Reading("claude-code", Cursor("/logs/a.jsonl"), Batch(), "Permission denied")])
    assert store.cursors() == before
    assert [row.problem for row in store.files()] == ["Permission denied"]
    store.add([reading(session(), prompt(11))])
    assert [row.problem for row in store.files()] == [""]


def test_a_file_that_could_never_be_read_is_shown_and_has_no_cursor(store):
    store.add([Reading("codex", Cursor("/logs/z.jsonl"), Batch(), "Is a directory")])
    (row,) = store.files()
    assert (row.path, row.problem) == ("/logs/z.jsonl", "Is a directory")
    assert store.cursors() == {}


def test_rejected_lines_can_be_asked_for_by_file(store):
    store.add(
        [
            reading(Rejected(9, 5, 1, "odd"), Rejected(2, 5, 1, "bad")),
            reading(Rejected(1, 7, 1, "odd"), path="/logs/b.jsonl"),
        ]
    )
    assert store.rejected("/logs/b.jsonl") == [RejectedRow("/logs/b.jsonl", 1, 7, "odd")]
    assert [(row.path, row.offset) for row in store.rejected()] == [
        ("/logs/a.jsonl", 2), ("/logs/a.jsonl", 9), ("/logs/b.jsonl", 1),
    ]  # fmt: skip
    assert len(store.rejected(limit=2)) == 2
    assert store.rejected("/logs/none.jsonl") == []
