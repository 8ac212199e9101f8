from datetime import UTC
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.figures import Doubt
from ledger.core.filters import Filter
from ledger.core.vocabulary import Origin
from ledger.metrics.distributions import jeffreys
from ledger.metrics.figures import (
    agreement,
    block_size,
    block_te,
    blocks_per_day,
    by_hand,
    cache_share,
    exploration,
    kept_rate,
    median_rank,
    projects_per_day,
    rework,
    tokens_per_block,
    top_share,
)
from ledger.metrics.frame import UNKNOWN_CEILING
from ledger.metrics.query import Query
from tests.metrics.pricing import used
from tests.metrics.querying import query_of, tagged_blocks
from tests.metrics.rows import HALF_S, MONDAY_S, Row, Use, frame, ledgers, spent
from tests.metrics.simulation import Blocks

HALF_HOUR_S = 1800
MTE = 20_000_000


def test_the_rate_has_the_interval_of_a_rate():
    found = kept_rate(query_of(tagged_blocks([1] * 8 + [2, 3])))
    assert (found.value, found.n, found.doubt) == (0.8, 10, Doubt.INTERVAL)
    assert (found.low, found.high) == jeffreys(8, 10)
    assert "8 of 10" in found.note


def test_too_few_tagged_blocks_give_bounds():
    found = kept_rate(query_of(tagged_blocks([1, 1, 3, 0])))
    assert (found.value, found.low, found.high, found.n) == (None, 0.5, 0.75, 4)
    assert found.doubt is Doubt.BOUNDS
    assert kept_rate(query_of([])).low is None


def test_blocks_on_too_few_days_give_bounds():
    found = kept_rate(query_of(tagged_blocks([1, 3] * 6, per_day=6)))
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
    one = query_of(rows, interval=False)
    found = kept_rate(one)
    assert found.value == pytest.approx(0.5, abs=0.08)
    assert found.low < 0.5 < found.high


@given(ledgers(days=4))
def test_the_value_lies_between_the_ends(rows):
    found = kept_rate(query_of(rows, interval=False))
    ends = [end for end in (found.low, found.value, found.high) if end is not None]
    assert ends == sorted(ends)
    assert all(0 <= end <= 1 for end in ends)


def sizes(rows, wanted=None):
    made = frame(rows)
    return block_te(made, made.select(wanted or Filter())).likely.tolist()


def test_a_block_takes_what_its_deliveries_took():
    rows = [
        Row(1, uses=(spent(10), spent(5))),
        Row(2, MONDAY_S + 60, uses=(spent(7),)),
        Row(3, MONDAY_S + 120, intent=1, uses=(spent(100),)),
        Row(4, MONDAY_S + HALF_HOUR_S, uses=(spent(1),)),
        Row(5, MONDAY_S + 2 * HALF_HOUR_S),
        Row(6, MONDAY_S + 3 * HALF_HOUR_S, origin=4, uses=(spent(50),)),
    ]
    assert sizes(rows) == [22, 1, 0]


def test_a_block_with_an_unknown_request_may_be_as_large_as_the_ceiling():
    rows = [Row(1, uses=(spent(10),)), Row(2, MONDAY_S + 60, uses=(Use(0, unknown=1),))]
    found = block_te(frame(rows), frame(rows).select())
    assert [end.tolist() for end in found] == [[10], [20], [10 + UNKNOWN_CEILING]]


def test_only_what_is_selected_counts():
    rows = [Row(1, uses=(spent(10),)), Row(2, MONDAY_S + 60, tool="codex", uses=(spent(7),))]
    assert sizes(rows, Filter(tools=frozenset({"codex"}))) == [7]


@given(ledgers(unknown=False))
def test_blocks_take_all_that_deliveries_took(rows):
    blocks = {row.block for row in rows if row.delivers}
    found = sizes(rows)
    assert len(found) == len(blocks)
    assert sum(found) == sum(use.te for row in rows if row.delivers for use in row.uses)


def answered(*origins_by_half):
    rows = [
        Row(half * 10 + at, MONDAY_S + half * HALF_S, origin=int(origin))
        for half, origins in enumerate(origins_by_half)
        for at, origin in enumerate(origins)
    ]
    made = frame(rows)
    return by_hand(Query(frame=made, selection=made.select(), zone=UTC))


def test_a_block_that_a_log_speaks_of_too_is_not_by_hand_alone():
    hand, typed = Origin.LOGGED, Origin.TYPED
    found = answered([hand], [hand, typed], [typed], [hand, hand])
    assert found.value == pytest.approx(0.5)
    assert found.n == 4


def test_no_work_has_no_answer():
    assert answered().value is None
    assert answered([Origin.UNPROMPTED]).value is None


