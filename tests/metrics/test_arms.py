import numpy as np
import pytest

from ledger.metrics.arms import Blocks, side
from tests.metrics.rows import Row, frame, spent


def blocks(*rows):
    """Return blocks from (arm, day, stratum, worth, mte)."""
    arm, day, stratum, worth, mte = (np.asarray(one) for one in zip(*rows, strict=True))
    here = np.arange(len(rows))
    return Blocks(arm, here, day, stratum, mte > 0, worth.astype(float), mte.astype(float), mte * 2)


def test_each_side_is_added_up():
    made = blocks((0, 1, 0, 1, 2), (0, 2, 0, 0.5, 3), (1, 1, 0, 1, 4))
    assert made.together(0) == (1.5, 5.0, 2)
    assert made.rate(0) == 1.5 / 10
    assert made.rate(1) == 1 / 8


def test_a_side_without_exposure_has_no_rate():
    assert blocks((0, 1, 0, 1, 2)).rate(1) is None


def test_a_stratum_is_shared_from_three_blocks_of_each_side_on():
    rows = [(arm, day, arm_or_0, 1, 1) for arm in (0, 1) for day in range(3) for arm_or_0 in (0,)]
    rows += [(0, day, 1, 1, 1) for day in range(9)] + [(1, day, 1, 1, 1) for day in range(2)]
    shared = blocks(*rows).in_shared_strata()
    assert set(shared.stratum.tolist()) == {0}
    assert len(shared.arm) == 6


def test_nothing_is_shared_by_nobody():
    made = blocks((0, 1, 0, 1, 2)).where(np.zeros(1, np.bool_))
    assert len(made.in_shared_strata().arm) == 0


def test_days_are_the_units_where_both_sides_have_enough_of_them():
    rows = [(arm, day, 0, 0.5, 1) for arm in (0, 1) for day in range(10) for _ in range(2)]
    cells = blocks(*rows).cells(10)
    assert len(cells.unit) == 20
    assert set(cells.worth) == {1.0}
    assert len(blocks(*rows).cells(11).unit) == 40


@pytest.mark.parametrize(("cost", "unpriced"), [(1.0, 0.0), (np.nan, 0.5)])
def test_a_side_says_how_much_of_it_is_known(cost, unpriced):
    rows = [
        Row(1, tag=1, uses=(spent(300),)),
        Row(2, tag=0, uses=(spent(100, unknown=1, requests=4),)),
        Row(3, intent=1, uses=(spent(100),)),
    ]
    made = frame(rows)
    found = side(made, "x", np.arange(3), np.asarray([1.0, cost, np.nan]))
    assert found.coverage == 0.75
    assert found.unpriced == unpriced
    assert found.unknown == pytest.approx(1 / 6)
    assert found.exempt == pytest.approx(0.2)


def test_an_empty_side_knows_nothing():
    made = frame([Row(1)])
    assert side(made, "x", np.zeros(0, int), None) == ("x", None, 0.0, 0.0, 0.0)
