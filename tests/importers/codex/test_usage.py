from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.core.usage import LARGEST_COUNT
from ledger.importers.codex.usage import Counters, Meter, Spend, counters, read_info, spend, vector

COUNT = st.integers(0, 10_000)
USED = st.builds(
    lambda fresh, cached, received, thought: Counters(
        fresh + cached, cached, 0, received + thought, thought, fresh + cached + received + thought
    ),
    st.integers(1, 10_000),
    COUNT,
    COUNT,
    COUNT,
)


def raw(fields: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(fields))


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (None, None),
        ([], None),
        ({}, None),
        ({"input_tokens": 5, "output_tokens": 2}, Counters(5, 0, 0, 2, 0, 7)),
        ({"prompt_tokens": "5", "completion_tokens": 2.0}, Counters(5, 0, 0, 2, 0, 7)),
        (
            {"input_tokens": 5, "cached_tokens": 4, "reasoning_tokens": 1},
            Counters(5, 4, 0, 0, 1, 5),
        ),
        ({"input_tokens": -5, "output_tokens": None}, Counters(0, 0, 0, 0, 0, 0)),
        ({"input_tokens": 10**20}, Counters(LARGEST_COUNT, 0, 0, 0, 0, LARGEST_COUNT)),
    ],
)
def test_usage_objects_of_every_generation_are_read(usage: object, expected: Counters | None):
    assert counters(usage) == expected


USAGE = st.fixed_dictionaries(
    {
        "input_tokens": st.integers(-2, 9),
        "cached_input_tokens": st.integers(-2, 9),
        "output_tokens": st.integers(0, 9),
        "reasoning_output_tokens": st.integers(0, 9),
        "total_tokens": st.integers(0, 9) | st.just(10**15),
    },
    optional={"cache_write_input_tokens": st.integers(0, 9)},
)


@given(USAGE, USAGE)
def test_the_short_way_reads_what_the_long_way_reads(total: Any, last: Any):
    info = read_info(raw({"total_token_usage": total, "last_token_usage": last, "model": "m"}))
    assert (info.total, info.last, info.model) == (counters(total), counters(last), "m")


def test_an_odd_info_is_read_as_far_as_it_goes():
    assert read_info(raw(None)) == (None, None, "")
    assert read_info(msgspec.Raw(b"")) == (None, None, "")
    info = read_info(raw({"last_token_usage": {"input_tokens": "7"}, "model_name": "m"}))
    assert info == (None, Counters(7, 0, 0, 0, 0, 7), "m")


def test_a_vector_does_not_depend_on_the_order_of_keys():
    first, second = {"input_tokens": 1, "output_tokens": 2}, {"output_tokens": 2, "input_tokens": 1}
    assert vector(counters(first), None) == vector(counters(second), None)
    assert vector(counters(first), None) != vector(None, counters(first))


def test_cached_and_written_tokens_are_taken_out_of_the_input():
    assert spend(Counters(100, 60, 30, 9, 4)) == Spend(10, 60, 30, 9, 4)


def test_more_cached_than_asked_is_capped():
    assert spend(Counters(100, 160, 0, 9, 12)) == Spend(0, 100, 0, 9, 9)


def test_a_cache_write_that_cannot_be_part_of_the_input_is_not_counted_twice():
    assert spend(Counters(100, 60, 50, 9, 4)) == Spend(40, 60, 0, 9, 4)


@given(st.builds(Counters, COUNT, COUNT, COUNT, COUNT, COUNT, COUNT))
def test_what_is_spent_is_what_was_asked_and_told(used: Counters):
    spent = spend(used)
    assert spent.input + spent.cache_read + spent.cache_write == used.input
    assert min(spent) >= 0
    assert spent.reasoning <= spent.output == used.output


@given(st.lists(st.tuples(USED, st.integers(1, 3)), max_size=12))
def test_rows_written_several_times_add_once(history: list[tuple[Counters, int]]):
    meter, total, added = Meter(), Counters(), []
    for used, times in history:
        total = total.plus(used)
        added += [meter.tick(total, used, is_fork=False) for _ in range(times)]
    assert [used for used in added if used] == [used for used, _ in history]


@given(st.lists(st.tuples(USED, st.sampled_from(["both", "record", "tick", "late"])), max_size=10))
def test_a_response_counts_once_whichever_of_its_two_records_is_there(
    history: list[tuple[Counters, str]],
):
    meter, total, added = Meter(), Counters(), []
    for place, (used, style) in enumerate(history, 1):
        total = total.plus(used)
        if style == "late":
            added.append(meter.tick(total, used, is_fork=False))
        if style != "tick":
            added.append(meter.record(used, total, place))
        if style in ("both", "tick"):
            added.append(meter.tick(total, used, is_fork=False))
    assert [used for used in added if used] == [used for used, _ in history]


