import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.importers.gemini_cli.replay import NO_TIME, ByteSpan, Replay
from ledger.importers.gemini_cli.state import START, ReaderState
from tests.importers.gemini_cli.cases import gemini, metadata, user


def played(*records: Any) -> Replay:
    replay = Replay(ReaderState())
    offset = 0
    for record in records:
        data = json.dumps(record).encode()
        assert replay.take(ByteSpan(offset, data)) == ""
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
    assert replay.take(ByteSpan(0, data)) == NO_TIME
    assert replay.requests == {}


def test_a_message_without_a_time_takes_the_one_before() -> None:
    replay = played(metadata(), user("u1", "a", 4), gemini("g1") | {"timestamp": "soon"})
    assert replay.requests["g1"].time_ms == replay.prompts["u1"].time_ms


def test_one_beginning_stands_for_all_requests_without_a_prompt() -> None:
    replay = played(metadata(), gemini("g1"), gemini("g2", 3))
    assert list(replay.prompts) == [START]
    assert replay.prompts[START].where.data == json.dumps(gemini("g1")).encode()


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
    assert before.state.places.items() <= after.state.places.items()
    for name, end in before.ends.items():
        assert after.ends[name] >= end