def test_the_share_is_of_all_that_went_in():
    found = cache_share(
        query_of([Row(1, uses=(used(fresh=10, output=999, cache_read=70, five=15, hour=5),))])
    )
    assert (found.value, found.n, found.note) == (0.7, 1, "")


def test_requests_without_counts_may_have_read_anything_and_are_named():
    few = used(fresh=10**6, cache_read=10**6)
    found = cache_share(query_of([Row(1, uses=(*[few] * 4, Use(0, unknown=1)))]))
    assert (found.value, found.n) == (0.5, 4)
    assert found.low == pytest.approx(4 / 8.5)
    assert found.high == pytest.approx(9 / 13)
    assert found.note == "1 request told no counts."
    most = cache_share(query_of([Row(1, uses=(few, Use(0, unknown=1)))]))
    assert most.value is None


def test_where_nothing_went_in_nothing_is_said():
    assert cache_share(query_of([Row(1, uses=(used(output=5),))])).value is None


def test_only_days_with_a_block_count():
    found = blocks_per_day(query_of(tagged_blocks([1, 0, 3, 2, 1, 1], per_day=4)))
    assert (found.value, found.n, found.of) == (3.0, 2, "active days")
    assert (found.low, found.high) == (None, None)


def test_enough_days_have_an_interval_around_the_mean():
    rows = [
        Row(10 * day + half, MONDAY_S + day * 86_400 + half * 1800)
        for day in range(12)
        for half in range(1 + day % 5)
    ]
    found = blocks_per_day(query_of(rows))
    assert (found.doubt, found.n) == (Doubt.INTERVAL, 12)
    assert found.value == pytest.approx(len(rows) / 12)
    assert 1 < found.low < found.value < found.high < 5
    assert blocks_per_day(query_of(rows, interval=False)).low is None


def test_days_all_alike_leave_no_doubt():
    found = blocks_per_day(query_of(tagged_blocks([1] * 12, per_day=4)))
    assert found.low == found.high == found.value == 4.0


def test_experiments_and_automation_make_no_blocks():
    assert blocks_per_day(query_of([Row(1, intent=1), Row(2, origin=4)])).value is None
    assert blocks_per_day(query_of([])).value is None


@given(ledgers(days=5))
def test_blocks_and_days_are_those_of_the_summary(rows):
    one = query_of(rows)
    found, ratio = blocks_per_day(one), one.summary.ratio
    assert found.n == ratio.days
    assert (found.value or 0) * found.n == pytest.approx(ratio.blocks)


def test_it_is_the_ratio_turned_over():
    one = query_of(tagged_blocks([1, 1, 3] * 20))
    found = tokens_per_block(one)
    assert found.value == pytest.approx(1.5)
    assert (found.low, found.high) == (found.value, found.value)
    assert found.n == 60


def test_untagged_blocks_give_a_least_and_a_most():
    found = tokens_per_block(query_of(tagged_blocks([1, 0, 3])))
    assert (found.value, found.low, found.high) == (None, 1.5, 3.0)


def test_while_nothing_is_kept_there_is_no_most():
    found = tokens_per_block(query_of(tagged_blocks([3, 0])))
    assert (found.low, found.high) == (2.0, None)


def test_without_work_nothing_is_said():
    found = tokens_per_block(query_of([]))
    assert (found.value, found.low, found.high) == (None, None, None)


def blocks(*te: int):
    rows = [
        Row(at + 1, MONDAY_S + at * 1800, uses=(spent(size, MONDAY_S + at * 1800),))
        for at, size in enumerate(te)
    ]
    return top_share(query_of(rows))


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


def sized(*mte: float):
    rows = [
        Row(at + 1, MONDAY_S + at * 1800, uses=(spent(round(size * MTE), MONDAY_S + at * 1800),))
        for at, size in enumerate(mte)
    ]
    return block_size(query_of(rows))


def test_half_of_the_blocks_are_smaller():
    assert sized(5, 1, 2).value == 2.0
    assert sized(1, 2, 4, 100).value == 3.0


def test_a_few_blocks_have_no_interval():
    found = sized(1, 2, 3)
    assert (found.low, found.high, found.n) == (None, None, 3)


def test_the_interval_lies_between_two_of_the_sizes():
    found = sized(*range(1, 21))
    assert (found.low, found.value, found.high) == (6.0, 10.5, 15.0)


def test_without_blocks_nothing_is_said():
    assert sized().value is None


@pytest.mark.parametrize("n", [6, 8, 9, 20, 100, 999])
def test_the_ranks_hold_the_median_for_at_least_95_percent_of_samples(n):
    rank = median_rank(n)
    outside = 2 * sum(comb(n, k) for k in range(rank)) / 2**n
    assert outside <= 0.05
    assert outside + 2 * comb(n, rank) / 2**n > 0.05  # and no closer pair does


