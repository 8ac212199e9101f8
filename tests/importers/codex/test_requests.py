import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.ids import content_id
from ledger.importers.codex.requests import FALLBACK_MODEL, UNKNOWN_MODEL
from tests.importers.codex.rollouts import (
    KEY,
    RESPONSE,
    TURN,
    Counting,
    Ledger,
    Row,
    head,
    message,
    prompt,
    read,
    record,
    restamped,
    sums,
    tick,
    turn,
    used,
)

PARENT = "0199a0c1-0000-7000-8000-000000000002"
BEGIN = [head(), turn(0, "t"), prompt(1, "go")]


def test_counters_are_made_disjoint():
    (part,) = read(*BEGIN, tick(2, used(2629, 2560, 14, 5), used(2629, 2560, 14, 5))).requests
    assert (part.input, part.cache_read, part.output, part.reasoning) == (69, 2560, 14, 5)


def test_rate_limits_alone_are_no_request():
    assert read(*BEGIN, tick(2)).requests == []


def test_requests_are_numbered_in_the_order_of_the_log():
    count = Counting()
    rows = [count(second, 100) for second in (2, 3, 4)]
    assert [part.ordinal for part in read(*BEGIN, *rows).requests] == [0, 1, 2]


def test_the_response_names_a_request_where_it_is_known():
    (part,) = read(*BEGIN, record(2, RESPONSE, used(100, 0, 5), turn_id=TURN)).requests
    assert part.id == content_id("codex", KEY, RESPONSE)
    assert part.turn == content_id("codex-response", "", RESPONSE)
    assert part.within == content_id("codex-turn", TURN)


def test_a_copied_record_is_the_request_of_the_thread_it_names():
    fields = {"turn_id": "t", "thread_id": PARENT}
    copy = record(2, "resp_1", used(100, 0, 5), **fields)
    fork, parent = [head(9, forked_from_id=PARENT), copy], [head(0, PARENT), copy]
    first, second = read(*fork).requests[0], read(*parent).requests[0]
    assert first.id == second.id == content_id("codex", PARENT, "resp_1")
    assert (first.rank, second.rank) == (1, 0)


def test_a_copied_record_that_names_no_thread_is_known_by_its_response():
    rows = [record(2, "resp_1", used(100, 0, 5)), record(3, "resp_2", used(200, 0, 5))]
    own = record(60, "resp_3", used(300, 0, 5))
    fork = read(head(9, KEY, forked_from_id=PARENT), *restamped(rows, 9, 0.3), own)
    assert len(Ledger([fork, read(head(0, PARENT), *rows)]).counted) == 3


def test_the_turn_marks_a_request_without_a_response_id():
    (part,) = read(head(), turn(0, TURN), Counting()(2, 100)).requests
    assert (part.turn, part.within) == (content_id("codex-turn", TURN), 0)


def test_a_record_and_a_row_of_one_response_have_the_same_vector():
    last = used(100, 0, 5)
    (recorded,) = read(*BEGIN, record(2, "resp_1", last, last)).requests
    (ticked,) = read(*BEGIN, tick(2, last, last)).requests
    assert recorded.vector == ticked.vector


@pytest.mark.parametrize(
    ("context", "info", "model"),
    [
        ([turn(0, model="gpt-5.5")], {"model": "gpt-4"}, "gpt-5.5"),
        ([], {"model": "gpt-4"}, "gpt-4"),
        ([], {"model_name": "gpt-4"}, "gpt-4"),
        ([], {}, FALLBACK_MODEL),
        ([turn(0, model="gpt-5.5"), turn(1, model="")], {}, UNKNOWN_MODEL),
    ],
)
def test_the_turns_model_stands_first(context: list[Row], info: dict[str, str], model: str):
    row = tick(2, used(100, 0, 5), used(100, 0, 5), **info)
    assert read(head(), *context, row).requests[0].model == model


def test_a_late_row_belongs_to_the_turn_before_it():
    rows = [prompt(1, "go"), message(2, "Done.", "assistant"), Counting()(60, 100)]
    batch = read(head(), turn(0, "t"), *rows)
    assert batch.requests[0].interaction == batch.prompts[0].id


def test_an_agents_requests_hang_on_its_start():
    source = {"subagent": {"thread_spawn": {"parent_thread_id": PARENT}}}
    batch = read(head(5, source=source), turn(5, "t"), Counting()(9, 100))
    (part,) = batch.requests
    assert (part.interaction, part.anchor_ms) == (None, batch.sessions[0].time_ms)
    assert part.session == batch.sessions[0].id


def test_what_is_replayed_says_nothing_by_its_turn():
    count = Counting()
    source = {"subagent": {"thread_spawn": {"parent_thread_id": PARENT}}}
    replay = restamped([head(0, PARENT), turn(0, TURN), count(0, 100)], 50)
    batch = read(head(50, source=source), *replay, count(55, 100))
    assert [part.turn for part in batch.requests] == [0, content_id("codex-turn", TURN)]


HISTORY = st.lists(
    st.tuples(st.integers(1, 9000), st.integers(0, 900), st.integers(0, 50)), min_size=1, max_size=6
)


@given(HISTORY, HISTORY, st.integers(0, 6), st.booleans(), st.booleans(), st.booleans())
def test_every_request_of_a_fork_and_its_parent_counts_once(
    parent_turns: list[tuple[int, int, int]],
    more: list[tuple[int, int, int]],
    cut: int,
    has_turns: bool,
    is_restamped: bool,
    repeats: bool,
):
    count, rows, after = Counting(), [], [Counting()]
    for place, (input_tokens, cached, output) in enumerate(parent_turns):
        name = f"turn {place}" if has_turns else None
        tokens = count(10 * place + 2, input_tokens, cached, output)
        again = [tokens] if repeats else []
        rows.append([turn(10 * place, name), prompt(10 * place, f"{place}"), tokens, *again])
        after.append(Counting(count.total))
    cut = min(cut, len(parent_turns))
    copied = [head(0, PARENT), *(row for step in rows[:cut] for row in step)]
    child = [head(500, KEY, forked_from_id=PARENT)]
    child += restamped(copied, 500) if is_restamped else copied
    for place, (input_tokens, cached, output) in enumerate(more):
        # Without turns only counters tell; two of a kind would be one.
        own = input_tokens if has_turns else input_tokens + 10_000
        child += [
            turn(600 + place, f"own {place}" if has_turns else None),
            prompt(600 + place, "?"),
        ]
        child.append(after[cut](600.5 + place, own, cached, output))
    parent = [head(0, PARENT), *(row for step in rows for row in step)]
    ledger = Ledger([read(*child), read(*parent)])
    assert len(ledger.counted) == len(parent_turns) + len(more)
    assert sums(ledger.counted)["output"] == sum(output for _, _, output in [*parent_turns, *more])
