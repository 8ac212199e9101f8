import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.metrics.rates import mean_interval, quantile, student
from ledger.metrics.shares import beta_below, beta_quantile, jeffreys

ends = st.sampled_from((0.025, 0.05, 0.5, 0.9, 0.975))


@settings(max_examples=50)
@given(st.integers(1, 3000), st.floats(0, 1))
def test_a_rate_has_the_jeffreys_interval(number, share):
    hits = round(number * share)
    assert mean_interval(hits, number) == pytest.approx(jeffreys(hits, number), abs=1e-8)


@settings(max_examples=50)
@given(ends, st.floats(0.5, 500), st.floats(0.5, 500))
def test_a_quantile_has_its_share_below(share, a, b):
    assert beta_below(quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-7)


def test_a_huge_number_of_values_is_as_right_as_a_small_one():
    assert quantile(0.025, 40_000.5, 60_000.5) == pytest.approx(
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
