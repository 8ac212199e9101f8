"""Requests that never got their answer are unknown, those that the server refused are nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.parts import Batch
from ledger.core.usage import Basis
from ledger.importers.claude_code.announced import MOST_WAITING, Announcements
from ledger.importers.claude_code.identity import request_id
from ledger.importers.claude_code.importer import ClaudeCode
from ledger.importers.claude_code.records import RequestSettings, Row
from ledger.importers.claude_code.state import ReaderState
from tests.importers.claude_code.claude_logs import (
    SESSION,
    Ledger,
    answer,
    data_of,
    id_of,
    prompt,
    read,
    row,
    state_after,
)
from tests.importers.claude_code.claude_logs import Row as Line

MODEL = "claude-sonnet-4-5"
STOP = [{"type": "text", "text": "[Request interrupted by user]"}]
TOTAL = {"type": "cost-state", "sessionId": SESSION, "modelUsage": {}}


def sent(second: float, name: str, source: str = "repl_main_thread", **more: object) -> Line:
    return {
        "type": "api-request",
        "sessionId": SESSION,
        "id": name,
        "timestamp": row("user", second)["timestamp"],
        "querySource": source,
        "params": {"model": MODEL, "max_tokens": 32000},
    } | more


def answered(second: float, name: str) -> Line:
    return answer(second, f"msg_{name}", requestRef=name)


def refused(second: float) -> Line:
    return row("system", second, subtype="api_error")


def unknown(*rows: Line) -> list[int]:
    return [part.id for part in read(*rows).requests if part.basis is Basis.UNKNOWN]


def test_an_answered_request_is_counted_once():
    (request,) = read(prompt(0), sent(1, "a"), answered(2, "a")).requests
    assert request.id == id_of("msg_a")


@pytest.mark.parametrize(
    "later",
    [[sent(5, "b"), answered(6, "b")], [prompt(5, STOP)], [TOTAL]],
    ids=["the next request", "the person stopped it", "the end of the session"],
)
def test_a_request_that_nothing_can_answer_any_more_is_unknown(later: list[Line]):
    batch = read(prompt(0, uuid="p"), sent(1, "a"), *later)
    (request,) = (part for part in batch.requests if part.basis is Basis.UNKNOWN)
    assert (request.id, request.basis, request.model) == (request_id("a"), Basis.UNKNOWN, MODEL)
    assert request.interaction == id_of("p")


def test_what_the_server_refused_was_not_billed():
    rows = prompt(0), sent(1, "a"), refused(2), sent(3, "b"), refused(4), sent(5, "c")
    assert unknown(*rows, answered(6, "c"), TOTAL) == []
    error = answer(2, None, model="<synthetic>", isApiErrorMessage=True)
    assert unknown(prompt(0), sent(1, "a"), error, TOTAL) == []


def test_threads_do_not_give_up_each_others_requests():
    rows = prompt(0), sent(1, "a"), sent(2, "t", "title"), answered(3, "a"), sent(4, "b")
    assert unknown(*rows, answered(5, "b"), answered(6, "t")) == []
    assert unknown(*rows, answered(5, "b")) == [request_id("t")]


def test_a_request_written_down_before_its_prompt_is_that_prompts():
    rows = prompt(0, uuid="a"), sent(5, "x"), prompt(4, uuid="b"), sent(6, "y")
    assert [part.interaction for part in read(*rows).requests] == [id_of("b")] * 2


def test_a_request_at_the_end_of_a_log_is_unknown_until_its_answer_comes():
    sending = (prompt(0, uuid="p"), sent(1, "a"))
    (waiting,) = read(*sending).requests
    assert (waiting.id, waiting.basis) == (request_id("a"), Basis.UNKNOWN)
    assert waiting.turn == waiting.id
    withdrawn, request = read(answered(2, "a"), state=state_after(*sending)).requests
    assert withdrawn == waiting._replace(basis=Basis.EXACT)
    assert request.id == id_of("msg_a")
    (refusal,) = read(refused(2), state=state_after(*sending)).requests
    assert refusal == withdrawn


@given(
    st.lists(st.sampled_from(["answer", "refusal", "nothing"]), max_size=6),
    st.lists(st.integers(0, 13), max_size=4),
    st.booleans(),
)
def test_every_request_is_answered_refused_or_unknown_in_any_stretches(
    fates: list[str], cuts: list[int], ended: bool
):
    lines = data_of([*told(fates), *([TOTAL] if ended else [])]).splitlines()
    ledger, state, path = Ledger(), "", Path(f"/logs/{SESSION}.jsonl")
    for begin, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(lines)], strict=True):
        state = ClaudeCode().read(path, list(enumerate(lines))[begin:end], state, batch := Batch())
        ledger.add(batch)
    known = [part.basis for part in ledger.requests.values()]
    assert known.count(Basis.EXACT) == fates.count("answer")
    assert known.count(Basis.UNKNOWN) == fates.count("nothing")


def told(fates: list[str]) -> list[Line]:
    rows: list[Line] = [prompt(0)]
    for place, fate in enumerate(fates):
        rows.append(sent(place * 2 + 1, f"r{place}"))
        if fate == "answer":
            rows.append(answered(place * 2 + 2, f"r{place}"))
        elif fate == "refusal":
            rows.append(refused(place * 2 + 2))
    return rows


def test_only_so_many_requests_wait():
    announced = Announcements(state := ReaderState(last_ms=1))
    for place in range(MOST_WAITING + 9):
        announced.send(Row(id=f"r{place}", query_source=f"s{place}", params=RequestSettings()), 0)
    assert len(state.announced) == MOST_WAITING
