"""Round values along an axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.ui.round_steps import round_step, ticks


@given(st.floats(1e-6, 1e9), st.integers(1, 12))
def test_a_round_step_makes_few_enough_parts(span, most):
    step = round_step(span, most)
    assert span / step <= most * (1 + 1e-6)


@pytest.mark.parametrize(
    ("span", "most", "step"), [(10, 5, 2), (10, 2, 5), (0.9, 4, 0.5), (0, 3, 1.0), (95, 5, 20)]
)
def test_steps_are_one_two_or_five(span, most, step):
    assert round_step(span, most) == pytest.approx(step)


def test_ticks_begin_at_zero_and_stay_within():
    assert ticks(4.2, 5) == [0, 1, 2, 3, 4]
