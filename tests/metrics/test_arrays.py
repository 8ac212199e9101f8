import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ledger.metrics.arrays import counted, distinct, mask_index, summed, weighed

pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2**59)), max_size=15)


@given(pairs)
def test_sums_by_group_are_exact_however_large(rows):
    index = np.asarray([group for group, _ in rows], dtype=np.intp)
    values = np.asarray([value for _, value in rows], dtype=np.int64)
    expected = [sum(value for group, value in rows if group == at) for at in range(5)]
    assert summed(index, values, 5).tolist() == expected
    assert summed(np.zeros(len(rows), np.intp), values, 1).tolist() == [sum(expected)]
    assert summed(index, values, 5).dtype == np.int64


@given(st.lists(st.integers(-50, 50)) | st.lists(st.integers(-(2**62), 2**62)))
def test_distinct_keys_come_in_order_with_the_place_of_each(keys):
    position, found = distinct(np.asarray(keys, dtype=np.int64))
    assert found.tolist() == sorted(set(keys))
    assert found[position].tolist() == keys


def test_counts_and_weights_have_a_place_for_every_group():
    index = np.asarray([0, 2, 2])
    assert counted(index, 4).tolist() == [1, 0, 2, 0]
    assert weighed(index, np.asarray([0.5, 1.0, 2.0]), 4).tolist() == [0.5, 0, 3, 0]


def test_all_is_picked_without_copying():
    assert mask_index(np.ones(3, dtype=np.bool_)) == slice(None)
    assert mask_index(np.asarray([False, True])).tolist() == [1]
