from datetime import UTC

import pytest
from hypothesis import given

from ledger.core.figures import Doubt
from ledger.core.filters import Filter
from ledger.core.prices import Rates
from ledger.core.tariff import Tariff, Tier
from ledger.metrics.cost import (
    DAYS_A_MONTH,
    cost,
    cost_per_block,
    cost_per_block_marginal,
    cost_per_block_paid,
    fee_share,
    kept_blocks,
    priced,
)
from tests.metrics.pricing import book_of, used
from tests.metrics.querying import query_of, tagged_blocks
from tests.metrics.rows import MODELS, MONDAY_S, Row, Use, frame, ledgers, spent

DOLLAR = 1_000_000
BOOK = book_of({"m-a": DOLLAR})
MILLION = 1_000_000
BOOK_COST_PER_BLOCK = book_of(dict.fromkeys(MODELS, 1_000_000))
DAY_S = 86_400
CODEX, CLAUDE = (Filter(tools=frozenset({tool})) for tool in ("codex", "claude-code"))


def row(identity: int, *uses: Use, **more) -> Row:
    return Row(identity, uses=uses, **more)


def test_the_cost_is_the_sum_of_what_everything_cost():
    found = cost(query_of([row(1, used(fresh=MILLION)), row(2, used(output=MILLION))], book=BOOK))
    assert (found.low, found.value, found.high) == (6.0, 6.0, 6.0)
    assert (found.n, found.of, found.doubt) == (2, "requests", Doubt.BOUNDS)
    assert "2026-06-01" in found.note


def test_what_has_no_price_leaves_only_an_at_least():
    rows = [row(1, used(fresh=MILLION)), row(2, used(fresh=3 * MILLION, model="m-b"))]
    found = cost(query_of(rows, book=BOOK))
    assert (found.value, found.low, found.high) == (None, 1.0, None)
    assert "no price" in found.note
    assert priced(query_of(rows, book=BOOK)).value == 0.25


def test_without_anything_used_there_is_no_cost():
    found = cost(query_of([Row(1)], book=BOOK))
    assert (found.value, found.low, found.high) == (None, None, None)
    assert priced(query_of([Row(1)], book=BOOK)).value is None


def test_without_a_table_the_figure_says_so():
    for question in (cost, priced):
        found = question(query_of([row(1, used(fresh=1))]))
        assert found.value is None
        assert "price table" in found.note


def test_unknown_requests_cost_as_much_as_the_others_on_average_when_they_are_few():
    rows = [row(1, used(fresh=MILLION, requests=9)), row(2, Use(0, unknown=1))]
    found = cost(query_of(rows, book=BOOK))
    assert found.value == pytest.approx(1 / 0.9)
    assert (found.low, found.high) == (1.0, 1.5)
    many = [row(1, used(fresh=MILLION)), row(2, Use(0, unknown=1))]
    assert cost(query_of(many, book=BOOK)).value is None


def test_what_has_no_price_is_named_to_the_person_and_to_nobody_else():
    fast = Tariff(Tier.FAST).code
    rows = [row(1, used(fresh=9)), row(2, used(fresh=1, tariff=fast), used(fresh=1, model="m-b"))]
    query = query_of(rows, book=BOOK)
    for figure in (cost(query), priced(query)):
        assert "No price is known for: fast mode of m-a; m-b." in figure.note
    assert priced(query).value == pytest.approx(9 / 11)
    for alone in (cost_per_block(query), cost_per_block_marginal(query)):
        assert "no price" in alone.note
        assert "m-" not in alone.note


def test_of_many_things_without_a_price_some_are_named_and_the_rest_counted():
    uses = [used(fresh=1, model=f"m-{letter}") for letter in "bcdefg"]
    assert "m-b; m-c; m-d; and 3 more." in cost(query_of([row(1, *uses)], book=BOOK)).note


def test_a_price_of_ones_own_is_said_and_makes_the_figure_whole():
    rows = [row(1, used(fresh=MILLION)), row(2, used(fresh=MILLION, model="m-b"))]
    book = BOOK.with_own({"m-b": Rates(2 * DOLLAR, DOLLAR)})
    found = cost(query_of(rows, book=book))
    assert (found.low, found.value, found.high) == (3.0, 3.0, 3.0)
    assert "your own" in found.note
    assert "your own" not in cost(query_of(rows[:1], book=book)).note
    assert priced(query_of(rows, book=book)).value == 1.0


def test_only_what_is_selected_costs():
    rows = [row(1, used(fresh=MILLION)), row(2, used(fresh=MILLION), tool="codex")]
    wanted = Filter(tools=frozenset({"codex"}))
    assert cost(query_of(rows, wanted, book=BOOK)).value == 1.0


