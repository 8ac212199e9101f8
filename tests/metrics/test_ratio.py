from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.metrics.ratio import (
    SCALE,
    Cost,
    DataQuality,
    all_fourths,
    blocks_needed,
    headline_denominator_x4,
    mte,
    str_of,
)

amounts = st.integers(0, 10**15)
ENOUGH = DataQuality(decided=30, days=3, coverage=0.5, unknown=0.2)


@given(amounts, amounts)
def test_the_headline_leaves_out_a_quarter_at_most(delivering, exempt):
    everything = Fraction(delivering + exempt)
    expected = everything - min(Fraction(exempt), everything / 4)
    assert Fraction(headline_denominator_x4(Cost(delivering, exempt)), 4) == expected
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


def test_enough_evidence_allows_interval_and_point():
    assert ENOUGH.allows_interval
    assert ENOUGH.allows_point(1.0, 6.0)


@pytest.mark.parametrize(
    "lacking",
    [{"decided": 7}, {"days": 2}, {"coverage": 0.49}, {"coverage": None}, {"unknown": 0.21}],
)
def test_each_gate_closes_alone(lacking):
    found = ENOUGH._replace(**lacking)
    assert not found.allows_interval
    assert not found.allows_point(1.0, 2.0)


def test_eight_blocks_allow_an_interval_and_no_point():
    found = ENOUGH._replace(decided=8)
    assert found.allows_interval
    assert not found.allows_point(1.0, 2.0)
    assert not ENOUGH._replace(decided=29).allows_point(1.0, 2.0)


@pytest.mark.parametrize("ends", [(None, None), (1.0, 6.01)])
def test_no_point_without_an_interval_or_with_too_wide_a_one(ends):
    assert not ENOUGH.allows_point(*ends)


@pytest.mark.parametrize(
    ("blocks", "share", "needed"), [(0, None, 8), (10, 0.5, 3), (10, 0.8, 0), (100, 0.01, 7)]
)
def test_the_number_still_needed_is_what_is_missing_to_eight(blocks, share, needed):
    assert blocks_needed(blocks, share) == needed
