from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.importers.gemini_cli.rewriting import Copies, Said
from ledger.importers.gemini_cli.state import Place, ReaderState, decode_state, encode_state

PATH = Path("/home/ada/.gemini/tmp/p/chats/session-2026-03-01T10-05-0d2f6a52.jsonl")
NUMBER = st.integers(0, 2**63 - 1)
STATES = st.builds(
    ReaderState,
    session=st.text(),
    last_ms=NUMBER,
    directories=st.lists(st.text(), max_size=2),
    has_start=st.booleans(),
    places=st.dictionaries(st.text(), st.builds(Place, st.text(), NUMBER), max_size=2),
    view=st.lists(st.text(), max_size=2),
    copies=st.builds(
        Copies,
        said=st.dictionaries(
            st.text(), st.builds(Said, st.just("prompt"), st.tuples(NUMBER), st.tuples(st.text()))
        ),
        originals=st.dictionaries(st.text(), st.text(), max_size=2),
    ),
    unanswered=st.text(),
)


@given(STATES)
def test_a_state_comes_back_as_it_was(state: ReaderState) -> None:
    assert decode_state(encode_state(state), PATH) == state


def test_the_name_of_a_file_tells_when_it_began() -> None:
    assert decode_state("", PATH) == ReaderState(last_ms=1_772_359_500_000)


@pytest.mark.parametrize("name", ["session-odd.jsonl", "session-2026-13-01T10-05-x.jsonl"])
def test_a_name_without_a_time_tells_none(name: str) -> None:
    assert decode_state("", PATH.with_name(name)) == ReaderState()


def test_a_file_one_folder_deeper_is_a_sub_agents() -> None:
    deeper = PATH.parent / "0d2f6a52" / "helper-1.jsonl"
    assert decode_state("", deeper) == ReaderState(kind="subagent")