def rows(*tags: int) -> list[Row]:
    """Return a dollar's worth in a block of its own for each tag, twenty a day."""
    times = [MONDAY_S + at // 20 * 86_400 + at % 20 * 1800 for at in range(len(tags))]
    return [
        Row(at + 1, time_s, tag=tag, uses=(used(MILLION, time_s=time_s),))
        for at, (time_s, tag) in enumerate(zip(times, tags, strict=True))
    ]


def test_the_cost_is_shared_by_the_blocks_that_were_kept():
    found = cost_per_block(query_of(rows(1, 1, 2, 3), book=BOOK_COST_PER_BLOCK))
    assert (found.low, found.high) == (4 / 2.5, 4 / 2.5)
    assert (found.value, found.n) == (None, 4)  # four blocks allow no single value


def test_untagged_blocks_give_a_least_and_a_most():
    found = cost_per_block(query_of(rows(1, 0, 3), book=BOOK_COST_PER_BLOCK))
    assert (found.low, found.high) == (1.5, 3.0)


def test_while_nothing_is_kept_there_is_no_most():
    found = cost_per_block(query_of(rows(0, 3), book=BOOK_COST_PER_BLOCK))
    assert (found.low, found.high) == (2.0, None)
    nothing = cost_per_block(query_of(rows(3), book=BOOK_COST_PER_BLOCK))
    assert (nothing.low, nothing.value, nothing.high) == (None, None, None)


def test_what_has_no_price_leaves_only_an_at_least_cost_per_block():
    found = cost_per_block(query_of(rows(1), book=book_of({})))
    assert (found.value, found.high) == (None, None)


def test_with_enough_tags_there_is_a_single_value():
    found = cost_per_block(query_of(rows(*[1, 1, 3] * 20), book=BOOK_COST_PER_BLOCK))
    assert found.low == found.high == pytest.approx(1.5)
    assert found.value == pytest.approx(1.5)


def test_a_plans_fee_is_shared_by_days_and_kept_blocks():
    found = cost_per_block_paid(query_of(rows(1, 1), plan_fee_month=100, period_days=7))
    assert found.low == found.high == pytest.approx(100 * 7 / DAYS_A_MONTH / 2)
    assert cost_per_block_paid(query_of(rows(1, 1))).note.startswith("No plan")


def test_inside_a_plan_one_more_block_costs_from_nothing_to_list_prices():
    inside = cost_per_block_marginal(
        query_of(rows(1, 1), book=BOOK_COST_PER_BLOCK, plan_fee_month=100)
    )
    assert (inside.value, inside.low, inside.high) == (None, 0.0, 1.0)
    without = query_of(rows(1, 1), book=BOOK_COST_PER_BLOCK)
    assert cost_per_block_marginal(without) == cost_per_block(without)


@pytest.mark.parametrize("question", [cost_per_block, cost_per_block_paid, cost_per_block_marginal])
def test_without_a_table_or_work_nothing_is_said(question):
    for some in ([], rows(1)):
        found = question(query_of(some, plan_fee_month=0))
        assert (found.value, found.low, found.high) == (None, None, None)
    assert question(query_of([], book=BOOK_COST_PER_BLOCK, plan_fee_month=5)).value is None


def test_the_best_number_of_kept_blocks_lies_between_its_bounds():
    found = kept_blocks(query_of(tagged_blocks([1, 1, 3, 2, 0] * 12)))
    assert (found.least, found.most) == (30.0, 42.0)
    assert found.least < found.best < found.most


@given(ledgers(days=4))
def test_the_value_lies_between_the_ends(some):
    for question in (cost_per_block, cost_per_block_paid, cost_per_block_marginal):
        found = question(query_of(some, book=BOOK_COST_PER_BLOCK, plan_fee_month=20))
        ends = [end for end in (found.low, found.value, found.high) if end is not None]
        assert ends == sorted(ends)


def share(rows, wanted=None, days=None):
    made = frame(rows)
    fee = fee_share(made, made.select(wanted or Filter()), 30, days, UTC)
    if fee is None:
        return None
    assert fee.low <= fee.value * (1 + 1e-9)
    assert fee.value <= fee.high * (1 + 1e-9)
    return fee.value


def used_of_plan(identity, day, te, **more):
    time_s = MONDAY_S + day * DAY_S
    return Row(identity, time_s, uses=(spent(te, time_s),), **more)


def test_the_fee_runs_from_the_first_to_the_last_day_used():
    rows = [used_of_plan(1, 0, 10), used_of_plan(2, 9, 10)]
    assert share(rows) == pytest.approx(30 * 10 / DAYS_A_MONTH)


def test_the_days_of_the_period_go_before_those_used():
    assert share([used_of_plan(1, 0, 10)], days=28) == pytest.approx(30 * 28 / DAYS_A_MONTH)


def test_a_part_takes_its_part_of_the_fee():
    rows = [used_of_plan(1, 0, 10), used_of_plan(2, 0, 30, tool="codex"), used_of_plan(3, 5, 1000)]
    assert share(rows, CODEX) == pytest.approx(30 / DAYS_A_MONTH * 0.75)


def test_where_nothing_was_used_no_fee_is_shared():
    assert share([]) is None
    assert share([Row(1)]) is None
    assert share([used_of_plan(1, 0, 0)]) is None


@given(ledgers(least=1, unknown=False))  # other days, another average of what was not counted
def test_tools_share_the_whole_fee(rows):
    every = [
        Filter(tools=frozenset({str(tool)}))
        for tool in ("claude-code", "codex", "gemini-cli", "other")
    ]
    whole = share(rows, days=28)
    parts = [share(rows, one, days=28) for one in every]
    if whole is not None:
        # Each part is measured against its own days, so together they are no less than the whole.
        assert sum(part or 0 for part in parts) >= whole * (1 - 1e-9)
