import pytest

from ledger.metrics.tokens_per_block import tokens_per_block
from tests.metrics.looking import look, tagged_blocks


def test_it_is_the_ratio_turned_over():
    one = look(tagged_blocks([1, 1, 3] * 20))
    found = tokens_per_block(one)
    assert found.value == pytest.approx(1.5)
    assert (found.low, found.high) == (found.value, found.value)
    assert found.n == 60


def test_untagged_blocks_give_a_least_and_a_most():
    found = tokens_per_block(look(tagged_blocks([1, 0, 3])))
    assert (found.value, found.low, found.high) == (None, 1.5, 3.0)


def test_while_nothing_is_kept_there_is_no_most():
    found = tokens_per_block(look(tagged_blocks([3, 0])))
    assert (found.low, found.high) == (2.0, None)


def test_without_work_nothing_is_said():
    found = tokens_per_block(look([]))
    assert (found.value, found.low, found.high) == (None, None, None)
