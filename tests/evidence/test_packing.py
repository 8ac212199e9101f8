"""Packed changes come back as they were; other bytes come back as nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.evidence.change import change_between
from ledger.evidence.packing import VERSION, pack, unpack

KEY = b"k" * 32
WORDS = st.lists(st.sampled_from("one two three four five six".split()), max_size=40)  # noqa: SIM905 - shorter so


@given(WORDS, WORDS, st.booleans())
def test_a_change_comes_back_whole(old: list[str], new: list[str], whole: bool):
    change = change_between([" ".join(old)], ["\n".join(new) + "more " * 9], KEY, whole=whole)
    back = unpack(pack(change))
    assert back is not None
    assert back.whole == whole
    for before, after in zip(change[:4], back[:4], strict=True):
        assert before.total == after.total
        assert all(
            np.array_equal(one, other) and one.dtype == other.dtype
            for one, other in zip(before[:4], after[:4], strict=True)
        )


@pytest.mark.parametrize("data", [b"", b"x", bytes([VERSION, 1]), bytes([VERSION, 1]) + b"junk"])
def test_bytes_that_nobody_packed_are_nothing(data: bytes):
    assert unpack(data) is None


def test_another_version_and_cut_bytes_are_nothing():
    data = pack(change_between([], ["some words in a line\n"], KEY, whole=True))
    assert unpack(bytes([VERSION + 1]) + data[1:]) is None
    assert unpack(data[:-4]) is None
    assert unpack(data) is not None


def test_no_text_is_in_the_bytes():
    secret = "swordfish_and_lemonade"
    data = pack(change_between([], [f"password = {secret} + {secret}\n" * 4], KEY, whole=True))
    assert b"sword" not in data
    import zlib

    assert b"sword" not in zlib.decompress(data[2:])
