"""Rows are written beside what is known, and only what changed is said to have."""

from ledger.store import upserts
from ledger.store.part_rows import PointerRow, prompt_row
from tests.store.worlds import prompt


def test_only_new_and_different_rows_are_changes(store, raw):
    first, second = (prompt_row(prompt(n, rank=1)) for n in (11, 12))
    rows = {11: first, 12: second}
    assert upserts.put(raw, upserts.PROMPTS, rows) == [(None, first), (None, second)]
    better = prompt_row(prompt(12, rank=0))
    worse = prompt_row(prompt(11, rank=2))
    assert upserts.put(raw, upserts.PROMPTS, {11: worse, 12: better}) == [(second, better)]
    assert upserts.put(raw, upserts.PROMPTS, rows) == []
    assert upserts.put(raw, upserts.PROMPTS, {}) == []


def test_pointers_say_whose_text_moved(store, raw):
    row = PointerRow(11, 1, 5, 100, 50, 7, 5, 400)
    grown = row._replace(end=900)
    assert upserts.put_pointers(raw, {(11, 1): row}) == {11}
    assert upserts.put_pointers(raw, {(11, 1): row}) == set()
    assert upserts.put_pointers(raw, {(11, 1): grown, (11, 2): row._replace(file=2)}) == {11}
    assert raw.execute("SELECT end FROM pointer ORDER BY file").fetchall() == [(900,), (400,)]
