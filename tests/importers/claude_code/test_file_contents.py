import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.vocabulary import Outcome
from ledger.importers.claude_code.edits import EditInput, Hunk
from ledger.importers.claude_code.file_contents import change_of, change_proposed, patched
from ledger.importers.claude_code.records import Row

CALL = EditInput(file_path="/a.py", old_string="b\n", new_string="c\nd\n")
HUNK = Hunk(1, 3, 1, 4, [" a", "-b", "+c", "+d", " e"])


def change(result: object, call: EditInput = CALL, outcome: Outcome = Outcome.APPLIED):
    return change_of(call, Row(tool_use_result=msgspec.Raw(msgspec.json.encode(result))), outcome)


def edit(**more: object) -> dict[str, object]:
    return {"filePath": "/a.py", "oldString": "b\n", "newString": "c\nd\n"} | more


def test_the_text_is_replaced_as_the_tool_did_it():
    changed = change(edit(originalFile="a\nb\ne\nb\n"))
    assert (changed.before, changed.after) == ("a\nb\ne\nb\n", "a\nc\nd\ne\nb\n")
    changed = change(edit(originalFile="b\nb\n", replaceAll=True))
    assert changed.after == "c\nd\nc\nd\n"


def test_a_file_that_an_edit_emptied_is_known_to_be_empty():
    changed = change(edit(originalFile="b\n", newString=""))
    assert (changed.before, changed.after) == ("b\n", "")


def test_several_replacements_are_made_in_their_order():
    edits = [{"old_string": "a", "new_string": "b"}, {"old_string": "bb", "new_string": "c"}]
    changed = change({"filePath": "/a.py", "edits": edits, "originalFileContents": "ab"})
    assert (changed.before, changed.after) == ("ab", "c")


def test_where_the_text_is_not_there_the_patch_is_trusted_if_it_fits():
    result = {"filePath": "/a.py", "structuredPatch": [msgspec.to_builtins(HUNK)]}
    result["structuredPatch"] = [
        {"oldStart": 1, "oldLines": 3, "newStart": 1, "newLines": 4, "lines": HUNK.lines}
    ]
    assert change(result | {"originalFile": "a\nb\ne"}).after == "a\nc\nd\ne"
    assert change(result | {"originalFile": "a\nx\ne"}).after is None


def test_a_new_file_had_nothing_before():
    written = EditInput(file_path="/a.py", content="x\n")
    changed = change({"type": "create", "filePath": "/a.py", "content": "x\n"}, written)
    assert (changed.before, changed.after, changed.replaced) == ("", "x\n", (("", "x\n"),))
    changed = change({"filePath": "/a.py", "oldString": "", "newString": "x"}, CALL)
    assert (changed.before, changed.after) == ("", "x")


def test_what_a_file_written_anew_held_is_worked_out_from_the_patch():
    hunk = {"oldStart": 1, "oldLines": 3, "newStart": 1, "newLines": 4, "lines": HUNK.lines}
    written = {"type": "update", "filePath": "/a.py", "content": "a\nc\nd\ne\nf",
               "structuredPatch": [hunk]}  # fmt: skip
    changed = change(written, EditInput(file_path="/a.py", content="a\nc\nd\ne\nf"))
    assert (changed.before, changed.after) == ("a\nb\ne\nf", "a\nc\nd\ne\nf")
    assert changed.replaced == (("a\nb\ne", "a\nc\nd\ne"),)
    assert change(written | {"content": "other"}).before is None


@pytest.mark.parametrize("outcome", set(Outcome) - {Outcome.APPLIED})
def test_what_was_not_applied_changed_no_file(outcome):
    changed = change(edit(originalFile="a\nb\n"), outcome=outcome)
    assert (changed.before, changed.after, changed.replaced) == (None, None, (("b\n", "c\nd\n"),))
    assert changed.outcome is outcome


def test_what_the_person_changed_first_is_what_was_written():
    changed = change(edit(originalFile="b\n", newString="mine\n", userModified=True))
    assert (changed.after, changed.replaced) == ("mine\n", (("b\n", "mine\n"),))


def test_an_open_call_is_known_by_what_it_proposes():
    changed = change_proposed(CALL)
    assert (changed.outcome, changed.before, changed.after) == (Outcome.PENDING, None, None)


@pytest.mark.parametrize("odd", ["Error: no", 7, None, [], {"originalFile": 7, "content": {}}])
def test_an_odd_result_leaves_the_call(odd):
    changed = change(odd)
    assert (changed.path, changed.before, changed.after) == ("/a.py", None, None)
    assert changed.replaced == (("b\n", "c\nd\n"),)


LINES = st.lists(st.sampled_from(["a", "b", "", "\t"]), max_size=6)


@settings(max_examples=50)
@given(head=LINES, old=LINES, new=LINES, tail=LINES)
def test_a_patch_forth_and_back_is_the_text_again(head, old, new, tail):
    lines = [*(f" {line}" for line in head), *(f"-{line}" for line in old)]
    lines += [*(f"+{line}" for line in new), *(f" {line}" for line in tail)]
    hunk = Hunk(1, 0, 1, 0, lines)
    before, after = "\n".join([*head, *old, *tail]), "\n".join([*head, *new, *tail])
    if head + old + tail and head + new + tail:
        assert patched(before, [hunk]) == after
        assert patched(after, [hunk], back=True) == before
