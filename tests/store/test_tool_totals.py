"""What tools say in total beside what was counted, and what is missing of it."""

from dataclasses import replace

import pytest

from ledger.core.parts import TotalPart
from ledger.core.rows import Amounts, Stretch
from ledger.core.usage import Basis
from ledger.store import tool_totals
from tests.store.worlds import START_MS, prompt, reading, request, session

MINUTE_MS = 60_000
# What `request` uses: 10 fresh, 20 cached, 30 written, 40 output tokens.
ONE = {"input": 10, "cache_read": 20, "cache_write": 30, "output": 40}


def total(identity: int = 61, *, in_session: int = 1, minute: int = 9, model: str = "m-1", **more):
    """Return what a tool says of a session: as much as one request used, unless said otherwise."""
    said = {"requests": -1, "micro_dollars": -1, "offset": 700, "length": 90} | ONE | more
    return TotalPart(identity, in_session, START_MS + minute * MINUTE_MS, model, **said)


def missing(store) -> list[tuple[int, int]]:
    """Return interaction and token-equivalents of what is missing, in twentieths."""
    columns = store.columns()
    rows = zip(columns.owner, columns.missing, strict=True)
    return [(columns.id[owner], te) for owner, te in rows if te]


def test_a_total_that_is_what_was_counted_misses_nothing(store):
    store.add([reading(session(), prompt(11), request(21, 11), total())])
    (row,) = store.tool_totals()
    assert row.said == Amounts(-1, 0, 10, 20, 30, 40)
    assert row.counted == Amounts(1, 0, 10, 20, 30, 40)
    assert (row.path, row.offset, row.length) == ("/logs/a.jsonl", 700, 90)
    assert row.counted_in == (Stretch(11, "/logs/a.jsonl", 100, 150),)
    assert missing(store) == []


def test_what_a_tool_says_beyond_its_log_is_put_to_the_interaction_before_it(store):
    store.add([
        reading(session(), prompt(11), prompt(12, minute=5), request(21, 11), prompt(13, minute=10),
                total(input=1010, output=1339)),
    ])  # fmt: skip
    assert missing(store) == [(12, 1000 * 20 + 1299 * 100)]
    columns = store.columns()
    assert sum(columns.requests) == 1
    assert sum(columns.te) == sum(columns.te_high)


def test_it_goes_when_the_log_is_told_whole(store):
    store.add([reading(session(), prompt(11), request(21, 11), total(input=20, output=80))])
    assert missing(store)
    missed = {"cache_read": 0, "cache_write_5m": 0}
    store.add([reading(request(22, 11, minute=1, **missed), start=5000)])
    assert missing(store) == []


def test_a_total_of_less_takes_nothing_away(store):
    store.add([reading(session(), prompt(11), request(21, 11), total(output=9, input=0))])
    assert missing(store) == []
    (row,) = store.tool_totals()
    assert row.said.output < row.counted.output


def test_one_counter_that_holds_less_makes_up_for_none_that_holds_more(store):
    store.add([reading(session(), prompt(11), request(21, 11), total(output=50, cache_read=0))])
    assert missing(store) == [(11, 10 * 100)]


def test_a_sub_agent_is_counted_with_the_session_that_started_it(store):
    store.add([
        reading(session(), prompt(11), request(21, 11), session(2, parent=1),
                request(22, None, in_session=2, minute=1), session(3, parent=2),
                request(23, None, in_session=3, minute=2), total(output=120)),
    ])  # fmt: skip
    (row,) = store.tool_totals()
    assert row.counted == Amounts(3, 0, 30, 60, 90, 120)
    assert missing(store) == []


@pytest.mark.parametrize("own", ["prompt", "total"])
def test_a_session_with_prompts_or_a_total_of_its_own_is_counted_by_itself(store, own):
    child = prompt(12, in_session=2, minute=1) if own == "prompt" else total(62, in_session=2)
    store.add([
        reading(session(), prompt(11), request(21, 11), session(2, parent=1), child,
                request(22, None, in_session=2, minute=2), total()),
    ])  # fmt: skip
    row = next(one for one in store.tool_totals() if one.session == 1)
    assert row.counted.output == 40
    assert row.continued == (own == "prompt")
    assert missing(store) == []


