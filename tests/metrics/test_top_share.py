import pytest

from ledger.metrics.top_share import top_share
from tests.metrics.looking import look
from tests.metrics.rows import MONDAY_S, Row, spent


def blocks(*te: int):
    rows = [
        Row(at + 1, MONDAY_S + at * 1800, uses=(spent(size, MONDAY_S + at * 1800),))
        for at, size in enumerate(te)
    ]
    return top_share(look(rows))


@pytest.mark.parametrize(("number", "largest"), [(20, 1), (21, 2), (40, 2), (41, 3)])
def test_the_largest_twentieth_is_rounded_up(number, largest):
    even = blocks(*[10] * number)
    assert even.value == pytest.approx(largest / number)
    assert even.n == number


def test_one_huge_block_is_seen():
    assert blocks(*[1] * 19, 81).value == 0.81


def test_fewer_than_twenty_blocks_say_nothing():
    found = blocks(*[1] * 19)
    assert (found.value, found.n) == (None, 19)


def test_blocks_that_took_nothing_say_nothing():
    assert blocks(*[0] * 20).value is None
