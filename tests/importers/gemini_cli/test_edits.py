import json
from typing import Any

import pytest

from ledger.core.vocabulary import Decider, Outcome
from ledger.importers.gemini_cli.edits import Change, answer_of, calls_of, change_of
from ledger.importers.gemini_cli.records import record_of
from tests.importers.gemini_cli.cases import edit_call, gemini

DIFF = "Index: a\n===\n--- a\told\n+++ a\tnew\n@@ -1,2 +1,3 @@\n x\n--- dashes\n+++ pluses\n+c\n"


def change(call: dict[str, Any]) -> Change | None:
    record = record_of(json.dumps(gemini("g1", toolCalls=[call])).encode())
    assert record is not None
    (call,) = calls_of(record.tool_calls)
    return change_of(call, 5)


def known(call: dict[str, Any]) -> Change:
    edit = change(call)
    assert edit is not None
    return edit


def answered(status: str, error: str) -> dict[str, Any]:
    return edit_call(status=status, result=[{"functionResponse": {"response": {"error": error}}}])


def test_lines_come_from_the_tools_own_count() -> None:
    stat = {"model_added_lines": 9, "model_removed_lines": 8, "user_added_lines": 0}
    edit = known(edit_call(resultDisplay={"fileDiff": DIFF, "diffStat": stat}))
    assert (edit.added, edit.removed, edit.human_changed) == (9, 8, False)


def test_lines_are_counted_in_the_diff_when_the_tool_did_not() -> None:
    edit = known(edit_call(resultDisplay={"fileDiff": DIFF}))
    assert (edit.added, edit.removed) == (2, 1)


def test_the_arguments_count_when_nothing_else_tells() -> None:
    edit = known(edit_call(resultDisplay="Edited."))
    assert (edit.added, edit.removed) == (2, 1)


def test_a_call_that_is_not_done_has_no_lines_yet() -> None:
    edit = known(edit_call(status="executing"))
    assert (edit.added, edit.removed, edit.outcome) == (0, 0, Outcome.PENDING)


def test_what_the_person_changed_before_accepting_is_noticed() -> None:
    stat = {"model_added_lines": 1, "user_removed_lines": 2}
    assert known(edit_call(resultDisplay={"diffStat": stat})).human_changed


@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [
        ("success", "", Outcome.APPLIED),
        (
            "cancelled",
            "[Operation Cancelled] Reason: User did not allow tool call",
            Outcome.REJECTED,
        ),
        ("cancelled", "", Outcome.REJECTED),
        (
            "cancelled",
            "[Operation Cancelled] Reason: User cancelled the operation.",
            Outcome.INTERRUPTED,
        ),
        ("error", "Failed to edit, 0 occurrences found for old_string", Outcome.FAILED),
        ("error", 'Tool "replace" not found. Did you mean one of: "read_file"?', Outcome.BLOCKED),
        ("error", "Tool execution denied by policy.", Outcome.BLOCKED),
        ("awaiting_approval", "", Outcome.PENDING),
    ],
)
def test_the_outcome_follows_the_tools_record(status: str, answer: str, outcome: Outcome) -> None:
    assert known(answered(status, answer)).outcome is outcome


@pytest.mark.parametrize(
    ("call", "decider"),
    [
        (edit_call(), Decider.UNKNOWN),  # the log does not say who let it pass
        (edit_call(outcome="proceed_once"), Decider.PERSON),
        (edit_call(outcome="modify_with_editor"), Decider.PERSON),
        (edit_call(outcome="proceed_always"), Decider.RULE),
        (edit_call(approvalMode="yolo"), Decider.RULE),
        (edit_call(resultDisplay={"diffStat": {"user_added_lines": 1}}), Decider.PERSON),
        (
            answered("cancelled", "[Operation Cancelled] Reason: User denied execution."),
            Decider.PERSON,
        ),
        (answered("cancelled", "User cancelled the operation."), Decider.UNKNOWN),
        (answered("error", "Failed to edit, 0 occurrences found"), Decider.FAILURE),
        (
            answered("error", 'Tool "replace" not found. Did you mean one of: "glob"?'),
            Decider.NOBODY,
        ),
        (
            answered("error", "requires user confirmation, which is not supported here"),
            Decider.NOBODY,
        ),
        (answered("error", "Tool execution denied by policy."), Decider.RULE),
        (answered("error", "Tool execution blocked by hook: no"), Decider.HOOK),
        (edit_call(status="awaiting_approval"), Decider.UNKNOWN),
    ],
)
def test_who_decided_is_told_where_the_record_tells(call: dict[str, Any], decider: Decider) -> None:
    assert known(call).decided_by is decider


def test_calls_that_change_no_file_are_no_edits() -> None:
    assert change(edit_call(name="c") | {"name": "read_file"}) is None
    assert change(edit_call(name="c") | {"name": ["replace"]}) is None


def test_two_versions_of_a_call_tell_more_than_one() -> None:
    early = Change(7, "", 0, 0, Outcome.PENDING, human_changed=False)
    late = Change(9, "a.py", 3, 1, Outcome.APPLIED, human_changed=True)
    assert early.joined(late) == late.joined(early)
    assert early.joined(late) == late._replace(time_ms=7)


def test_an_answer_is_the_error_or_the_output() -> None:
    record = record_of(json.dumps(gemini("g1", toolCalls=[answered("error", "no")])).encode())
    assert record is not None
    assert [answer_of(call) for call in calls_of(record.tool_calls)] == ["no"]
