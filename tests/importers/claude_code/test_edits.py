import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from ledger.core.vocabulary import Outcome
from ledger.importers.claude_code.edits import (
    MOST_OPEN_CALLS,
    EditInput,
    Lines,
    Replacement,
    changed_file,
    edit_input_in,
    edit_result_in,
    lines_applied,
    lines_of,
    lines_proposed,
    outcome_of,
)
from ledger.importers.claude_code.records import Block, Row
from tests.importers.claude_code.claude_logs import (
    DONE,
    SESSION,
    answer,
    call,
    id_of,
    prompt,
    read,
    state_after,
)
from tests.importers.claude_code.claude_logs import result as back

CALL = "toolu_01D7FLrfh4GYq7yT1ULFeyMV"
REFUSED = "The user doesn't want to proceed with this tool use. The tool use was rejected"


def raw(value: object) -> Raw:
    return Raw(json.dumps(value).encode())


def outcome(message: object, error: bool | None = True, **row: object) -> Outcome:
    whole = Row(
        tool_use_result=raw(row.get("result", "Error: x")), tool_denial_kind=row.get("kind")
    )
    return outcome_of(whole, Block(is_error=error, content=raw(message)), edit_result_in(whole))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (REFUSED, Outcome.REJECTED),
        (f"Error: {REFUSED}", Outcome.REJECTED),
        ([{"type": "text", "text": REFUSED}], Outcome.REJECTED),
        ("The user doesn't want to take this action right now. STOP", Outcome.INTERRUPTED),
        ("[Request interrupted by user for tool use]", Outcome.INTERRUPTED),
        ("Claude requested permissions to write to a.py", Outcome.BLOCKED),
        ("Permission to use Edit with command x has been denied.", Outcome.BLOCKED),
        ("PreToolUse:Edit hook error: no", Outcome.BLOCKED),
        ("<tool_use_error>String to replace not found in file.", Outcome.FAILED),
        (f"The file says: {REFUSED}", Outcome.FAILED),
        (None, Outcome.FAILED),
    ],
)
def test_the_whole_text_of_a_failed_result_says_why(message: object, expected: Outcome):
    assert outcome(message) is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("user-rejected", Outcome.REJECTED),
        ("permission-rule", Outcome.BLOCKED),
        ("automode-blocked", Outcome.BLOCKED),
        ("automode-unavailable", Outcome.BLOCKED),
        ("interrupted", Outcome.INTERRUPTED),
        ("cancelled", Outcome.INTERRUPTED),
        ("a-new-kind", Outcome.FAILED),
    ],
)
def test_the_kind_of_a_denial_says_it_best(kind: str, expected: Outcome):
    assert outcome("x", kind=kind) is expected


def test_a_result_that_is_no_error_was_applied_whatever_it_quotes():
    assert outcome(REFUSED, None, result=DONE | {"originalFile": REFUSED}) is Outcome.APPLIED
    assert outcome("done", False, result=DONE) is Outcome.APPLIED


def test_a_sub_agents_result_without_structure_was_applied():
    whole = Row()
    assert outcome_of(whole, Block(content=raw("File created")), None) is Outcome.APPLIED


def test_an_old_failure_is_known_by_its_result_alone():
    assert outcome("File has not been read yet.", None) is Outcome.FAILED


def test_a_notebook_tells_its_failure_inside_the_result():
    assert outcome("no", None, result={"error": "no such cell"}) is Outcome.FAILED
    assert outcome("yes", None, result={"error": ""}) is Outcome.APPLIED


def test_the_diff_counts_its_signs_only():
    done = edit_result_in(Row(tool_use_result=raw(DONE)))
    assert lines_applied(done) == Lines(2, 1)


@pytest.mark.parametrize("recorded", [{}, {"structuredPatch": []}, "text", {"structuredPatch": 7}])
def test_without_a_diff_nothing_is_counted(recorded: object):
    assert lines_applied(edit_result_in(Row(tool_use_result=raw(recorded)))) is None


def test_lines_quoted_as_context_do_not_count():
    call = EditInput(old_string="a\nb\nc\n", new_string="a\nB\nc\nd\n")
    assert lines_proposed(call) == Lines(2, 1)


def test_several_replacements_add_up():
    pairs = [Replacement("x", "y"), Replacement("p\nq", "p"), Replacement(None, None)]
    assert lines_proposed(EditInput(edits=pairs)) == Lines(1, 2)


def test_a_new_file_counts_its_lines():
    assert lines_proposed(EditInput(content="a\nb")) == Lines(2, 0)
    assert lines_proposed(EditInput(new_source="a\n")) == Lines(1, 0)
    assert lines_proposed(EditInput()) == Lines(0, 0)


