import pytest

from ledger.importers.base import Step, StepKind
from ledger.ui import theme
from ledger.ui.colours import DARK, LIGHT
from ledger.ui.widgets.transcript_view import FOLDED, FOLDED_LINES, TITLES, TranscriptView

DIFF = "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same"
STEPS = [
    Step(StepKind.PROMPT, "", "Fix it."),
    Step(StepKind.THINKING, "", "+ not an added line"),
    Step(StepKind.EDIT, "export.py", DIFF),
    Step(StepKind.ANSWER, "", "Half way."),
    Step(StepKind.ANSWER, "", "Done.\n+ not added either"),
]


@pytest.fixture
def view(qtbot):
    made = TranscriptView()
    qtbot.addWidget(made)
    return made


def inks(view):
    """Return the colour of every line that has one of its own, by its text."""
    found, block = {}, view.document().begin()
    while block.isValid():
        ranges = block.layout().formats()
        if ranges:
            found[block.text()] = ranges[0].format.foreground().color().name()
        block = block.next()
    return found


def test_steps_stand_below_each_other_with_their_titles(view):
    view.show_steps(STEPS[:1] + STEPS[2:3])
    assert view.toPlainText() == f"▍ You\nFix it.\n\n▍ Edit  export.py\n{DIFF}"


def test_what_was_produced_is_the_diffs_and_the_last_answer(view):
    view.show_edits(iter(STEPS))
    text = view.toPlainText()
    assert text.startswith("▍ Edit  export.py")
    assert "Done." in text
    assert "Half way." not in text
    assert "Fix it." not in text


def test_without_an_edit_or_an_answer_nothing_was_produced(view):
    view.show_edits(STEPS[:2])
    assert view.toPlainText() == ""


@pytest.mark.parametrize("kind", StepKind)
def test_only_what_a_tool_did_is_cut_to_its_first_lines(view, kind):
    view.show_steps([Step(kind, "", "\n".join(f"line {n}" for n in range(FOLDED_LINES + 3)))])
    cut = kind in FOLDED
    assert ("… 3 more lines" in view.toPlainText()) is cut
    assert (f"line {FOLDED_LINES}" in view.toPlainText()) is not cut
    assert TITLES[kind] in view.toPlainText()


def test_a_short_result_is_whole(view):
    view.show_steps([Step(StepKind.RESULT, "ls", "\n".join(["x"] * FOLDED_LINES))])
    assert "more lines" not in view.toPlainText()


def test_a_step_without_words_is_its_title(view):
    view.show_steps([Step(StepKind.CALL, "Bash", "\n")])
    assert view.toPlainText() == "▍ Call  Bash"


def test_added_and_removed_lines_have_their_inks_only_in_an_edit(view):
    view.show_steps(STEPS)
    found = inks(view)
    assert found["+new"] == LIGHT.kept_ink
    assert found["-old"] == LIGHT.thrown_away_ink
    assert found["@@ -1 +1 @@"] == found["--- a"] == found["+++ b"] == LIGHT.text_faint
    assert " same" not in found
    assert found["+ not an added line"] == LIGHT.text_faint  # quiet, as all of the tool's own
    assert "+ not added either" not in found
    assert found["▍ You"] == LIGHT.text_soft


def test_the_inks_follow_the_theme(view, light):
    view.show_steps(STEPS)
    theme.apply(light, "dark")
    assert inks(view)["+new"] == DARK.kept_ink


def test_the_next_interaction_begins_without_the_inks_of_the_last(view):
    view.show_steps(STEPS[2:3])
    view.set_text("+ a sentence")
    assert inks(view) == {}


def test_where_nothing_was_produced_the_tools_notice_is_shown(qtbot):
    view = TranscriptView()
    qtbot.addWidget(view)
    prompt, notice = Step(StepKind.PROMPT, "", "go on"), Step(StepKind.NOTICE, "Interrupted", "")
    view.show_edits([prompt, notice])
    assert "Interrupted" in view.toPlainText()
    view.show_edits([prompt, notice, Step(StepKind.ANSWER, "", "done")])
    assert "Interrupted" not in view.toPlainText()
