import pytest
from hypothesis import given

from ledger.core.figures import Doubt
from ledger.metrics.blocks_per_day import blocks_per_day
from tests.metrics.looking import look, tagged_blocks
from tests.metrics.rows import MONDAY_S, Row, ledgers


def test_only_days_with_a_block_count():
    found = blocks_per_day(look(tagged_blocks([1, 0, 3, 2, 1, 1], per_day=4)))
    assert (found.value, found.n, found.of) == (3.0, 2, "active days")
    assert (found.low, found.high) == (None, None)


def test_enough_days_have_an_interval_around_the_mean():
    rows = [
        Row(10 * day + half, MONDAY_S + day * 86_400 + half * 1800)
        for day in range(12)
        for half in range(1 + day % 5)
    ]
    found = blocks_per_day(look(rows))
    assert (found.doubt, found.n) == (Doubt.INTERVAL, 12)
    assert found.value == pytest.approx(len(rows) / 12)
    assert 1 < found.low < found.value < found.high < 5
    assert blocks_per_day(look(rows, interval=False)).low is None


def test_days_all_alike_leave_no_doubt():
    found = blocks_per_day(look(tagged_blocks([1] * 12, per_day=4)))
    assert found.low == found.high == found.value == 4.0


def test_experiments_and_automation_make_no_blocks():
    assert blocks_per_day(look([Row(1, intent=1), Row(2, origin=4)])).value is None
    assert blocks_per_day(look([])).value is None


@given(ledgers(days=5))
def test_blocks_and_days_are_those_of_the_summary(rows):
    one = look(rows)
    found, ratio = blocks_per_day(one), one.summary.ratio
    assert found.n == ratio.days
    assert (found.value or 0) * found.n == pytest.approx(ratio.blocks)