@given(st.text("ab\n"), st.text("ab\n"))
def test_added_less_removed_is_how_much_longer_it_became(old: str, new: str):
    added, removed = lines_proposed(EditInput(old_string=old, new_string=new))
    assert added - removed == len(lines_of(new)) - len(lines_of(old))


def test_the_file_is_named_by_either_field():
    assert edit_input_in(raw({"file_path": "/a"})).path == "/a"
    assert edit_input_in(raw({"notebook_path": "/n", "old_string": 5})).path == "/n"
    assert edit_input_in(raw(["odd"])).path == ""


def test_a_changed_file_is_known_by_structure_not_by_words():
    assert changed_file(Row(tool_use_result=raw(DONE)))
    assert not changed_file(Row(tool_use_result=raw({"stdout": "structuredPatch"})))
    assert not changed_file(Row(tool_use_result=raw({"file": {"structuredPatch": []}})))
    assert not changed_file(Row())


AGENT = f"{SESSION}/subagents/agent-1.jsonl"


def test_a_call_and_its_result_in_one_stretch_are_one_part():
    rows = prompt(0), answer(1, "m", call(CALL)), back(2, CALL, toolUseResult=DONE)
    (edit,) = read(*rows).edits
    assert (edit.id, edit.path) == (id_of(CALL), "/home/ada/shop/a.py")
    assert (edit.added, edit.removed, edit.outcome) == (2, 1, Outcome.APPLIED)
    assert edit.offset > 0


def test_a_call_without_a_result_is_pending_and_counts_no_lines():
    (edit,) = read(prompt(0), answer(1, "m", call("t"))).edits
    assert (edit.outcome, edit.added, edit.removed) == (Outcome.PENDING, 0, 0)


def test_a_result_in_a_later_stretch_joins_its_call():
    rows = prompt(0), answer(1, "m", call("t"))
    pending = read(*rows).edits[0]
    (edit,) = read(back(2, "t", toolUseResult=DONE), state=state_after(*rows)).edits
    known = {"added": 2, "removed": 1, "outcome": Outcome.APPLIED}
    assert edit == pending._replace(**known)


def test_a_later_result_without_a_diff_counts_what_the_call_said():
    rows = prompt(0), answer(1, "m", call("t"))
    (edit,) = read(back(2, "t", "No.", True), state=state_after(*rows)).edits
    assert (edit.added, edit.removed, edit.outcome) == (2, 1, Outcome.FAILED)


def test_the_exact_diff_counts_and_not_the_larger_call():
    long = call("t", file_path="/a", old_string="", new_string="x\n" * 50)
    (edit,) = read(answer(1, "m", long), back(2, "t", toolUseResult=DONE)).edits
    assert (edit.added, edit.removed) == (2, 1)


def test_a_change_by_the_person_before_accepting_is_known():
    modified = DONE | {"userModified": True}
    (edit,) = read(answer(1, "m", call("t")), back(2, "t", toolUseResult=modified)).edits
    assert edit.human_changed


def test_a_result_whose_call_was_lost_still_counts():
    (edit,) = read(prompt(0), back(2, CALL, toolUseResult=DONE)).edits
    assert (edit.id, edit.path, edit.offset) == (id_of(CALL), "/home/ada/shop/a.py", -1)
    assert (edit.added, edit.removed, edit.outcome) == (2, 1, Outcome.APPLIED)


def test_a_sub_agents_edit_waits_for_its_interaction():
    (edit,) = read(
        prompt(5, isSidechain=True),
        answer(6, "m", call("t"), isSidechain=True),
        back(7, "t", isSidechain=True),
        name=AGENT,
    ).edits
    assert (edit.interaction, edit.session) == (None, id_of(SESSION))
    assert edit.time_ms - edit.anchor_ms == 1_000
    assert (edit.added, edit.removed, edit.outcome) == (2, 1, Outcome.APPLIED)


def test_other_tools_and_calls_without_an_id_are_no_edits():
    shell = call("s", "Bash", command="sed -i s/a/b/ a.py")
    nameless = call("x") | {"id": None}
    assert read(answer(1, "m", shell, nameless), back(2, "s")).edits == []


def test_only_the_newest_open_calls_are_remembered():
    rows = [
        answer(second, f"m{second}", call(f"t{second}")) for second in range(MOST_OPEN_CALLS + 5)
    ]
    state = state_after(*rows)
    assert '"t4"' not in state
    assert '"t5"' in state
