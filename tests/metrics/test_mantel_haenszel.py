from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.metrics import mantel_haenszel
from ledger.metrics.mantel_haenszel import Cells, stratified

TRAP = {0: ((9.0, 2.0), (40.0, 10.0)), 1: ((12.0, 12.0), (1.0, 1.25))}  # easy, hard work


def spread(strata, units=40, seed=1):
    """Return cells in which each stratum's sums are spread over units, unevenly."""
    random = np.random.default_rng(seed)
    rows = []
    for stratum, arms in strata.items():
        for arm, (worth, exposure) in enumerate(arms):
            share = random.dirichlet(np.full(units, 3.0), 2)
            rows += [
                (unit, stratum, arm, worth * share[0, unit], exposure * share[1, unit])
                for unit in range(units)
            ]
    return Cells(*(np.asarray(column) for column in zip(*rows, strict=True)))


def test_within_like_work_the_order_can_be_the_other_way_round():
    found = stratified(spread(TRAP))
    top = 9 * 10 / 12 + 12 * 1.25 / 13.25
    bottom = 40 * 2 / 12 + 1 * 12 / 13.25
    assert found.ratio == pytest.approx(top / bottom)
    assert found.ratio == pytest.approx(1.14, abs=0.06)
    assert (9 + 12) / 14 / ((40 + 1) / 11.25) < 0.45  # crudely the first looks far worse
    assert found.low < found.ratio < found.high


@settings(max_examples=25)
@given(
    st.lists(st.tuples(*[st.floats(0.5, 20)] * 4), min_size=1, max_size=4),
    st.integers(0, 10**6),
)
def test_swapping_the_sides_turns_the_ratio_over(strata, seed):
    cells = spread({at: ((a, t), (b, u)) for at, (a, t, b, u) in enumerate(strata)}, 12, seed)
    one, other = stratified(cells), stratified(cells._replace(arm=1 - cells.arm))
    if one is None or other is None:
        assert one is other
        return
    assert other.ratio == pytest.approx(1 / one.ratio)
    assert other.low == pytest.approx(1 / one.high, rel=1e-6)
    assert other.probability == pytest.approx(1 - one.probability, abs=1e-9)


def test_one_stratum_is_the_plain_ratio_of_ratios():
    found = stratified(spread({0: ((30.0, 10.0), (20.0, 10.0))}))
    assert found.ratio == pytest.approx(1.5)


def test_the_linearised_error_is_that_of_greenland_and_robins_for_single_events():
    """Poisson events against fixed exposure: Var = sum(m t1 t0 / t^2) / (top * bottom)."""
    a, t1, b, t0 = 40, 10.0, 20, 10.0
    units = np.arange(a + b)
    arm = (units >= a).astype(int)
    events = Cells(units, np.zeros(a + b, int), arm, np.ones(a + b), np.zeros(a + b))
    ground = Cells(np.asarray([900, 901]), np.zeros(2, int), np.asarray([0, 1]), np.zeros(2),
                   np.asarray([t1, t0]))  # fmt: skip
    cells = Cells(*(np.concatenate(both) for both in zip(events, ground, strict=True)))
    plan = mantel_haenszel._plan_of(cells)
    log_ratio, error = (one[0] for one in mantel_haenszel._log_ratio(plan, np.ones((62, 1))))
    assert exp(log_ratio) == pytest.approx(2.0)
    expected = (a + b) * t1 * t0 / (t1 + t0) ** 2 / ((a * t0 / (t1 + t0)) * (b * t1 / (t1 + t0)))
    assert sqrt(1 / a + 1 / b) == pytest.approx(sqrt(expected))
    assert error >= sqrt(expected)  # exposure drawn again adds doubt of its own


def test_too_many_cells_use_the_linearised_error_and_say_about_the_same(monkeypatch):
    cells = spread({0: ((300.0, 100.0), (200.0, 100.0))}, units=200)
    drawn = stratified(cells)
    monkeypatch.setattr(mantel_haenszel, "MAX_BOOTSTRAP_CELLS", 10)
    quick = stratified(cells)
    assert quick.ratio == drawn.ratio
    assert log(quick.low) == pytest.approx(log(drawn.low), abs=0.03)
    assert log(quick.high) == pytest.approx(log(drawn.high), abs=0.03)
    assert quick.probability == pytest.approx(drawn.probability, abs=0.02)


def test_drawing_in_parts_changes_nothing(monkeypatch):
    cells = spread(TRAP)
    whole = stratified(cells)
    monkeypatch.setattr(mantel_haenszel, "MAX_IN_MEMORY", 500)
    assert stratified(cells) == pytest.approx(whole)


@pytest.mark.parametrize(
    "strata",
    [{}, {0: ((0.0, 5.0), (3.0, 5.0))}, {0: ((3.0, 5.0), (0.0, 5.0))}],
    ids=["nothing", "first worthless", "second worthless"],
)
def test_no_ratio_is_said_of_nothing(strata):
    cells = spread(strata) if strata else Cells(*(np.zeros(0, int) for _ in range(5)))
    assert stratified(cells) is None


def test_sides_exactly_alike_are_neither_better():
    each = np.arange(8)
    cells = Cells(
        np.tile(each, 2), np.zeros(16, int), np.repeat([0, 1], 8), np.ones(16), np.ones(16)
    )
    assert stratified(cells) == (1.0, 1.0, 1.0, 0.5)
