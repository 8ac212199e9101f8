import pytest

from ledger.importers.claude_code.diffs import diff_done, diff_proposed
from ledger.importers.claude_code.edits import EditInput, EditResult, Hunk, Replacement


def test_the_tools_own_diff_is_shown_with_its_places():
    hunk = Hunk(7, 2, 7, 3, [" a", "-b", "+c", "+d"])
    assert diff_done(EditResult(structured_patch=[hunk])) == "@@ -7,2 +7,3 @@\n a\n-b\n+c\n+d"


@pytest.mark.parametrize("done", [None, EditResult(), EditResult(structured_patch=[])])
def test_without_a_record_there_is_no_diff(done: EditResult | None):
    assert diff_done(done) == ""


def test_a_calls_texts_are_compared():
    call = EditInput(old_string="a\nb\n", new_string="a\nc\n")
    assert diff_proposed(call) == "@@\n a\n-b\n+c"


def test_a_new_file_is_all_new():
    assert diff_proposed(EditInput(content="a\nb\n")) == "@@\n+a\n+b"


def test_several_replacements_stand_one_below_the_other():
    call = EditInput(edits=[Replacement("a", "b"), Replacement("c", "d")])
    assert diff_proposed(call) == "@@\n-a\n+b\n@@\n-c\n+d"


def test_nothing_changed_is_no_diff():
    assert diff_proposed(EditInput(old_string="a", new_string="a")) == ""


def test_very_long_texts_are_shown_as_replaced():
    old, new = "a\n" * 2_000, "b\n" * 2_000
    lines = diff_proposed(EditInput(old_string=old, new_string=new)).split("\n")
    assert (lines[0], lines.count("-a"), lines.count("+b")) == ("@@", 2_000, 2_000)
