import pytest

from ledger.core.figures import Doubt
from ledger.core.filters import Filter
from ledger.metrics.cost import cost, priced
from tests.metrics.looking import look
from tests.metrics.pricing import book_of, used
from tests.metrics.rows import Row, Use

DOLLAR = 1_000_000
BOOK = book_of({"m-a": DOLLAR})
MILLION = 1_000_000


def row(identity: int, *uses: Use, **more) -> Row:
    return Row(identity, uses=uses, **more)


def test_the_cost_is_the_sum_of_what_everything_cost():
    found = cost(look([row(1, used(fresh=MILLION)), row(2, used(output=MILLION))], book=BOOK))
    assert (found.low, found.value, found.high) == (6.0, 6.0, 6.0)
    assert (found.n, found.of, found.doubt) == (2, "requests", Doubt.BOUNDS)
    assert "2026-06-01" in found.note


def test_what_has_no_price_leaves_only_an_at_least():
    rows = [row(1, used(fresh=MILLION)), row(2, used(fresh=3 * MILLION, model="m-b"))]
    found = cost(look(rows, book=BOOK))
    assert (found.value, found.low, found.high) == (None, 1.0, None)
    assert "no price" in found.note
    assert priced(look(rows, book=BOOK)).value == 0.25


def test_without_anything_used_there_is_no_cost():
    found = cost(look([Row(1)], book=BOOK))
    assert (found.value, found.low, found.high) == (None, None, None)
    assert priced(look([Row(1)], book=BOOK)).value is None


def test_without_a_table_the_figure_says_so():
    for question in (cost, priced):
        found = question(look([row(1, used(fresh=1))]))
        assert found.value is None
        assert "price table" in found.note


def test_unknown_requests_cost_as_much_as_the_others_on_average_when_they_are_few():
    rows = [row(1, used(fresh=MILLION, requests=9)), row(2, Use(0, unknown=1))]
    found = cost(look(rows, book=BOOK))
    assert found.value == pytest.approx(1 / 0.9)
    assert (found.low, found.high) == (1.0, 1.5)
    many = [row(1, used(fresh=MILLION)), row(2, Use(0, unknown=1))]
    assert cost(look(many, book=BOOK)).value is None


def test_an_assumed_life_in_the_cache_is_said():
    use = used(five=400)
    found = cost(look([row(1, Use(use.te + 1, counters=use.counters))], book=BOOK))
    assert "five minutes" in found.note
    assert found.low < found.high


def test_only_what_is_selected_costs():
    rows = [row(1, used(fresh=MILLION)), row(2, used(fresh=MILLION), tool="codex")]
    wanted = Filter(tools=frozenset({"codex"}))
    assert cost(look(rows, wanted, book=BOOK)).value == 1.0
