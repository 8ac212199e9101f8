import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.importers.gemini_cli.records import record_of
from ledger.importers.gemini_cli.replay import NO_TIME, ByteSpan, Replay
from ledger.importers.gemini_cli.state import START, ReaderState
from tests.importers.gemini_cli.cases import edit_call, gemini, info, metadata, results, user


def take(replay: Replay, data: bytes, offset: int = 0) -> str:
    record = record_of(data)
    assert record is not None
    return replay.take(ByteSpan(offset, data), record)


def played(*records: Any) -> Replay:
    replay = Replay(ReaderState())
    offset = 0
    for record in records:
        data = json.dumps(record).encode()
        assert take(replay, data, offset) == ""
        offset += len(data) + 1
    return replay


def test_a_message_keeps_the_place_where_it_first_stood() -> None:
    replay = played(
        metadata(), user("u1", "a"), gemini("g1"), user("u2", "b", 3), gemini("g1"), gemini("g2", 5)
    )
    places = replay.state.places
    assert (places["g1"].prompt, places["g1"].ordinal) == ("u1", 0)
    assert (places["g2"].prompt, places["g2"].ordinal) == ("u2", 1)
    assert replay.state.view == ["u1", "g1", "u2", "g2"]


def test_rewinding_cuts_the_view_but_forgets_nothing() -> None:
    replay = played(metadata(), user("u1", "a"), gemini("g1"), {"$rewindTo": "g1"})
    assert replay.state.view == ["u1"]
    assert set(replay.requests) == {"g1"}


def test_an_empty_list_of_messages_replaces_nothing() -> None:
    replay = played(metadata(), user("u1", "a"), {"$set": {"messages": []}})
    assert replay.state.view == ["u1"]


def test_the_first_id_of_a_session_stays() -> None:
    replay = played(metadata(sessionId="one"), {"$set": {"sessionId": "two"}})
    assert replay.state.session == "one"


def test_a_message_without_any_time_is_refused() -> None:
    replay = Replay(ReaderState())
    data = json.dumps(gemini("g1") | {"timestamp": None}).encode()
    assert take(replay, data) == NO_TIME
    assert replay.requests == {}


def test_a_message_without_a_time_takes_the_one_before() -> None:
    replay = played(metadata(), user("u1", "a", 4), gemini("g1") | {"timestamp": "soon"})
    assert replay.requests["g1"].time_ms == replay.prompts["u1"].time_ms


def test_one_beginning_stands_for_all_requests_without_a_prompt() -> None:
    replay = played(metadata(), gemini("g1"), gemini("g2", 3))
    assert list(replay.prompts) == [START]
    assert replay.prompts[START].where.data == json.dumps(gemini("g1")).encode()


def test_a_prompt_that_the_next_one_follows_was_asked_for_an_unknown_price() -> None:
    asked = played(metadata(), user("u1", "a"), user("u2", "b", 3), gemini("g2", 4))
    assert asked.lost == {"u1": asked.prompts["u1"].time_ms}


def test_an_answer_that_the_person_stopped_was_asked_for_an_unknown_price() -> None:
    call = edit_call("c1")
    stopped = played(
        metadata(),
        user("u1", "a"),
        gemini("g1", toolCalls=[call]),
        results("r1", "c1", 4),
        info("i1", "Request cancelled.", 5),
    )
    assert list(stopped.lost) == ["r1"]
    assert stopped.state.places["r1"].prompt == "u1"


def test_a_call_that_the_person_refused_was_not_handed_back() -> None:
    call = edit_call("c1", status="cancelled")
    refused = played(
        metadata(),
        user("u1", "a"),
        gemini("g1", toolCalls=[call]),
        results("r1", "c1", 4),
        info("i1", "Request cancelled.", 5),
        user("u2", "b", 6),
    )
    assert refused.lost == {}


def test_the_last_thing_asked_may_still_be_answered() -> None:
    assert played(metadata(), user("u1", "a")).lost == {}
    assert played(metadata(), user("u1", "/help"), user("u2", "b", 3)).lost == {}


def test_calls_without_words_or_counts_are_an_answer_only_where_one_was_awaited() -> None:
    calls = {"content": "", "tokens": None, "toolCalls": [edit_call("c1")]}
    awaited = played(metadata(), user("u1", "a"), gemini("g1", **calls))
    assert [request.used for request in awaited.requests.values()] == [None]
    parted = played(
        metadata(), user("u1", "a"), gemini("g1"), info("i1", "Careful."), gemini("g2", 4, **calls)
    )
    assert list(parted.requests) == ["g1"]


def test_a_notice_behind_a_history_written_again_belongs_to_no_earlier_prompt() -> None:
    messages = [user("u1", "a"), gemini("g1"), user("u2", "b", 3)]
    rewritten = {"$set": {"messages": messages[:2]}}
    before = played(metadata(), *messages, rewritten)
    after = played(metadata(), *messages, rewritten, info("i1", "Request cancelled.", 5))
    assert after.ends == before.ends


operations = st.lists(
    st.one_of(
        st.builds(user, st.sampled_from(["u1", "u2"]), st.just("words"), st.integers(1, 50)),
        st.builds(gemini, st.sampled_from(["g1", "g2", "g3"]), st.integers(1, 50)),
        st.builds(lambda to: {"$rewindTo": to}, st.sampled_from(["u1", "g1", "gone"])),
    ),
    max_size=12,
)


@given(operations, operations)
def test_what_was_told_stays_told_when_the_log_goes_on(early: list[Any], late: list[Any]) -> None:
    before, after = played(metadata(), *early), played(metadata(), *early, *late)
    assert before.prompts.items() <= after.prompts.items()
    assert before.requests.keys() <= after.requests.keys()
    assert before.lost.items() <= after.lost.items()
    assert before.state.places.items() <= after.state.places.items()
    for name, end in before.ends.items():
        assert after.ends[name] >= end
