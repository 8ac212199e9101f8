import json

from ledger.importers.base import Step, StepKind
from ledger.importers.codex.transcript import steps_of
from tests.importers.codex.rollouts import Row, data_of, event, item, message, prompt, row

PATCH = "*** Begin Patch\n*** Update File: a.py\n@@\n-two\n+2\n*** End Patch"
DIFF = {"/home/a.py": {"type": "update", "unified_diff": "@@ -7 +7 @@\n-two\n+2\n"}}


def shown(*rows: Row | bytes) -> list[tuple[StepKind, str, str]]:
    return [tuple(step) for step in steps_of(data_of(rows).split(b"\n"))]


def test_what_is_logged_twice_is_told_once():
    assert shown(
        prompt(1, "go"),
        message(1, "go"),
        event("agent_reasoning", 2, text="Look first."),
        item("reasoning", 2, summary=[{"type": "summary_text", "text": "Look first."}]),
        event("agent_message", 3, message="Done."),
        message(3, "Done.", "assistant"),
    ) == [
        (StepKind.PROMPT, "", "go"),
        (StepKind.THINKING, "", "Look first."),
        (StepKind.ANSWER, "", "Done."),
    ]


def test_what_is_logged_only_as_an_event_is_told_too():
    assert shown(
        event("agent_reasoning", 2, text="Look first."), event("agent_message", 3, message="Done.")
    ) == [(StepKind.THINKING, "", "Look first."), (StepKind.ANSWER, "", "Done.")]


def test_an_edit_shows_the_diff_that_was_applied():
    call = item("custom_tool_call", 1, name="apply_patch", input=PATCH, call_id="c")
    body = "--- /home/a.py\n+++ /home/a.py\n@@ -7 +7 @@\n-two\n+2\n"
    result = event("patch_apply_end", 2, call_id="c", success=True, changes=DIFF)
    assert shown(call, result) == [Step(StepKind.EDIT, "/home/a.py", body)]
    assert shown(result) == [Step(StepKind.EDIT, "/home/a.py", body)]
    body = "--- a.py\n+++ a.py\n@@\n-two\n+2"
    assert shown(call) == [Step(StepKind.EDIT, "a.py", body)]


def test_calls_show_their_command_and_results_their_output():
    assert shown(
        item("function_call", 1, name="shell", arguments='{"command":["ls","-l"]}', call_id="a"),
        item("function_call", 1, name="exec_command", arguments='{"cmd":"ls"}', call_id="b"),
        item("function_call", 1, name="odd", arguments="{torn", call_id="c"),
        item("local_shell_call", 1, action={"command": ["pwd"]}, call_id="d"),
        item("function_call_output", 2, output=json.dumps({"output": "a\nb"}), call_id="a"),
        item("function_call_output", 2, output={"content": "c"}, call_id="b"),
        item("function_call_output", 2, output="{torn", call_id="c"),
    ) == [
        (StepKind.CALL, "shell", "ls -l"),
        (StepKind.CALL, "exec_command", "ls"),
        (StepKind.CALL, "odd", "{torn"),
        (StepKind.CALL, "local_shell_call", "pwd"),
        (StepKind.RESULT, "", "a\nb"),
        (StepKind.RESULT, "", "c"),
        (StepKind.RESULT, "", "{torn"),
    ]


def test_what_happened_to_the_conversation_is_noticed():
    assert shown(
        event("turn_aborted", 1, reason="interrupted"),
        event("turn_aborted", 1, reason="replaced"),
        row("compacted", 2, message=""),
        event("thread_rolled_back", 3, num_turns=1),
    ) == [
        (StepKind.NOTICE, "Interrupted", ""),
        (StepKind.NOTICE, "Interrupted", "replaced"),
        (StepKind.NOTICE, "Context compacted", ""),
        (StepKind.NOTICE, "Rolled back", ""),
    ]


def test_lines_that_cannot_be_read_are_passed_over():
    assert shown(b"torn", b"\0", b"[]", message(1, "Rules.", "developer")) == []