@given(st.lists(USED, min_size=2, max_size=8), st.lists(USED, min_size=1, max_size=8))
def test_after_a_drop_each_row_adds_its_own_usage(before: list[Counters], after: list[Counters]):
    meter, totals = Meter(), [Counters()]
    for used in before:
        totals.append(totals[-1].plus(used))
        meter.tick(totals[-1], used, is_fork=False)
    total, added = Counters(*(count // 2 for count in totals[-1])), []
    assume(not total.plus(after[0]).covers(totals[-1]))
    for used in after:
        total = total.plus(used)
        assume(total not in totals)
        added.append(meter.tick(total, used, is_fork=False))
    assert added == after


def test_a_row_lost_in_between_is_found_by_the_rise():
    meter = Meter()
    meter.tick(Counters(10, 0, 0, 1, 0, 11), Counters(10, 0, 0, 1, 0, 11), is_fork=False)
    risen = meter.tick(Counters(40, 5, 0, 6, 0, 46), Counters(20, 5, 0, 3, 0, 23), is_fork=False)
    assert risen == Counters(30, 5, 0, 5, 0, 35)


def test_an_estimate_of_the_context_adds_nothing():
    meter, total = Meter(), Counters(10, 0, 0, 1, 0, 11)
    meter.tick(total, total, is_fork=False)
    assert meter.tick(total, Counters(total=16_650), is_fork=False) is None
    assert meter.tick(total.plus(total), total, is_fork=False) == total


def test_a_fork_begins_with_its_last_usage_and_not_with_its_parents_count():
    total, last = Counters(900, 0, 0, 90, 0, 990), Counters(10, 0, 0, 1, 0, 11)
    assert Meter().tick(total, last, is_fork=True) == last
    assert Meter().tick(total, last, is_fork=False) == total


def test_a_count_that_begins_anew_is_counted_even_when_it_looks_like_the_first():
    first, second = Counters(3000, 0, 0, 80, 0, 3080), Counters(3500, 2048, 0, 85, 0, 3585)
    meter = Meter()
    for _ in range(2):
        assert meter.tick(first, first, is_fork=True) == first
        assert meter.tick(first.plus(second), second, is_fork=True) == second


def test_a_larger_count_that_begins_anew_is_not_taken_for_a_rise():
    meter = Meter()
    meter.tick(Counters(10, 0, 0, 1, 0, 11), Counters(10, 0, 0, 1, 0, 11), is_fork=False)
    anew = Counters(900, 0, 0, 90, 0, 990)
    assert meter.tick(anew, anew, is_fork=False) == anew


def test_a_total_alone_that_drops_has_begun_anew():
    meter = Meter()
    meter.tick(Counters(900, 0, 0, 90, 0, 990), None, is_fork=False)
    low = Counters(10, 0, 0, 1, 0, 11)
    assert meter.tick(low, None, is_fork=False) == low
    assert meter.tick(low.plus(low), None, is_fork=False) == low


def test_a_response_recorded_twice_counts_once():
    used = Counters(10, 0, 0, 1, 0, 11)
    meter = Meter()
    assert meter.record(used, None, 7) == used
    assert meter.record(used, None, 7) is None
    assert meter.record(used, None, 8) == used


@given(st.lists(st.tuples(st.none() | USED, st.none() | USED, st.booleans()), max_size=10))
def test_no_order_of_rows_makes_a_negative_usage(
    rows: list[tuple[Counters | None, Counters | None, bool]],
):
    meter = Meter()
    for total, last, is_fork in rows:
        used = meter.tick(total, last, is_fork=is_fork)
        assert used is None or min(used[:5]) >= 0


def test_a_record_tells_what_a_lost_one_between_two_held():
    meter = Meter()
    one, two = Counters(100, 0, 0, 10, 0, 110), Counters(300, 0, 0, 30, 0, 330)
    assert meter.record(one, one, 1, "t", is_fork=False) == one
    assert meter.record(one, one.plus(two).plus(one), 3, "t", is_fork=False) == one.plus(two)


def test_the_first_record_of_a_thread_tells_what_was_lost_before_it_but_not_in_a_fork():
    one, two = Counters(100, 0, 0, 10, 0, 110), Counters(300, 0, 0, 30, 0, 330)
    assert Meter().record(one, one.plus(two), 1, "t", is_fork=False) == one.plus(two)
    assert Meter().record(one, one.plus(two), 1, "t", is_fork=True) == one


def test_what_a_row_without_a_record_counted_is_not_taken_for_lost():
    meter = Meter()
    one = Counters(100, 0, 0, 10, 0, 110)
    assert meter.record(one, one, 1, "t", is_fork=False) == one
    assert meter.tick(one, one, is_fork=False) is None
    assert meter.tick(one.plus(one), one, is_fork=False) == one
    total = one.plus(one).plus(one)
    assert meter.record(one, total, 3, "t", is_fork=False) == one


def test_a_record_of_another_thread_says_nothing_of_what_was_lost():
    meter = Meter()
    one, two = Counters(100, 0, 0, 10, 0, 110), Counters(900, 0, 0, 90, 0, 990)
    meter.record(one, one, 1, "t", is_fork=False)
    assert meter.record(one, two, 2, "u", is_fork=False) == one
