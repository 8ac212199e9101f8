import pytest
from hypothesis import given

from ledger.metrics.exploration import exploration
from tests.metrics.looking import look
from tests.metrics.rows import Row, Use, ledgers, spent


def test_the_share_is_of_all_that_was_spent():
    rows = [Row(1, uses=(spent(75),)), Row(2, intent=1, uses=(spent(25),))]
    found = exploration(look(rows))
    assert (found.value, found.n, found.low, found.high) == (0.25, 1, None, None)


def test_automation_is_no_experiment():
    rows = [Row(1, uses=(spent(50),)), Row(2, intent=1, origin=4, uses=(spent(50),))]
    assert exploration(look(rows)).value == 0.0


def test_what_is_estimated_gives_the_share_ends():
    rows = [Row(1, uses=(Use(50, 25, 100),)), Row(2, intent=1, uses=(spent(50),))]
    found = exploration(look(rows))
    assert (found.low, found.value, found.high) == (pytest.approx(1 / 3), 0.5, pytest.approx(2 / 3))


def test_where_nothing_was_spent_nothing_is_said():
    assert exploration(look([Row(1, intent=1)])).value is None


@given(ledgers(least=1))
def test_the_value_lies_between_the_ends(rows):
    found = exploration(look(rows))
    if found.low is not None:
        assert 0 <= found.low <= found.value <= found.high <= 1
