import numpy as np
import pytest

from ledger.metrics.knee import knee

SIZE = np.sort(np.random.default_rng(1).lognormal(0, 1, 200))
DAY = np.arange(200) * 7 % 25
CUTS = np.arange(0, 201, 25)


def worth(rate):
    return (np.random.default_rng(2).random(200) < rate).astype(np.float64)


def found(values, overall=0.5, cuts=CUTS):
    return knee(SIZE, values, cuts, DAY, overall=overall)


def test_worth_that_rises_and_then_stays_has_its_knee_where_it_stops():
    place = found(worth(np.clip(SIZE / 1.2, 0, 1)))
    assert place is not None
    assert 1.0 < place < 4.5


def test_worth_that_never_rose_has_no_knee():
    assert found(worth(np.full(200, 0.7))) is None
    assert found(worth(np.clip(1 - SIZE / 4, 0, 1))) is None


def test_worth_that_goes_on_rising_has_no_knee():
    assert found(np.clip(SIZE / SIZE[-1], 0, 1), overall=0.02) is None


@pytest.mark.parametrize("overall", [0.0, -1.0])
def test_without_a_ratio_there_is_nothing_to_compare_with(overall):
    assert found(worth(np.clip(SIZE, 0, 1)), overall=overall) is None


def test_fifty_blocks_are_needed():
    args = SIZE[:49], np.linspace(0, 1, 49), np.asarray([0, 20, 49]), DAY[:49]
    assert knee(*args, overall=5.0) is None


def test_one_bin_has_no_step():
    assert found(worth(np.clip(SIZE, 0, 1)), cuts=np.asarray([0, 200])) is None
