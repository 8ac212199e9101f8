from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.metrics.ratio import SCALE, Cost, all_fourths, headline_fourths, mte, str_of

amounts = st.integers(0, 10**15)


@given(amounts, amounts)
def test_the_headline_leaves_out_a_quarter_at_most(delivering, exempt):
    everything = Fraction(delivering + exempt)
    expected = everything - min(Fraction(exempt), everything / 4)
    assert Fraction(headline_fourths(Cost(delivering, exempt)), 4) == expected
    assert Fraction(all_fourths(Cost(delivering, exempt)), 4) == everything


def test_one_block_per_million_token_equivalents_is_one():
    fourths = 4 * 20 * 1_000_000
    assert str_of(Fraction(100), fourths) == 1.0
    assert str_of(50.0, fourths) == 0.5
    assert SCALE == 800_000


@pytest.mark.parametrize("worth", [Fraction(0), Fraction(100), 3.0])
def test_nothing_spent_gives_no_ratio(worth):
    assert str_of(worth, 0) is None


@given(st.fractions(0, 10**9), st.integers(1, 10**18))
def test_a_fraction_is_rounded_once(worth, fourths):
    assert str_of(worth, fourths) == float(worth * SCALE / fourths)


def test_mte_is_a_million_token_equivalents():
    assert mte(20_000_000) == 1.0
