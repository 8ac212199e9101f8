from pathlib import Path

import pytest

from ledger.importers.claude_code.state import ReaderState, decode_state, is_subagent, session_key


@pytest.mark.parametrize(
    ("path", "key", "from_subagent"),
    [
        ("/p/-shop/5f0c.jsonl", "5f0c", False),
        ("/p/-shop/5f0c/subagents/agent-1.jsonl", "5f0c", True),
        ("/p/-shop/5f0c/subagents/workflows/wf_1/agent-1.jsonl", "5f0c", True),
        ("/subagents/p/5f0c/subagents/agent-1.jsonl", "5f0c", True),
        ("/p/-shop/agent-1.jsonl", "", True),
        ("/p/-shop/session-alpha/chat.jsonl", "session-alpha/chat", False),
        ("/p/-shop/a-name-with-1.jsonl", "a-name-with-1", False),
        # A folder of that name above the logs is not a session's.
        ("/srv/subagents/claude/projects/-shop/5f0c.jsonl", "5f0c", False),
        ("/h1/subagents/projects/-shop/5f0c.jsonl", "5f0c", False),
        ("/subagents/projects/-shop/5f0c/subagents/agent-1.jsonl", "5f0c", True),
        ("/c/projects/-shop/sess-parent/subagents/agent-1.jsonl", "sess-parent", True),
        ("/c/projects/-shop/sess-parent/subagents/wf/run/helper.jsonl", "sess-parent", True),
        ("/c/projects/subagents/5f0c.jsonl", "5f0c", False),
        ("/srv/subagents/logs/-shop/5f0c.jsonl", "5f0c", False),
        ("/srv/subagents/logs/-shop/agent-1.jsonl", "", True),
        ("/home/ada1/subagents/logs/-shop/5f0c.jsonl", "5f0c", False),
    ],
)
def test_a_path_names_its_session(path: str, key: str, from_subagent: bool):
    assert session_key(Path(path)) == key
    assert is_subagent(Path(path)) is from_subagent


def test_two_old_sessions_with_one_file_name_stay_two():
    assert session_key(Path("/p/one/chat.jsonl")) != session_key(Path("/p/two/chat.jsonl"))


@pytest.mark.parametrize("state", ["", "{", "[]", '{"calls": 7}', '{"last_ms": "x"}'])
def test_a_state_that_cannot_be_read_is_a_fresh_start(state: str):
    assert decode_state(state) == ReaderState()


def test_memories_do_not_share_their_calls():
    assert ReaderState().calls is not ReaderState().calls
