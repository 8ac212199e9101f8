"""Changes: multiset differences, netted, and sampled alike in every text."""

import numpy as np

from ledger.evidence.change import MAX_FEATURES, FeatureSet, additions, change_between
from ledger.evidence.features import Counts, gram_counts, hash_lines

KEY = b"k" * 32


def test_what_was_there_before_is_not_added():
    change = change_between(["one line\n"], ["one line\ntwo lines\n"], KEY, whole=True)
    assert list(change.added_lines.hashes) == list(hash_lines(["two lines"], KEY))
    assert not change.removed_lines


def test_a_line_added_again_knows_how_many_there_were():
    change = change_between(["same line\n"], ["same line\n" * 3], KEY, whole=True)
    assert list(change.added_lines.counts) == [2]
    assert list(change.added_lines.bases) == [1]
    assert list(change.added_lines.weights) == [8]


def test_edits_in_a_row_add_up_to_their_net_effect():
    steps = change_between(["a line", "b line"], ["b line", "c line"], KEY, whole=False)
    net = change_between(["a line"], ["c line"], KEY, whole=False)
    assert list(steps.added_lines.hashes) == list(net.added_lines.hashes)
    assert list(steps.removed_lines.hashes) == list(net.removed_lines.hashes)


def test_of_many_features_those_with_the_smallest_hashes_stand_for_all():
    many = "".join(f"value number {n}\n" for n in range(3_000))
    part = change_between([], [many], KEY, whole=True).added_lines
    assert (len(part.hashes), part.total) == (MAX_FEATURES, 3_000)
    every = np.sort(hash_lines([f"value number {n}" for n in range(3_000)], KEY))
    assert np.array_equal(part.hashes, every[:MAX_FEATURES])


def test_additions_are_the_same_from_counts_as_from_texts():
    before, after = "a b c d e\n", "a b c d e f g a b c d\n"
    part = additions(gram_counts(before, KEY), gram_counts(after, KEY))
    other = change_between([before], [after], KEY, whole=True).added_grams
    assert np.array_equal(part.hashes, other.hashes)
    assert np.array_equal(part.counts, other.counts)
    assert np.array_equal(part.bases, other.bases)


def test_a_part_can_be_narrowed_and_its_total_shrinks_with_it():
    part = additions(Counts.nothing(), gram_counts("a b c d e f g", KEY))
    half = part._replace(total=400).only(np.array([True, True, False, False]))
    assert (len(half.hashes), half.total) == (2, 200)
    assert not FeatureSet.nothing()
    assert part
