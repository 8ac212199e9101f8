from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.metrics.gamma import gamma_below, gamma_quantile

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