def test_a_total_without_models_is_compared_with_all_of_them(store):
    rows = [request(21, 11), request(22, 11, minute=1, model="m-2")]
    store.add([reading(session(), prompt(11), *rows, total(model="", output=100))])
    (row,) = store.tool_totals()
    assert (row.model, row.counted.output) == ("", 80)
    assert missing(store) == [(11, 20 * 100)]


def test_a_total_of_all_models_misses_only_what_those_of_each_do_not(store):
    whole = total(62, model="", output=75)
    store.add([reading(session(), prompt(11), request(21, 11), total(output=60), whole)])
    assert missing(store) == [(11, 35 * 100)]
    store.add([reading(total(62, model="", output=45, minute=10), start=5000)])
    assert missing(store) == [(11, 20 * 100)]


def test_a_model_is_the_same_in_any_spelling(store):
    dated = request(21, 11, model="claude-sonnet-4-5-20250929")
    store.add([reading(session(), prompt(11), dated, total(model="claude-sonnet-4-5"))])
    (row,) = store.tool_totals()
    assert row.counted.output == 40
    assert missing(store) == []


def test_requests_that_told_nothing_are_named_beside_the_count(store):
    store.add([
        reading(session(), prompt(11), request(21, 11),
                request(22, 11, minute=1, basis=Basis.UNKNOWN), total()),
    ])  # fmt: skip
    (row,) = store.tool_totals()
    assert (row.counted.requests, row.counted.unknown) == (2, 1)


def test_a_session_that_holds_nothing_but_a_total_has_an_interaction_for_it(store):
    store.add([reading(session(), total())])
    ((_, te),) = missing(store)
    assert te == 10 * 20 + 20 * 2 + 30 * 40 + 40 * 100
    assert store.count() == 1


def test_a_shortfall_that_is_not_so_is_noticed(store):
    store.add([reading(session(), prompt(11), total())])
    raw = store._connection.raw
    assert not tool_totals.differ(raw)
    raw.execute("UPDATE shortfall SET te = te + 1")
    assert tool_totals.differ(raw)
    raw.execute("UPDATE shortfall SET te = te - 1")


def test_a_session_that_went_on_elsewhere_says_so(store):
    store.add([
        reading(session(), prompt(11), request(21, 11), total(),
                session(2, parent=1), prompt(12, in_session=2, minute=20),
                total(62, in_session=2, minute=30)),
    ])  # fmt: skip
    later, earlier = store.tool_totals()
    assert (later.continues, later.continued) == (True, False)
    assert (earlier.continues, earlier.continued) == (False, True)
    assert replace(later, session=1).session_key == "key-2"


def test_a_total_told_in_two_logs_of_one_session_is_their_sum(store):
    first = reading(session(), prompt(11), request(21, 11), total(61, model=""))
    rest = (prompt(12, minute=5), request(22, 12, minute=5), total(62, model="", minute=10))
    store.add([first, reading(*rest, path="/logs/b.jsonl")])
    (row,) = store.tool_totals()
    assert row.said[2:] == row.counted[2:] == (20, 40, 60, 80)
    assert (row.path, row.more_places) == ("/logs/b.jsonl", (("/logs/a.jsonl", 700, 90),))
    assert missing(store) == []


@pytest.mark.parametrize(("numbers", "together"), [((1, 2), 3), ((1, -1), -1)])
def test_requests_and_dollars_of_a_sum_are_known_where_all_are(store, numbers, together):
    parts = [
        total(61 + n, model="", minute=n, requests=number, micro_dollars=number)
        for n, number in enumerate(numbers)
    ]
    store.add([reading(session(), prompt(11), *parts)])
    (row,) = store.tool_totals()
    assert (row.said.requests, row.micro_dollars) == (together, together)


def test_what_two_logs_miss_together_is_missing_once(store):
    parts = (total(61, model="", output=100), total(62, model="", minute=10, output=40))
    store.add([reading(session(), prompt(11), request(21, 11), *parts)])
    assert missing(store) == [(11, 10 * 20 + 20 * 2 + 30 * 40 + 100 * 100)]
