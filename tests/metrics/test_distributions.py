import math
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.metrics.distributions import (
    beta_below,
    beta_quantile,
    gamma_below,
    gamma_quantile,
    jeffreys,
    student,
)

shares = st.sampled_from((0.025, 0.1, 0.5, 0.9, 0.975))


@settings(max_examples=50)
@given(shares, st.floats(0.1, 4000))
def test_a_quantile_has_its_share_below(share, shape):
    assert gamma_below(gamma_quantile(share, shape, 1.0), shape) == pytest.approx(share, abs=1e-8)


@settings(max_examples=30)
@given(shares, st.floats(0.5, 50), st.floats(0.01, 100))
def test_the_rate_only_scales(share, shape, rate):
    assert gamma_quantile(share, shape, rate) == gamma_quantile(share, shape, 1.0) / rate


@pytest.mark.parametrize("x", [0.1, 1.0, 4.0])
def test_shape_one_is_the_exponential(x):
    assert gamma_below(x, 1.0) == pytest.approx(1 - exp(-x))


def test_shape_five_is_the_poisson_tail():
    mean = 3.5
    below = sum(exp(-mean) * mean**k / f for k, f in enumerate((1, 1, 2, 6, 24)))
    assert gamma_below(mean, 5.0) == pytest.approx(1 - below)


def test_a_huge_shape_joins_on_to_the_exact_ones():
    exact, quick = (gamma_quantile(0.975, shape, shape) for shape in (4999.9, 5000.1))
    assert exact == pytest.approx(quick, rel=2e-6)


def test_nothing_lies_below_zero():
    assert gamma_below(0.0, 2.0) == gamma_below(-1.0, 2.0) == 0.0


ends = st.sampled_from((0.025, 0.05, 0.5, 0.9, 0.975))


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


def halved(share, a, b):
    """Return the quantile by halving alone: slow, and plain to see that it is right."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_below(middle, a, b) < share else (low, middle)
    return low


@settings(max_examples=60)
@given(ends, st.floats(0.5, 5000), st.floats(0.5, 5000))
def test_a_beta_quantile_is_the_one_that_halving_finds(share, a, b):
    assert beta_quantile(share, a, b) == pytest.approx(halved(share, a, b), rel=1e-8, abs=1e-12)


def test_a_quantile_is_found_where_a_step_would_lead_beyond_one():
    found = beta_quantile(0.67, 61.25, 3.52)
    assert beta_below(found, 61.25, 3.52) == pytest.approx(0.67, abs=1e-7)


def test_a_huge_number_of_values_is_as_right_as_a_small_one():
    huge = (0.025, 40_000.5, 60_000.5)
    assert beta_quantile(*huge) == pytest.approx(halved(*huge), rel=1e-8)


@settings(max_examples=30)
@given(st.integers(1, 300), st.integers(0, 600))
def test_the_mean_lies_within_its_interval(number, halves):
    total = min(halves / 2, number)
    low, high = jeffreys(total, number)
    assert 0 <= low <= total / number <= high <= 1
    assert low < high


def test_nothing_known_is_anything():
    assert jeffreys(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("degrees", "expected"), [(1, 12.7062), (5, 2.5706), (9, 2.2622), (30, 2.0423), (400, 1.9659)]
)
def test_students_t_is_that_of_the_tables(degrees, expected):
    assert student(0.975, degrees) == pytest.approx(expected, abs=1e-4)
