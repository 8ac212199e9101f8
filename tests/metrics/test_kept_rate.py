import numpy as np
import pytest
from hypothesis import given

from ledger.core.figures import Doubt
from ledger.metrics.kept_rate import kept_rate
from ledger.metrics.shares import jeffreys
from tests.metrics.looking import look, tagged_blocks
from tests.metrics.rows import MONDAY_S, Row, ledgers, spent


def test_the_rate_has_the_interval_of_a_rate():
    found = kept_rate(look(tagged_blocks([1] * 8 + [2, 3])))
    assert (found.value, found.n, found.doubt) == (0.8, 10, Doubt.INTERVAL)
    assert (found.low, found.high) == jeffreys(8, 10)
    assert "8 of 10" in found.note


def test_too_few_tagged_blocks_give_bounds():
    found = kept_rate(look(tagged_blocks([1, 1, 3, 0])))
    assert (found.value, found.low, found.high, found.n) == (None, 0.5, 0.75, 4)
    assert found.doubt is Doubt.BOUNDS
    assert kept_rate(look([])).low is None


def test_blocks_on_too_few_days_give_bounds():
    found = kept_rate(look(tagged_blocks([1, 3] * 6, per_day=6)))
    assert (found.doubt, found.value) == (Doubt.BOUNDS, None)


def test_tagging_half_of_each_block_at_random_does_not_raise_the_rate():
    """Of merely decided blocks all would be kept: a kept tag decides one, a thrown-away tag not."""
    dice = np.random.default_rng(7)
    rows = []
    for number in range(400):
        day, half = divmod(number, 8)
        time_s = MONDAY_S + day * 86_400 + half * 1800
        outcome = 1 if dice.random() < 0.5 else 3
        for each in range(2):
            tag = outcome if dice.random() < 0.7 else 0
            rows.append(Row(number * 2 + each, time_s + each, tag=tag, uses=(spent(10, time_s),)))
    one = look(rows, interval=False)
    found = kept_rate(one)
    assert found.value == pytest.approx(0.5, abs=0.08)
    assert found.low < 0.5 < found.high


@given(ledgers(days=4))
def test_the_value_lies_between_the_ends(rows):
    found = kept_rate(look(rows, interval=False))
    ends = [end for end in (found.low, found.value, found.high) if end is not None]
    assert ends == sorted(ends)
    assert all(0 <= end <= 1 for end in ends)
