from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.metrics.block_size import block_size, middle_rank
from tests.metrics.looking import look
from tests.metrics.rows import MONDAY_S, Row, spent

MTE = 20_000_000


def sized(*mte: float):
    rows = [
        Row(at + 1, MONDAY_S + at * 1800, uses=(spent(round(size * MTE), MONDAY_S + at * 1800),))
        for at, size in enumerate(mte)
    ]
    return block_size(look(rows))


def test_half_of_the_blocks_are_smaller():
    assert sized(5, 1, 2).value == 2.0
    assert sized(1, 2, 4, 100).value == 3.0


def test_a_few_blocks_have_no_interval():
    found = sized(1, 2, 3)
    assert (found.low, found.high, found.n) == (None, None, 3)


def test_the_interval_lies_between_two_of_the_sizes():
    found = sized(*range(1, 21))
    assert (found.low, found.value, found.high) == (6.0, 10.5, 15.0)


def test_without_blocks_nothing_is_said():
    assert sized().value is None


@pytest.mark.parametrize("n", [6, 8, 9, 20, 100, 999])
def test_the_ranks_hold_the_median_for_at_least_95_percent_of_samples(n):
    rank = middle_rank(n)
    outside = 2 * sum(comb(n, k) for k in range(rank)) / 2**n
    assert outside <= 0.05
    assert outside + 2 * comb(n, rank) / 2**n > 0.05  # and no closer pair does


@given(st.integers(1000, 10**6))
def test_ranks_of_many_lie_below_the_middle(n):
    assert 0.4 * n < middle_rank(n) < n / 2


def test_the_interval_holds_the_true_median_as_often_as_it_says():
    drawn = np.random.default_rng(5).lognormal(0, 1.5, (400, 31))
    drawn.sort(axis=1)
    rank = middle_rank(31)
    holds = (drawn[:, rank - 1] <= 1) & (drawn[:, 31 - rank] >= 1)
    assert 0.92 <= holds.mean() <= 0.99
