from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.metrics.distributions import (
    fast_beta_quantile,
    gamma_below,
    gamma_quantile,
    mean_interval,
    student,
)
from ledger.metrics.shares import beta_below, beta_quantile, jeffreys

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


@settings(max_examples=50)
@given(st.integers(1, 3000), st.floats(0, 1))
def test_a_rate_has_the_jeffreys_interval(number, share):
    hits = round(number * share)
    assert mean_interval(hits, number) == pytest.approx(jeffreys(hits, number), abs=1e-8)


@settings(max_examples=50)
@given(ends, st.floats(0.5, 500), st.floats(0.5, 500))
def test_a_quantile_has_its_share_below_rates(share, a, b):
    assert beta_below(fast_beta_quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-7)


def test_a_quantile_is_found_where_a_step_would_lead_beyond_one():
    found = fast_beta_quantile(0.67, 61.25, 3.52)
    assert beta_below(found, 61.25, 3.52) == pytest.approx(0.67, abs=1e-7)


def test_a_huge_number_of_values_is_as_right_as_a_small_one():
    assert fast_beta_quantile(0.025, 40_000.5, 60_000.5) == pytest.approx(
        beta_quantile(0.025, 40_000.5, 60_000.5), rel=1e-7
    )


@settings(max_examples=30)
@given(st.integers(1, 300), st.integers(0, 600))
def test_the_mean_lies_within_its_interval(number, halves):
    total = min(halves / 2, number)
    low, high = mean_interval(total, number)
    assert 0 <= low <= total / number <= high <= 1
    assert low < high


def test_nothing_known_is_anything():
    assert mean_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("degrees", "expected"), [(1, 12.7062), (5, 2.5706), (9, 2.2622), (30, 2.0423), (400, 1.9659)]
)
def test_students_t_is_that_of_the_tables(degrees, expected):
    assert student(0.975, degrees) == pytest.approx(expected, abs=1e-4)
