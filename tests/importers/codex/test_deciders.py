import json

import pytest

from ledger.core.vocabulary import Decider, Outcome
from ledger.importers.codex.deciders import decider_of, take_rules
from ledger.importers.codex.records import Payload, Raw
from ledger.importers.codex.state import ReaderState
from tests.importers.codex.rollouts import FOLDER, event, head, item, prompt, read, turn

INSIDE, OUTSIDE = f"{FOLDER}/a.py", "/home/ada/other/a.py"


def state(approval: str, sandbox: str = "workspace-write", **fields: object) -> ReaderState:
    return ReaderState(approval=approval, sandbox=sandbox, directory=FOLDER, **fields)


@pytest.mark.parametrize(
    ("approval", "sandbox", "path", "by"),
    [
        ("never", "workspace-write", INSIDE, Decider.RULE),
        ("untrusted", "workspace-write", INSIDE, Decider.PERSON),
        ("on-failure", "read-only", INSIDE, Decider.RULE),
        ("on-request", "workspace-write", INSIDE, Decider.RULE),
        ("on-request", "workspace-write", "/tmp/a.py", Decider.RULE),
        ("on-request", "workspace-write", OUTSIDE, Decider.PERSON),
        ("on-request", "workspace-write", f"{FOLDER}/../other/a.py", Decider.PERSON),
        ("on-request", "workspace-write", f"{FOLDER}s/a.py", Decider.PERSON),
        ("on-request", "read-only", INSIDE, Decider.PERSON),
        ("on-request", "danger-full-access", OUTSIDE, Decider.RULE),
        ("on-request", "", INSIDE, Decider.UNKNOWN),
        ("", "workspace-write", INSIDE, Decider.UNKNOWN),
        ("of a later build", "workspace-write", INSIDE, Decider.UNKNOWN),
    ],
)
def test_what_was_applied_was_allowed_by_the_rules_of_the_turn_or_by_whom_they_ask(
    approval: str, sandbox: str, path: str, by: Decider
):
    assert decider_of(state(approval, sandbox), Outcome.APPLIED, path) is by


def test_nobody_can_be_asked_in_a_headless_run():
    assert decider_of(state("never", is_script=True), Outcome.APPLIED, INSIDE) is Decider.NOBODY


@pytest.mark.parametrize(
    ("outcome", "by"),
    [
        (Outcome.PENDING, Decider.UNKNOWN),
        (Outcome.REJECTED, Decider.PERSON),
        (Outcome.BLOCKED, Decider.RULE),
        (Outcome.FAILED, Decider.FAILURE),
        (Outcome.INTERRUPTED, Decider.PERSON),
    ],
)
def test_what_was_not_applied_says_itself_who_decided(outcome: Outcome, by: Decider):
    assert decider_of(state("on-request"), outcome, INSIDE) is by


def test_a_reviewer_that_is_no_person_is_a_rule():
    reviewed = state("untrusted", reviewer="auto_review")
    assert decider_of(reviewed, Outcome.APPLIED, INSIDE) is Decider.RULE
    assert decider_of(reviewed, Outcome.REJECTED, INSIDE) is Decider.RULE


def test_a_turn_that_ran_out_of_its_budget_was_stopped_by_a_rule():
    assert decider_of(state(""), Outcome.INTERRUPTED, "", "budget_limited") is Decider.RULE
    assert decider_of(state(""), Outcome.INTERRUPTED, "", "replaced") is Decider.PERSON


def test_a_windows_folder_is_compared_as_windows_does():
    there = ReaderState(
        approval="on-request", sandbox="workspace-write", directory="C:\\code\\shop"
    )
    assert decider_of(there, Outcome.APPLIED, "c:\\code\\shop\\a.py") is Decider.RULE
    assert decider_of(there, Outcome.APPLIED, "C:\\code\\other\\a.py") is Decider.PERSON


def test_the_rules_of_a_turn_hold_until_they_are_told_otherwise():
    kept = ReaderState()
    take_rules(
        kept,
        Payload(
            approval_policy=Raw(b'"on-request"'),
            approvals_reviewer=Raw(b'"user"'),
            sandbox_policy=Raw(b'{"type":"read-only"}'),
        ),
    )
    take_rules(kept, Payload(approval_policy=Raw(b'"never"'), sandbox_policy=Raw(b"7")))
    assert (kept.approval, kept.reviewer, kept.sandbox) == ("never", "user", "read-only")
    take_rules(kept, Payload(sandbox_policy=Raw(b'"workspace-write"')))
    assert kept.sandbox == "workspace-write"


PATCH = "*** Begin Patch\n*** Update File: a.py\n@@\n-1\n+2\n*** End Patch"


def test_a_hook_that_stopped_a_patch_decided_on_it():
    asked = turn(0, "t", approval_policy="untrusted", sandbox_policy={"type": "workspace-write"})
    call = item("custom_tool_call", 2, name="apply_patch", input=PATCH, call_id="c")
    said = "Tool call blocked by PreToolUse hook: not in this folder"
    result = item("custom_tool_call_output", 3, call_id="c", output=said)
    proposed, stopped = read(head(), asked, prompt(1, "go"), call, result).edits
    assert (proposed.outcome, proposed.decided_by) == (Outcome.PENDING, Decider.UNKNOWN)
    assert (stopped.outcome, stopped.decided_by) == (Outcome.BLOCKED, Decider.HOOK)


def test_a_patch_that_a_reviewer_declined_was_not_refused_by_the_person():
    asked = turn(0, "t", approval_policy="untrusted", approvals_reviewer="auto_review")
    change = {"type": "FileChange", "id": "c", "status": "declined", "changes": {INSIDE: {}}}
    rows = [head(), asked, prompt(1, "go"), event("item_completed", 3, item=change)]
    (part,) = read(*rows).edits
    assert (part.outcome, part.decided_by) == (Outcome.BLOCKED, Decider.RULE)


def test_a_word_that_is_none_of_ours_is_not_kept_in_the_ledger():
    told = ReaderState()
    row = {"approval_policy": "secret words", "approvals_reviewer": "Ada", "sandbox_policy": "x y"}
    take_rules(
        told, Payload(**{name: Raw(json.dumps(word).encode()) for name, word in row.items()})
    )
    assert {told.approval, told.reviewer, told.sandbox} == {"other"}
    assert decider_of(told, Outcome.REJECTED, INSIDE) is Decider.RULE
    assert decider_of(told, Outcome.APPLIED, INSIDE) is Decider.UNKNOWN
