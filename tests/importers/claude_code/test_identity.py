"""Copies of a response are told from other responses that bear its message id."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.parts import Batch
from ledger.importers.claude_code.identity import call_id, is_vendors, request_id, row_id
from ledger.importers.claude_code.importer import ClaudeCode
from ledger.importers.claude_code.records import Row
from tests.importers.claude_code.claude_logs import (
    SESSION,
    Ledger,
    answer,
    call,
    data_of,
    id_of,
    prompt,
    read,
    result,
    usage,
)
from tests.importers.claude_code.claude_logs import Row as Line

OTHER = "5f0c4d1e-0000-4000-8000-000000000002"
FORK = "5f0c4d1e-0000-4000-8000-00000000000f"
VENDORS = "msg_01XFDUDYJgAACzvnptvVoYEL"
CONSTANT = ("relay", "msg_1", "chatcmpl-0", VENDORS, "0af7651916cd43dd8448eb211c80319c")
texts = {"type": "text", "text": "Done."}


def gateway(second: float, name: str | None, *blocks: Line, **more: object) -> Line:
    """An answer of a gateway that gives no id of the request."""
    return answer(second, name, *blocks, **({"requestId": None} | more))


def total(*batches: Batch) -> tuple[int, int]:
    """How many responses the batches amount to, and their output."""
    ledger = Ledger()
    for batch in batches:
        ledger.add(batch)
    return len(ledger.requests), sum(part.output for part in ledger.requests.values())


def session(name: str, rows: list[Line]) -> Batch:
    return read(*(row | {"sessionId": name} for row in rows), name=f"{name}.jsonl")


turns = st.lists(  # the outputs of the answers to each prompt; every answer of several rows
    st.lists(st.tuples(st.integers(1, 500), st.integers(1, 3)), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


def conversation(
    turns: list[list[tuple[int, int]]], name: str, start: int, same_usage: bool
) -> list[Line]:
    """Rows of a gateway with one message id: prompts, answers in blocks, results between them."""
    rows, second = [], start
    for answers in turns:
        rows.append(prompt(second, uuid=f"p-{second}"))
        for place, (output, blocks) in enumerate(answers):
            used = usage(output, input_tokens=7 if same_usage else second)
            for block in range(blocks):
                content = call(f"c-{second}", "Read", file_path="/a") if block else texts
                rows.append(
                    gateway(second + 1, name, content, used=used, uuid=f"a-{second}-{block}")
                )
            second += 2
            if place + 1 < len(answers):
                rows.append(result(second, f"c-{second}", uuid=f"r-{second}"))
        second += 2
    return rows


@given(turns, turns, st.sampled_from(CONSTANT), st.booleans())
def test_a_constant_message_id_hides_no_response(
    first: list[list[tuple[int, int]]],
    second: list[list[tuple[int, int]]],
    name: str,
    same_usage: bool,
):
    one = conversation(first, name, 0, same_usage)
    two = conversation(second, name, 1000, same_usage)
    outputs = [output for turn in first + second for output, _ in turn]
    assert total(session(SESSION, one), session(OTHER, two)) == (len(outputs), sum(outputs))


@given(turns, st.sampled_from(CONSTANT), st.booleans())
def test_a_copy_of_such_a_session_adds_nothing(
    first: list[list[tuple[int, int]]], name: str, same_usage: bool
):
    rows = conversation(first, name, 0, same_usage)
    alone = total(session(SESSION, rows))
    assert total(session(SESSION, rows), session(FORK, rows)) == alone
    resumed = read(*rows, name=f"{FORK}.jsonl")  # an old one keeps the session's name in its rows
    assert total(session(SESSION, rows), resumed) == alone
    assert total(session(SESSION, [*rows, *rows])) == alone


@given(turns, st.sampled_from(CONSTANT), st.lists(st.integers(0, 40), max_size=5))
def test_stretches_tell_the_same_responses(
    first: list[list[tuple[int, int]]], name: str, cuts: list[int]
):
    rows = conversation(first, name, 0, same_usage=True)
    lines = data_of(rows).split(b"\n")[:-1]
    state, batches = "", []
    for begin, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(lines)], strict=True):
        batch = Batch()
        numbered = list(enumerate(lines))[begin:end]
        state = ClaudeCode().read(Path(f"/logs/{SESSION}.jsonl"), numbered, state, batch)
        batches.append(batch)
    whole = read(*rows)
    assert total(*batches) == total(whole)


def test_the_vendors_id_is_one_response_wherever_it_is_found():
    first = answer(1, VENDORS, used=usage(5), requestId="req_011CX", uuid="a")
    again = answer(9, VENDORS, used=usage(5), requestId="req_other", uuid="b", isSidechain=True)
    batches = read(prompt(0), first), read(again, name=f"{SESSION}/subagents/agent-1.jsonl")
    assert {part.id for batch in batches for part in batch.requests} == {id_of(VENDORS)}


def test_other_requests_with_the_vendors_looks_are_other_responses_in_a_session():
    rows = [
        line
        for turn in range(3)
        for line in (
            prompt(turn * 10),
            answer(turn * 10 + 1, VENDORS, used=usage(5, input_tokens=turn + 1),
                   requestId=f"req_{turn}"),
        )
    ]  # fmt: skip
    assert total(read(*rows)) == (3, 15)


def test_a_request_of_its_own_reference_is_another_response_whatever_else_is_the_same():
    rows = [gateway(1, "relay", requestRef=f"ref-{n}", uuid=f"a{n}") for n in (1, 1, 2, 2)]
    assert total(read(prompt(0), *rows)) == (2, 20)


def test_results_between_the_blocks_of_one_answer_do_not_part_it():
    rows = [
        gateway(1, "relay", texts, call("c1"), apiBlockIndex=0, uuid="a1"),
        result(2, "c1"),
        gateway(3, "relay", call("c2"), apiBlockIndex=1, uuid="a2"),
    ]
    assert total(read(prompt(0), *rows)) == (1, 10)


def test_a_row_that_does_not_tell_yet_what_was_read_belongs_to_its_answer():
    early = usage(0, input_tokens=0, cache_read_input_tokens=0)
    rows = [gateway(1, "relay", used=early, uuid="a"), gateway(2, "relay", uuid="b")]
    assert total(read(prompt(0), *rows)) == (1, 10)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (VENDORS, True),
        ("toolu_01D7FLrfh4GYq7yT1ULFeyMV", True),
        ("msg_bdrk_01NsdLNwtkNR4UvUvR6rLMFx", True),
        ("msg_fake00000048", True),
        ("msg_1", False),
        ("relay", False),
        ("msg_00000000000001", False),
        ("toolu_7", False),
    ],
)
def test_an_id_of_the_vendor_is_known_by_its_looks(name: str, expected: bool):
    assert is_vendors(name) is expected


def test_calls_are_told_apart_where_anybody_could_have_made_their_ids():
    first, second = Row(uuid="a"), Row(uuid="b")
    assert call_id("s", "call_1", first) != call_id("s", "call_1", second)
    assert call_id("s", "call_1", first) == call_id("other", "call_1", first)
    assert call_id("s", "call_1", Row()) != call_id("other", "call_1", Row())
    assert call_id("s", f"toolu_{VENDORS}", first) == call_id("t", f"toolu_{VENDORS}", first)
    assert row_id("x") == id_of("x") != request_id("x")


def test_edits_with_one_id_in_two_sessions_are_two():
    rows = [prompt(0), answer(1, "m", call("call_1"))]
    ledger = Ledger()
    for name in (SESSION, OTHER):
        ledger.add(session(name, [row | {"uuid": f"{row['uuid']} {name}"} for row in rows]))
    assert len(ledger.edits) == 2


@pytest.mark.parametrize("uuid", ["row-{}", "00000000-0000-4000-8000-00000000000{}"])
def test_rows_that_are_numbered_anew_in_every_session_are_not_each_others_copies(uuid):
    def session(key: str, second: int) -> list[Row]:
        common = {"sessionId": key}
        return [
            prompt(second, f"task of {key}", **common) | {"uuid": uuid.format(0)},
            answer(second + 1, "msg_1", **common) | {"uuid": uuid.format(1)},
        ]

    first, second = read(*session("one", 0)), read(*session("two", 60))
    assert first.prompts[0].id != second.prompts[0].id
    copy = read(*session("one", 0))
    assert copy.prompts[0].id == first.prompts[0].id


def test_ids_that_never_change_are_told_apart_by_what_was_said_in_between():
    ids = {"response": "msg_01AbCdEfGhJkLmNpQrStUvWx", "requestId": "req_011CabcdEFGHijklmnop"}
    rows: list[Line] = []
    for number in range(3):
        used = usage(10, input_tokens=100 + number)
        rows += [prompt(10 * number, uuid=f"p{number}"), answer(10 * number + 1, used=used, **ids)]
    assert sorted(part.input for part in read(*rows).requests) == [100, 101, 102]
