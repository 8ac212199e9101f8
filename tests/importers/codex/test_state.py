from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.vocabulary import Origin
from ledger.importers.codex.state import (
    Candidate,
    ReaderState,
    decode_state,
    encode_state,
    key_of_name,
)
from ledger.importers.codex.usage import Counters, Meter

NUMBER = st.integers(0, 2**63 - 1)
COUNTERS = st.builds(Counters, NUMBER, NUMBER)
CANDIDATE = st.builds(
    Candidate, NUMBER, NUMBER, NUMBER, NUMBER, st.text(), NUMBER, st.sampled_from(Origin)
)
STATES = st.builds(
    ReaderState,
    key=st.text(),
    parent=st.none() | NUMBER,
    model=st.none() | st.just("") | st.text(),
    candidate=st.none() | CANDIDATE,
    meter=st.builds(Meter, st.none() | COUNTERS, recent=st.lists(COUNTERS, max_size=2)),
    calls=st.dictionaries(st.text(), st.lists(st.text(), max_size=2), max_size=2),
)


@given(STATES)
def test_a_state_comes_back_as_it_was(state: ReaderState):
    assert decode_state(encode_state(state)) == state


def test_a_file_begins_with_nothing_remembered():
    assert decode_state("") == ReaderState()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (
            "rollout-2026-03-01T10-00-00-0199A0C1-0000-7000-8000-000000000001.jsonl",
            "0199a0c1-0000-7000-8000-000000000001",
        ),
        ("session-alpha.jsonl", "session-alpha"),
        ("session-alpha.jsonl.zst", "session-alpha"),
    ],
)
def test_a_key_is_the_id_in_the_name_or_the_name(name: str, key: str):
    assert key_of_name(Path("/logs", name)) == key


def test_a_rollout_written_on_after_going_back_is_of_its_thread():
    thread, own = "01a22e5a-8041-7601-ab18-b389736d1e5a", "01a22e5a-ab8f-7063-89b4-5c52d54bf253"
    assert key_of_name(Path(f"rollout-2026-11-30T21-27-03-{thread}_{own}.jsonl")) == thread
    assert key_of_name(Path(f"rollout-2026-11-30T21-27-03-{thread}.jsonl.zst")) == thread


def test_a_random_name_of_a_turn_is_the_same_everywhere_and_any_other_in_its_family_only():
    one, other = ReaderState(key="k1"), ReaderState(key="k2")
    child = ReaderState(key="k3", family="k1")
    random = "0199a0c2-1f3e-7d41-9b0a-5c6d7e8f9012"
    assert one.of_turn(random) == other.of_turn(random)
    assert one.of_turn("turn-1") == child.of_turn("turn-1") != other.of_turn("turn-1")
    child.prompt_print = 7
    assert one.of_turn("turn-1") != child.of_turn("turn-1")
