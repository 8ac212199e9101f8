import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.metrics.shares import beta_below, beta_quantile, coverage, jeffreys, kept_share, share


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [
        (0, 5, 0.00, 0.38),
        (3, 5, 0.21, 0.91),
        (5, 5, 0.62, 1.00),
        (8, 10, 0.50, 0.96),
        (16, 20, 0.59, 0.93),
        (40, 50, 0.67, 0.89),
    ],
)
def test_jeffreys_intervals_are_those_of_the_table(hits, tries, low, high):
    found = jeffreys(hits, tries)
    assert (round(found[0], 2), round(found[1], 2)) == (low, high)


def test_without_tries_anything_is_possible():
    assert jeffreys(0, 0) == (0.0, 1.0)


@given(st.integers(1, 2000), st.data())
def test_a_jeffreys_interval_holds_the_rate(tries, data):
    hits = data.draw(st.integers(0, tries))
    low, high = jeffreys(hits, tries)
    assert 0 <= low <= hits / tries <= high <= 1
    mirrored = jeffreys(tries - hits, tries)
    assert (1 - high, 1 - low) == pytest.approx(mirrored, abs=1e-9)


@given(st.integers(1, 12), st.integers(1, 12), st.floats(0.001, 0.999))
def test_the_beta_of_whole_numbers_is_a_sum_of_binomials(a, b, x):
    n = a + b - 1
    below = sum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
    assert beta_below(x, a, b) == pytest.approx(below, abs=1e-12)


@given(st.floats(0.5, 500), st.floats(0.5, 500), st.floats(0.01, 0.99))
def test_a_quantile_cuts_off_its_share(a, b, part):
    assert beta_below(beta_quantile(part, a, b), a, b) == pytest.approx(part, abs=1e-6)


@pytest.mark.parametrize(("x", "below"), [(0.0, 0.0), (1.0, 1.0), (-1.0, 0.0), (2.0, 1.0)])
def test_nothing_lies_outside_zero_and_one(x, below):
    assert beta_below(x, 2.5, 3.5) == below


def test_a_share_of_nothing_is_not_said():
    assert share(0, 0) is None
    assert coverage([0] * 4) is None
    assert kept_share([0] * 4, [0] * 4, 50) == (None, None)


def test_shares_of_token_equivalents():
    by_tag = np.asarray([10, 40, 20, 30])
    assert coverage(by_tag) == 0.9
    assert kept_share(by_tag, by_tag, 50) == (0.5, 0.6)
    assert kept_share(by_tag, by_tag, 0) == (0.4, 0.5)


def test_what_is_not_sure_moves_the_share_on_the_side_of_its_tag():
    assert kept_share([0, 40, 0, 60], [0, 140, 0, 60], 50) == (0.4, 0.7)
    assert kept_share([0, 40, 0, 60], [0, 40, 0, 160], 50) == (0.2, 0.4)
    assert kept_share([0, 40, 0, 60], [100, 40, 0, 60], 50) == (0.2, 0.7)
