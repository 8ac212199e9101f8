import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from ledger.core.words import Outcome
from ledger.importers.claude_code.edits import (
    Lines,
    Proposed,
    Replacement,
    changed_file,
    done_in,
    lines_done,
    lines_of,
    lines_proposed,
    outcome_of,
    proposed_in,
)
from ledger.importers.claude_code.rows import Block, Row
from tests.importers.claude_code.claude_logs import DONE

REFUSED = "The user doesn't want to proceed with this tool use. The tool use was rejected"


def raw(value: object) -> Raw:
    return Raw(json.dumps(value).encode())


def outcome(words: object, error: bool | None = True, **row: object) -> Outcome:
    whole = Row(tool_use_result=raw(row.get("told", "Error: x")), tool_denial_kind=row.get("kind"))
    return outcome_of(whole, Block(is_error=error, content=raw(words)), done_in(whole))


@pytest.mark.parametrize(
    ("words", "expected"),
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
def test_the_whole_text_of_a_failed_result_says_why(words: object, expected: Outcome):
    assert outcome(words) is expected


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
    assert outcome(REFUSED, None, told=DONE | {"originalFile": REFUSED}) is Outcome.APPLIED
    assert outcome("done", False, told=DONE) is Outcome.APPLIED


def test_a_helpers_result_without_structure_was_applied():
    whole = Row()
    assert outcome_of(whole, Block(content=raw("File created")), None) is Outcome.APPLIED


def test_an_old_failure_is_known_by_its_result_alone():
    assert outcome("File has not been read yet.", None) is Outcome.FAILED


def test_a_notebook_tells_its_failure_inside_the_result():
    assert outcome("no", None, told={"error": "no such cell"}) is Outcome.FAILED
    assert outcome("yes", None, told={"error": ""}) is Outcome.APPLIED


def test_the_diff_counts_its_signs_only():
    found = done_in(Row(tool_use_result=raw(DONE)))
    assert lines_done(found) == Lines(2, 1)


@pytest.mark.parametrize("told", [{}, {"structuredPatch": []}, "text", {"structuredPatch": 7}])
def test_without_a_diff_nothing_is_counted(told: object):
    assert lines_done(done_in(Row(tool_use_result=raw(told)))) is None


def test_lines_quoted_as_context_do_not_count():
    call = Proposed(old_string="a\nb\nc\n", new_string="a\nB\nc\nd\n")
    assert lines_proposed(call) == Lines(2, 1)


def test_several_replacements_add_up():
    pairs = [Replacement("x", "y"), Replacement("p\nq", "p"), Replacement(None, None)]
    assert lines_proposed(Proposed(edits=pairs)) == Lines(1, 2)


def test_a_new_file_counts_its_lines():
    assert lines_proposed(Proposed(content="a\nb")) == Lines(2, 0)
    assert lines_proposed(Proposed(new_source="a\n")) == Lines(1, 0)
    assert lines_proposed(Proposed()) == Lines(0, 0)


@given(st.text("ab\n"), st.text("ab\n"))
def test_added_less_removed_is_how_much_longer_it_became(old: str, new: str):
    added, removed = lines_proposed(Proposed(old_string=old, new_string=new))
    assert added - removed == len(lines_of(new)) - len(lines_of(old))


def test_the_file_is_named_by_either_field():
    assert proposed_in(raw({"file_path": "/a"})).path == "/a"
    assert proposed_in(raw({"notebook_path": "/n", "old_string": 5})).path == "/n"
    assert proposed_in(raw(["odd"])).path == ""


def test_a_changed_file_is_known_by_structure_not_by_words():
    assert changed_file(Row(tool_use_result=raw(DONE)))
    assert not changed_file(Row(tool_use_result=raw({"stdout": "structuredPatch"})))
    assert not changed_file(Row(tool_use_result=raw({"file": {"structuredPatch": []}})))
    assert not changed_file(Row())
