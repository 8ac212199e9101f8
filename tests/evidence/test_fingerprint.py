"""Traces: what an interaction leaves of a file."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.evidence.change import change_between
from ledger.evidence.fingerprint import VERSION, decode, encode, fingerprint

KEY = b"k" * 32
BEFORE, AFTER = "first line here\n", "first line here\nsecond line there\n"


def test_a_trace_tells_its_path_and_how_much_is_new():
    trace = fingerprint(BEFORE, AFTER, (), KEY, "/r/a.py")
    change = decode(trace.features)
    assert change is not None
    assert change.whole
    assert (trace.path, trace.lines, trace.grams) == ("/r/a.py", 1, 3)


def test_where_the_whole_is_not_known_the_replaced_texts_count():
    trace = fingerprint(None, None, [("a line", "a line\nanother line"), ("x", "")], KEY, "/r/a.py")
    change = decode(trace.features)
    assert change is not None
    assert not change.whole
    assert trace.lines == 1
    cut = decode(fingerprint(BEFORE, None, [("x", "y")], KEY, "/r/a.py").features)
    assert cut is not None
    assert not cut.whole


def test_a_file_whose_past_is_unknown_adds_all_that_it_has():
    assert fingerprint(None, AFTER, (), KEY, "/r/a.py").lines == 2
    assert fingerprint("", AFTER, (("", AFTER),), KEY, "/r/a.py").lines == 2


@pytest.mark.parametrize(
    ("path", "after"),
    [("/r/yarn.lock", AFTER), ("/r/a.py", "x" * 1_000_001), ("/r/a.py", "# @generated\n" + AFTER)],
)
def test_what_nobody_writes_by_hand_leaves_an_empty_trace(path: str, after: str):
    trace = fingerprint(BEFORE, after, (), KEY, path)
    assert trace == (path, b"", 0, 0)


def test_a_notebook_leaves_a_trace_of_its_cells():
    after = '{"cells": [{"source": ["value = compute_it_all\\n"], "outputs": []}]}'
    assert fingerprint('{"cells": []}', after, (), KEY, "/r/a.ipynb").lines == 1


WORDS = st.lists(st.sampled_from("one two three four five six".split()), max_size=40)  # noqa: SIM905 - shorter so


@given(WORDS, WORDS, st.booleans())
def test_a_change_comes_back_whole(old: list[str], new: list[str], whole: bool):
    change = change_between([" ".join(old)], ["\n".join(new) + "more " * 9], KEY, whole=whole)
    back = decode(encode(change))
    assert back is not None
    assert back.whole == whole
    for before, after in zip(change[:4], back[:4], strict=True):
        assert before.total == after.total
        assert all(
            np.array_equal(column, other) and column.dtype == other.dtype
            for column, other in zip(before[:4], after[:4], strict=True)
        )


@pytest.mark.parametrize("data", [b"", b"x", bytes([VERSION, 1]), bytes([VERSION, 1]) + b"junk"])
def test_bytes_that_nobody_packed_are_nothing(data: bytes):
    assert decode(data) is None


def test_another_version_and_cut_bytes_are_nothing():
    data = encode(change_between([], ["some words in a line\n"], KEY, whole=True))
    assert decode(bytes([VERSION + 1]) + data[1:]) is None
    assert decode(data[:-4]) is None
    assert decode(data) is not None


def test_no_text_is_in_the_bytes():
    secret = "swordfish_and_lemonade"
    data = encode(change_between([], [f"password = {secret} + {secret}\n" * 4], KEY, whole=True))
    assert b"sword" not in data
    import zlib

    assert b"sword" not in zlib.decompress(data[2:])
