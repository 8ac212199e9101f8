"""Features: what formatters do not touch, and what tells nothing without the key."""

from collections import Counter

import numpy as np
import pytest

from ledger.evidence.features import (
    Counts,
    _Hasher,
    gram_counts,
    grams,
    hash_grams,
    hash_lines,
    line_hashes,
    lines,
    weight,
)  # fmt: skip

KEY, OTHER = b"k" * 32, b"o" * 32


def test_grams_leave_out_the_marks_that_formatters_change():
    assert grams("call(one, 'two')\n") == Counter({})
    assert grams("call(one, 'two', three)") == grams('call(\n    one,\n    "two",\n    three,\n);')
    assert grams("a = b + c") == Counter({"a = b +": 1, "= b + c": 1})


def test_grams_go_on_over_line_ends():
    assert grams("a = b\n+ c") == grams("a = b + c")


def test_lines_are_stripped_and_those_that_say_nothing_are_left_out():
    assert lines("  value  =  1,\n}\n\nelse:\n  a = b;\n") == ["value = 1", "else:"]


def test_a_line_weighs_its_signs_but_a_long_one_no_more_than_eighty():
    assert weight("value = 1") == 7
    assert weight("x" * 300) == 80


def test_hashes_depend_on_the_key_and_on_the_kind():
    hashes = hash_grams(["a b c d"], KEY)
    assert hashes == hash_grams(["a b c d"], KEY)
    assert hashes != hash_grams(["a b c d"], OTHER)
    assert hashes != hash_lines(["a b c d"], KEY)


def test_hashes_are_blake2b_with_the_key():
    from hashlib import blake2b

    digest = blake2b(b"a b c d", digest_size=8, key=KEY, person=b"gram").digest()
    assert int(hash_grams(["a b c d"], KEY)[0]) == int.from_bytes(digest, "little")


def test_hashing_goes_on_when_what_is_remembered_was_thrown_away(monkeypatch: pytest.MonkeyPatch):
    from ledger.evidence import features

    monkeypatch.setattr(features, "_ROOM_GRAMS", 2)
    before = hash_grams(["a", "b", "c"], OTHER)
    assert list(hash_grams(["c", "a"], OTHER)) == [before[2], before[0]]


def test_line_hashes_keep_their_order():
    hashes = line_hashes("first line\nsecond line\nfirst line\n", KEY)
    assert hashes[0] == hashes[2] != hashes[1]


def test_counts_tell_how_often_each_occurs():
    counts = Counts.of(np.array([9, 3, 9], np.uint64))
    assert list(counts.hashes) == [3, 9]
    assert list(counts.at(np.array([9, 4, 3, 10], np.uint64))) == [2, 0, 1, 0]
    assert list(Counts.nothing().at(np.array([1], np.uint64))) == [0]


def test_gram_counts_count_what_repeats():
    counts = gram_counts("a b c d " * 3, KEY)
    assert sorted(counts.counts) == [2, 2, 2, 3]


def test_a_text_of_broken_characters_has_features():
    assert len(line_hashes("broken \ud83d line\n", KEY)) == 1


def test_a_full_memory_of_hashes_is_left_to_whoever_reads_it():
    hasher = _Hasher(KEY, b"gram", 2)
    first = hasher.hashed(["a", "b", "c"])
    held = hasher._known
    assert hasher.hashed(["d"]).tolist() != first.tolist()
    assert sorted(held) == ["a", "b", "c"]
    assert hasher.hashed(["a", "b", "c"]).tolist() == first.tolist()
