"""Adding what was read: order, split and repetition of parts do not matter."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.core.edits import Aspect, Changes, set_tags
from ledger.core.parts import SpanPart, TotalPart
from ledger.core.usage import Basis
from ledger.core.vocabulary import Origin, Outcome, Tag
from ledger.store.store import Store
from tests.store.worlds import (
    DERIVED,
    KINDRED,
    PARTS,
    dump,
    edit,
    open_both,
    prompt,
    reading,
    readings_of,
    request,
    session,
)


def ledger_of(folder: str, name: str, calls) -> dict:
    path = Path(folder) / f"{name}.db"
    with Store.open(path) as store:
        for readings in calls:
            store.add(readings)
        assert store.check() == []
    return dump(path, DERIVED)


def assert_same_in_pieces(parts, seed: int) -> None:
    rng = random.Random(seed)
    shuffled = [*parts, *rng.sample(parts, len(parts) // 3)]
    rng.shuffle(shuffled)
    pieces = []
    while shuffled:
        size = rng.randint(1, max(1, len(shuffled) // 2))
        pieces.append(shuffled[:size])
        shuffled = shuffled[size:]
    with TemporaryDirectory() as folder:
        whole = ledger_of(folder, "whole", readings_of([parts]) if parts else [])
        other = ledger_of(folder, "pieces", readings_of(pieces))
    assert other == whole


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.lists(PARTS, max_size=40), seed=st.integers(0, 10**6))
def test_any_order_split_or_repetition_of_parts_gives_the_same_ledger(parts, seed):
    assert_same_in_pieces(parts, seed)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.lists(KINDRED, min_size=5, max_size=30), seed=st.integers(0, 10**6))
def test_forks_and_sub_agents_come_out_the_same_in_any_order(parts, seed):
    assert_same_in_pieces(parts, seed)


def test_reading_the_same_again_changes_no_interaction(store):
    once = reading(session(), prompt(11), request(21, 11), edit(41, 11), SpanPart(11, 999))
    assert store.add([once]).ids == {11}
    assert store.add([once]) == Changes(Aspect.SOURCES)


def test_one_more_request_touches_its_interaction_only(store):
    store.add([reading(session(), *(prompt(11 + n, minute=n) for n in range(5)), request(21, 11))])
    assert store.add([reading(request(22, 13), start=5000)]).ids == {13}


def test_of_two_parts_of_one_request_the_last_count_and_the_first_place_win(store):
    store.add([reading(session(), prompt(11), prompt(12, minute=5))])
    store.add([reading(request(21, 12, minute=5, output=7, input=3))])
    store.add([reading(request(21, 11, minute=1, output=2, input=90))])
    first, second = store.rows([11, 12])
    assert (first.requests, first.usage.input, first.usage.output) == (1, 3, 7)
    assert second.requests == 0


def test_a_prompt_that_was_interrupted_is_kept(store):
    store.add([reading(session(), prompt(11))])
    assert [row.requests for row in store.rows([11])] == [0]
    assert list(store.columns().id) == [11]


def test_a_pending_edit_never_hides_a_known_outcome(store):
    store.add([reading(session(), prompt(11), edit(41, 11, outcome=Outcome.REJECTED))])
    store.add([reading(edit(41, 11, outcome=Outcome.PENDING, added=0, path=""))])
    (row,) = store.rows([11])
    assert [(e.outcome, e.added, e.path) for e in row.edits] == [
        (Outcome.REJECTED, 5, "src/one.py")
    ]


def test_unknown_usage_counts_as_unknown_and_as_nothing_else(store):
    store.add([reading(session(), prompt(11), request(21, 11, basis=Basis.UNKNOWN))])
    columns = store.columns()
    assert (list(columns.requests), list(columns.unknown)) == ([1], [1])
    assert (list(columns.te), list(columns.input), list(columns.output)) == ([0], [0], [0])


@pytest.mark.parametrize("turned", [False, True])
def test_an_announced_request_counts_until_its_answer_is_another_row(store, turned):
    waiting = request(5, 11, basis=Basis.UNKNOWN, turn=5)
    nothing = dict.fromkeys(("input", "cache_read", "cache_write_5m", "cache_write_1h"), 0)
    answered = request(5, 11, turn=5, output=0, **nothing)
    first, second = (answered, waiting) if turned else (waiting, answered)
    store.add([reading(session(1), prompt(11), first)])
    columns = store.columns()
    assert (list(columns.requests), list(columns.unknown)) == (([], []) if turned else ([1], [1]))
    store.add([reading(second)])
    assert list(store.columns().requests) == []
    assert [row.requests for row in store.rows([11])] == [0]  # the prompt is shown all the same
    assert list(store.columns().id) == [11]
    assert store.check() == []


def test_a_session_that_learns_its_folder_gives_it_to_its_interactions(store):
    store.add([reading(prompt(11, directory=""))])
    assert store.columns().projects == ("",)
    assert store.add([reading(session(directory="/late"))]).ids == {11}
    assert store.columns().projects == ("/late",)
    assert store.rows([11])[0].project == "/late"


def test_tags_survive_that_all_derived_rows_go_and_are_read_again(path):
    parts = (session(), prompt(11), request(21, 11), request(22, None, in_session=3, minute=2))
    with open_both(path) as (raw, store):
        store.add([reading(*parts)])
        ids = list(store.columns().id)
        store.apply(set_tags(tuple((id_, Tag.EDITED) for id_ in ids)), time_ms=1)
        before = dump(path, DERIVED)
        for table in ("session", "interaction", "pointer", "request", "portion"):
            raw.execute(f"DELETE FROM {table}")
        assert store.rows(ids) == []
        store.add([reading(*parts)])
        assert [row.tag for row in store.rows(ids)] == [Tag.EDITED, Tag.EDITED]
    assert dump(path, DERIVED) == before
    assert len(ids) == 2


def test_text_that_is_no_unicode_is_stored_with_a_mark(store):
    parts = (session(directory="/\ud800"), prompt(11, directory="/\ud800", branch="\udfff"))
    store.add([reading(*parts, request(21, 11, model="m\ud800"), path="/logs/\udce9.jsonl")])
    (row,) = store.rows([11])
    assert (row.project, row.branch, row.models) == ("/?", "?", ("m?",))
    assert list(store.cursors()) == ["/logs/\udce9.jsonl"]


def test_an_empty_call_writes_nothing(store):
    before = store.stamp()
    assert not store.add([])
    assert store.stamp() == before


def test_unprompted_requests_make_one_interaction_that_goes_when_a_prompt_comes(store):
    store.add([reading(session(), request(21, None, minute=3), request(22, None, minute=2))])
    columns = store.columns()
    assert list(columns.origin) == [Origin.UNPROMPTED]
    assert list(columns.time_s) == [(1_780_000_000_000 + 2 * 60_000) // 1000]
    gone = columns.id[0]
    changes = store.add([reading(prompt(11, minute=1))])
    assert changes.ids == {11, gone}
    assert list(store.columns().id) == [11]
    assert list(store.columns().requests) == [2]


def total(time_ms: int, output: int) -> TotalPart:
    return TotalPart(71, 1, time_ms, "m-1", -1, 10, 20, 30, output, 400, 5, 6)


@pytest.mark.parametrize("turned", [False, True])
def test_of_what_a_tool_says_in_total_the_last_word_holds(store, turned, raw):
    parts = [total(1_000, 9), total(2_000, 8)]
    for part in reversed(parts) if turned else parts:
        store.add([reading(session(), part)])
    rows = raw.execute("SELECT time_ms, output, offset FROM tool_total")
    assert rows.fetchall() == [(2_000, 8, 5)]
