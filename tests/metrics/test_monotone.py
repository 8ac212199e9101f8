import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.metrics.monotone import SURE, rise, rising

values = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.125, 8)), min_size=1, max_size=12)


@settings(max_examples=50)
@given(values)
def test_the_line_never_falls_and_keeps_the_mean(pairs):
    value, weight = (np.asarray(column) for column in zip(*pairs, strict=True))
    line = rising(value, weight)
    assert (np.diff(line) >= 0).all()
    assert (line * weight).sum() == pytest.approx((value * weight).sum(), abs=1e-9)


@settings(max_examples=50)
@given(values, st.lists(st.floats(-5, 5), min_size=12, max_size=12))
def test_no_other_rising_line_is_nearer(pairs, other):
    value, weight = (np.asarray(column) for column in zip(*pairs, strict=True))
    line, rival = rising(value, weight), np.sort(np.asarray(other[: len(value)]))
    best, worse = ((weight * (value - one) ** 2).sum() for one in (line, rival))
    assert best <= worse + 1e-9


def test_violators_are_pooled():
    assert rising(np.asarray([1.0, 3, 2, 5]), np.ones(4)).tolist() == [1.0, 2.5, 2.5, 5.0]


def test_a_clear_rise_is_sure_and_a_fall_is_its_mirror():
    value, day = np.arange(40.0), np.arange(40) // 2
    assert rise(value, day) > SURE
    assert rise(-value, day) == pytest.approx(-rise(value, day))


def test_days_that_hang_together_count_once():
    luck = np.random.default_rng(3).normal(0, 1, 12)
    day = np.repeat(np.arange(12), 20)
    together, apart = rise(luck[day], day), rise(luck[day], np.arange(240))
    assert abs(together) < abs(apart)


def test_values_all_alike_do_not_rise():
    assert rise(np.full(30, 0.5), np.arange(30)) == 0.0
