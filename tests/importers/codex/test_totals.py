from hypothesis import given
from hypothesis import strategies as st

from ledger.core.parts import TotalPart
from tests.importers.codex.rollouts import (
    KEY,
    Counting,
    Row,
    added,
    head,
    prompt,
    read,
    record,
    sums,
    tick,
    turn,
    used,
)

PARENT = "0199a0c1-0000-7000-8000-000000000002"
BASE = {"thread_id": KEY, "end_ordinal_exclusive": 22, "end_byte_offset": 900}


def numbers(part: TotalPart) -> tuple[int, int, int]:
    return part.input, part.cache_read, part.output


def begin(**fields: object) -> list[Row]:
    return [head(0, KEY, **fields), turn(0, "t"), prompt(1, "go")]


def test_a_thread_says_what_it_used_in_all():
    count = Counting()
    (total,) = read(*begin(), count(2, 1000, 200), count(3, 2000, 500)).totals
    assert numbers(total) == (2300, 700, 20)
    assert (total.model, total.requests, total.micro_dollars) == ("", -1, -1)


def test_a_total_points_at_the_line_that_holds_it():
    count = Counting()
    rows = [*begin(), count(2, 1000), count(3, 2000)]
    whole, before = read(*rows).totals[0], read(*rows[:-1]).totals[0]
    assert before.offset < whole.offset
    assert whole.length > 0


def test_the_counts_of_records_are_better_than_those_of_events():
    recorded = record(2, "resp_1", used(1000, 0, 10), used(1000, 0, 10), thread_id=KEY)
    (total,) = read(*begin(), recorded, tick(3, used(600, 0, 5), used(600, 0, 5))).totals
    assert numbers(total) == (1000, 0, 10)


def test_a_rollout_that_goes_on_from_another_says_only_what_it_added():
    before, own = used(6000, 0, 60), used(1000, 0, 10)
    rows = [
        *begin(history_base=BASE),
        record(2, "resp_7", own, added(before, own), thread_id=KEY),
        record(3, "resp_8", own, added(before, own, own), thread_id=KEY),
    ]
    (total,) = read(*rows).totals
    assert numbers(total) == (2000, 0, 20)
    assert total.id != read(*begin(), Counting()(2, 5)).totals[0].id


def test_a_fork_that_holds_a_copy_of_its_parent_says_no_total():
    assert read(*begin(forked_from_id=PARENT), Counting()(2, 1000)).totals == []


def test_counters_that_several_agents_share_say_no_total_any_more():
    one, other = Counting(), Counting()
    rows = [*begin(), one(2, 9000), other(3, 100), one(4, 5)]
    (total,) = read(*rows).totals
    assert numbers(total)[0] == 9000


@given(st.lists(st.tuples(st.integers(1, 9000), st.integers(0, 900)), min_size=1, max_size=8))
def test_the_total_is_what_the_requests_add_up_to(turns: list[tuple[int, int]]):
    count = Counting()
    rows = [count(2 + place, sent, min(cached, sent)) for place, (sent, cached) in enumerate(turns)]
    batch = read(*begin(), *rows)
    (total,) = batch.totals
    known = sums(batch.requests)
    assert numbers(total) == (known["input"], known["cache_read"], known["output"])
