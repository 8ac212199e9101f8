"""Traces: what an interaction leaves of a file."""

import pytest

from ledger.evidence.packing import unpack
from ledger.evidence.tracing import trace

KEY = b"k" * 32
BEFORE, AFTER = "first line here\n", "first line here\nsecond line there\n"


def test_a_trace_tells_its_path_and_how_much_is_new():
    made = trace(BEFORE, AFTER, (), KEY, "/r/a.py")
    change = unpack(made.features)
    assert change is not None
    assert change.whole
    assert (made.path, made.lines, made.grams) == ("/r/a.py", 1, 3)


def test_where_the_whole_is_not_known_the_replaced_texts_count():
    made = trace(None, None, [("a line", "a line\nanother line"), ("x", "")], KEY, "/r/a.py")
    change = unpack(made.features)
    assert change is not None
    assert not change.whole
    assert made.lines == 1


def test_a_file_whose_past_is_unknown_adds_all_that_it_has():
    assert trace(None, AFTER, (), KEY, "/r/a.py").lines == 2
    assert trace("", AFTER, (("", AFTER),), KEY, "/r/a.py").lines == 2


@pytest.mark.parametrize(
    ("path", "after"),
    [("/r/yarn.lock", AFTER), ("/r/a.py", "x" * 1_000_001), ("/r/a.py", "# @generated\n" + AFTER)],
)
def test_what_nobody_writes_by_hand_leaves_an_empty_trace(path: str, after: str):
    made = trace(BEFORE, after, (), KEY, path)
    assert made == (path, b"", 0, 0)


def test_a_notebook_leaves_a_trace_of_its_cells():
    after = '{"cells": [{"source": ["value = compute_it_all\\n"], "outputs": []}]}'
    assert trace('{"cells": []}', after, (), KEY, "/r/a.ipynb").lines == 1
