import pytest
from hypothesis import given

from ledger.metrics.cost_per_block import (
    cost_per_block,
    cost_per_block_marginal,
    cost_per_block_paid,
    kept_blocks,
)
from ledger.metrics.plan import DAYS_A_MONTH
from tests.metrics.looking import look, tagged_blocks
from tests.metrics.pricing import book_of, used
from tests.metrics.rows import MODELS, MONDAY_S, Row, ledgers

BOOK = book_of(dict.fromkeys(MODELS, 1_000_000))
MILLION = 1_000_000


def rows(*tags: int) -> list[Row]:
    """Return a dollar's worth in a block of its own for each tag, twenty a day."""
    times = [MONDAY_S + at // 20 * 86_400 + at % 20 * 1800 for at in range(len(tags))]
    return [
        Row(at + 1, time_s, tag=tag, uses=(used(MILLION, time_s=time_s),))
        for at, (time_s, tag) in enumerate(zip(times, tags, strict=True))
    ]


def test_the_cost_is_shared_by_the_blocks_that_were_kept():
    found = cost_per_block(look(rows(1, 1, 2, 3), book=BOOK))
    assert (found.low, found.high) == (4 / 2.5, 4 / 2.5)
    assert (found.value, found.n) == (None, 4)  # four blocks allow no single value


def test_untagged_blocks_give_a_least_and_a_most():
    found = cost_per_block(look(rows(1, 0, 3), book=BOOK))
    assert (found.low, found.high) == (1.5, 3.0)


def test_while_nothing_is_kept_there_is_no_most():
    found = cost_per_block(look(rows(0, 3), book=BOOK))
    assert (found.low, found.high) == (2.0, None)
    nothing = cost_per_block(look(rows(3), book=BOOK))
    assert (nothing.low, nothing.value, nothing.high) == (None, None, None)


def test_what_has_no_price_leaves_only_an_at_least():
    found = cost_per_block(look(rows(1), book=book_of({})))
    assert (found.value, found.high) == (None, None)


def test_with_enough_tags_there_is_a_single_value():
    found = cost_per_block(look(rows(*[1, 1, 3] * 20), book=BOOK))
    assert found.low == found.high == pytest.approx(1.5)
    assert found.value == pytest.approx(1.5)


def test_a_plans_fee_is_shared_by_days_and_kept_blocks():
    found = cost_per_block_paid(look(rows(1, 1), plan_fee_month=100, period_days=7))
    assert found.low == found.high == pytest.approx(100 * 7 / DAYS_A_MONTH / 2)
    assert cost_per_block_paid(look(rows(1, 1))).note.startswith("No plan")


def test_inside_a_plan_one_more_block_costs_from_nothing_to_list_prices():
    inside = cost_per_block_marginal(look(rows(1, 1), book=BOOK, plan_fee_month=100))
    assert (inside.value, inside.low, inside.high) == (None, 0.0, 1.0)
    without = look(rows(1, 1), book=BOOK)
    assert cost_per_block_marginal(without) == cost_per_block(without)


@pytest.mark.parametrize("question", [cost_per_block, cost_per_block_paid, cost_per_block_marginal])
def test_without_a_table_or_work_nothing_is_said(question):
    for some in ([], rows(1)):
        found = question(look(some, plan_fee_month=0))
        assert (found.value, found.low, found.high) == (None, None, None)
    assert question(look([], book=BOOK, plan_fee_month=5)).value is None


def test_the_best_number_of_kept_blocks_lies_between_its_bounds():
    found = kept_blocks(look(tagged_blocks([1, 1, 3, 2, 0] * 12)))
    assert (found.least, found.most) == (30.0, 42.0)
    assert found.least < found.best < found.most


@given(ledgers(days=4))
def test_the_value_lies_between_the_ends(some):
    for question in (cost_per_block, cost_per_block_paid, cost_per_block_marginal):
        found = question(look(some, book=BOOK, plan_fee_month=20))
        ends = [end for end in (found.low, found.value, found.high) if end is not None]
        assert ends == sorted(ends)
