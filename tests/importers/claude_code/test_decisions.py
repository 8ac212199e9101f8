"""Who said yes or no to a call, and what became of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from ledger.core.vocabulary import Decider, Outcome
from ledger.importers.claude_code.decisions import verdict_of
from ledger.importers.claude_code.records import Block, Permission, Row

REFUSED = "The user doesn't want to proceed with this tool use. The tool use was rejected"
HEADLESS = "Claude requested permissions to write to a.py, but you haven't granted it yet."
HOOK = "PreToolUse:Edit hook error: [deny.sh]: no edits on this branch"
FAILED = "<tool_use_error>String to replace not found in file."


def verdict(message: str = "done", error: bool = True, source: str = "", changed=False, **more):
    decision = Permission(decision="reject" if error else "accept", source=source or None)
    row = Row(permission_decision=decision if source else None, **more)
    block = Block(is_error=error, content=Raw(json.dumps(message).encode()))
    return tuple(verdict_of(row, block, failed=False, changed=changed))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        # The five denials of version 2.1.332.
        (
            verdict(REFUSED, tool_denial_kind="user-rejected", tool_denial_before_run=True),
            (Outcome.REJECTED, Decider.PERSON),
        ),
        (
            verdict(REFUSED, source="user_reject", tool_denial_kind="user-rejected"),
            (Outcome.REJECTED, Decider.PERSON),
        ),
        (
            verdict(HOOK, source="hook", tool_denial_kind="permission-rule"),
            (Outcome.BLOCKED, Decider.HOOK),
        ),
        (
            verdict(HEADLESS, source="config", tool_denial_kind="user-rejected"),
            (Outcome.BLOCKED, Decider.NOBODY),
        ),
        (verdict(FAILED), (Outcome.FAILED, Decider.FAILURE)),
        # Older ones.
        (verdict(REFUSED, tool_denial_kind="user-rejected"), (Outcome.REJECTED, Decider.PERSON)),
        (verdict("no", tool_denial_kind="user-rejected"), (Outcome.REJECTED, Decider.PERSON)),
        (verdict(HEADLESS, tool_denial_kind="user-rejected"), (Outcome.BLOCKED, Decider.NOBODY)),
        (verdict(HOOK, tool_denial_kind="permission-rule"), (Outcome.BLOCKED, Decider.HOOK)),
        (verdict("no", tool_denial_kind="permission-rule"), (Outcome.BLOCKED, Decider.RULE)),
        (verdict("no", tool_denial_kind="automode-blocked"), (Outcome.BLOCKED, Decider.RULE)),
        (verdict("no", tool_denial_kind="cancelled"), (Outcome.INTERRUPTED, Decider.UNKNOWN)),
        (verdict(REFUSED), (Outcome.REJECTED, Decider.PERSON)),
        (verdict(HEADLESS), (Outcome.BLOCKED, Decider.NOBODY)),
        (verdict("Permission to use Edit has been denied."), (Outcome.BLOCKED, Decider.RULE)),
        (verdict(HOOK), (Outcome.BLOCKED, Decider.HOOK)),
        # Allowed.
        (verdict(error=False, source="user_temporary"), (Outcome.APPLIED, Decider.PERSON)),
        (verdict(error=False, source="user_permanent"), (Outcome.APPLIED, Decider.PERSON)),
        (verdict(error=False, source="config"), (Outcome.APPLIED, Decider.RULE)),
        (verdict(error=False, source="hook"), (Outcome.APPLIED, Decider.HOOK)),
        (verdict(error=False, changed=True), (Outcome.APPLIED, Decider.PERSON)),
        (verdict(error=False), (Outcome.APPLIED, Decider.UNKNOWN)),
    ],
)
def test_what_became_of_a_call_and_who_decided(known, expected):
    assert known == expected


@given(
    st.sampled_from(["config", "hook", "hook:PreToolUse", "config_rule"]),
    st.sampled_from([REFUSED, HEADLESS, HOOK, "no", ""]),
    st.sampled_from([None, "user-rejected", "permission-rule", "a-kind-to-come"]),
)
def test_nobody_is_said_to_have_refused_where_a_setting_or_a_program_did(source, words, kind):
    outcome, decider = verdict(words, source=source, tool_denial_kind=kind)
    assert outcome is Outcome.BLOCKED
    assert decider is not Decider.PERSON