@given(st.integers(1000, 10**6))
def test_ranks_of_many_lie_below_the_middle(n):
    assert 0.4 * n < median_rank(n) < n / 2


def test_the_interval_holds_the_true_median_as_often_as_it_says():
    drawn = np.random.default_rng(5).lognormal(0, 1.5, (400, 31))
    drawn.sort(axis=1)
    rank = median_rank(31)
    holds = (drawn[:, rank - 1] <= 1) & (drawn[:, 31 - rank] >= 1)
    assert 0.92 <= holds.mean() <= 0.99


def test_the_share_is_of_all_that_was_spent():
    rows = [Row(1, uses=(spent(75),)), Row(2, intent=1, uses=(spent(25),))]
    found = exploration(query_of(rows))
    assert (found.value, found.n, found.low, found.high) == (0.25, 1, None, None)


def test_automation_is_no_experiment():
    rows = [Row(1, uses=(spent(50),)), Row(2, intent=1, origin=4, uses=(spent(50),))]
    assert exploration(query_of(rows)).value == 0.0


def test_what_is_estimated_gives_the_share_ends():
    rows = [Row(1, uses=(Use(50, 25, 100),)), Row(2, intent=1, uses=(spent(50),))]
    found = exploration(query_of(rows))
    assert (found.low, found.value, found.high) == (pytest.approx(1 / 3), 0.5, pytest.approx(2 / 3))


def test_where_nothing_was_spent_nothing_is_said():
    assert exploration(query_of([Row(1, intent=1)])).value is None


@given(ledgers(least=1))
def test_the_value_lies_between_the_ends_exploration(rows):
    found = exploration(query_of(rows))
    ends = [end for end in (found.low, found.value, found.high) if end is not None]
    assert ends == sorted(ends)
    assert all(0 <= end <= 1 for end in ends)


def answered_projects_per_day(*rows):
    made = frame([Row(at, MONDAY_S + day * 86_400, project=project, **more)
                  for at, (day, project, more) in enumerate(rows)])  # fmt: skip
    return projects_per_day(Query(frame=made, selection=made.select(), zone=UTC))


def test_it_is_the_mean_over_days_with_work():
    found = answered_projects_per_day((0, "/a", {}), (0, "/b", {}), (0, "/b", {}), (3, "/a", {}))
    assert (found.value, found.n) == (1.5, 2)


def test_experiments_and_automation_are_no_deliveries():
    found = answered_projects_per_day(
        (0, "/a", {}), (0, "/b", {"intent": 1}), (1, "/c", {"origin": 4})
    )
    assert (found.value, found.n) == (1.0, 1)


def test_no_work_has_no_answer_projects_per_day():
    assert answered_projects_per_day().value is None


def answered_agreement(tags, suggested):
    blocks = Blocks(np.ones(len(tags)), np.asarray(tags, dtype=int))
    blocks.suggested = np.asarray(suggested, dtype=int)
    made = blocks.frame()
    return agreement(Query(frame=made, selection=made.select(), zone=UTC))


def test_it_is_the_share_of_tags_that_are_what_was_suggested():
    found = answered_agreement([1] * 8 + [3] * 4 + [0] * 5 + [1] * 3, [1] * 10 + [3] * 7 + [0] * 3)
    assert found.value == pytest.approx(10 / 12)
    assert (found.low, found.high) == pytest.approx(jeffreys(10, 12))
    assert found.n == 12
    assert found.doubt is Doubt.INTERVAL


@pytest.mark.parametrize("count", [0, 7])
def test_of_few_nothing_is_said_but_their_number(count):
    found = answered_agreement([1] * count, [1] * count)
    assert (found.value, found.low, found.n) == (None, None, count)


def row(identity, tag, te, after=0, **more):
    return Row(identity, MONDAY_S + after, tag=tag, uses=(spent(te),), **more)


def test_thrown_away_is_the_least_and_the_untagged_could_be_too():
    found = rework(query_of([row(1, 1, 60), row(2, 3, 20), row(3, 0, 20)]))
    assert (found.low, found.value, found.high) == (0.2, 0.2, 0.4)
    assert found.note == ""


def test_with_most_of_it_untagged_there_is_no_single_value():
    found = rework(query_of([row(1, 3, 40), row(2, 0, 60)]))
    assert (found.value, found.low, found.high) == (None, 0.4, 1.0)
    assert rework(query_of([])).low is None


@given(ledgers(least=1))
def test_the_value_lies_between_the_ends_rework(rows):
    found = rework(query_of(rows))
    ends = [end for end in (found.low, found.value, found.high) if end is not None]
    assert ends == sorted(ends)
    assert all(0 <= end <= 1 for end in ends)
