import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from ledger.core.text_safety import MOST_LINES
from ledger.flows.transcript import GuardedStep, find_secrets
from ledger.importers.base import StepKind
from ledger.ui import theme
from ledger.ui.colours import DARK, LIGHT
from ledger.ui.widgets.transcript_view import FOLDED_LINES, TITLES, TranscriptView

DIFF = "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same"
TOKEN = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"


def step(kind, title, text):
    return GuardedStep(kind, title, find_secrets(text))


def lines(number):
    return "\n".join(f"line {n}" for n in range(number))


STEPS = (
    step(StepKind.PROMPT, "", "Fix it."),
    step(StepKind.THINKING, "", "+ not an added line"),
    step(StepKind.EDIT, "export.py", DIFF),
    step(StepKind.ANSWER, "", "Half way."),
    step(StepKind.ANSWER, "", "Done.\n+ not added either"),
)


@pytest.fixture
def view(qtbot):
    widget = TranscriptView()
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show()
    return widget


def press(qtbot, view, line_text):
    """Press Enter on the line that holds these words."""
    block = view.document().begin()
    while line_text not in block.text():
        block = block.next()
        assert block.isValid(), line_text
    cursor = QTextCursor(block)
    cursor.movePosition(
        QTextCursor.MoveOperation.Right,
        QTextCursor.MoveMode.MoveAnchor,
        block.text().index(line_text) + 1,
    )
    view.setTextCursor(cursor)
    qtbot.keyClick(view, Qt.Key.Key_Return)


def inks(view):
    """Return the colour of every line that has one of its own, by its text."""
    ink_of, block = {}, view.document().begin()
    while block.isValid():
        ranges = block.layout().formats()
        if ranges:
            ink_of[block.text()] = ranges[0].format.foreground().color().name()
        block = block.next()
    return ink_of


def test_steps_stand_below_each_other_with_their_titles(view):
    view.show_steps(STEPS[:1] + STEPS[2:3], whole=True)
    assert view.toPlainText() == f"▍ You\nFix it.\n\n▍ Edit  export.py\n{DIFF}"


def test_what_was_produced_is_the_diffs_and_the_last_answer(view):
    view.show_steps(STEPS, whole=False)
    text = view.toPlainText()
    assert text.startswith("▍ Edit  export.py")
    assert "Done." in text
    assert "Half way." not in text
    assert "Fix it." not in text


def test_without_an_edit_or_an_answer_nothing_was_produced(view):
    view.show_steps(STEPS[:2], whole=False)
    assert view.toPlainText() == ""


@pytest.mark.parametrize("kind", StepKind)
def test_what_the_tool_did_is_folded_and_what_was_said_is_not(view, kind):
    limit = FOLDED_LINES.get(kind, 200)
    view.show_steps((step(kind, "", lines(limit + 3)),), whole=True)
    assert ("▸ 3 more lines" in view.toPlainText()) is (kind in FOLDED_LINES)
    assert (f"line {limit}" in view.toPlainText()) is (kind not in FOLDED_LINES)
    assert TITLES[kind] in view.toPlainText()


@pytest.mark.parametrize("where", ["▍ Result", "▸ 2 more lines"])
def test_enter_unfolds_and_folds_again(qtbot, view, where):
    view.show_steps((step(StepKind.RESULT, "ls", lines(5)),), whole=True)
    press(qtbot, view, where)
    assert "line 4" in view.toPlainText()
    assert "▍ Result  ls  ▾" in view.toPlainText()
    press(qtbot, view, "▍ Result")
    assert "line 4" not in view.toPlainText()


def test_enter_on_what_is_not_folded_changes_nothing(qtbot, view):
    view.show_steps(STEPS, whole=True)
    before = view.toPlainText()
    for line_text in ("▍ You", "Fix it.", "▍ Edit"):
        press(qtbot, view, line_text)
    assert view.toPlainText() == before


def test_all_of_it_unfolds_at_once_and_folds_again(view):
    call = step(StepKind.CALL, "Bash", lines(9))
    view.show_steps((call, *STEPS, call), whole=True)
    view.unfold()
    assert view.toPlainText().count("line 8") == 2
    view.unfold()
    assert "line 8" not in view.toPlainText()


def test_what_is_open_stays_open_while_the_log_grows(qtbot, view):
    call = step(StepKind.CALL, "Bash", lines(9))
    view.show_steps((call,), whole=True)
    press(qtbot, view, "▸ 6 more lines")
    view.show_steps((call, *STEPS), whole=True)
    assert "line 8" in view.toPlainText()
    view.forget()
    view.show_steps((call, *STEPS), whole=True)
    assert "line 8" not in view.toPlainText()


def test_a_secret_is_masked_and_shown_until_another_interaction_comes(qtbot, view):
    steps = (*STEPS, step(StepKind.RESULT, "env", f"A=1\nT={TOKEN}\nB=2\nC=3\nD=4"))
    view.show_steps(steps, whole=True)
    assert TOKEN not in view.toPlainText()
    press(qtbot, view, "secret: GitHub")
    assert TOKEN in view.toPlainText()
    view.show_steps(steps, whole=True)
    assert TOKEN in view.toPlainText()
    view.forget()
    view.show_steps(steps, whole=True)
    assert TOKEN not in view.toPlainText()


def test_enter_between_two_steps_shows_no_secret_of_either(qtbot, view):
    said = tuple(step(kind, "", TOKEN) for kind in (StepKind.PROMPT, StepKind.ANSWER))
    view.show_steps(said, whole=True)
    between = view.document().findBlockByNumber(2)
    assert between.text() == ""
    view.setTextCursor(QTextCursor(between))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert TOKEN not in view.toPlainText()


def test_what_is_too_long_to_lay_out_says_so_and_shows_more(qtbot, view):
    view.show_steps((step(StepKind.ANSWER, "", lines(MOST_LINES + 50)),), whole=True)
    assert f"line {MOST_LINES + 49}" not in view.toPlainText()
    press(qtbot, view, "… 51 more lines")
    assert f"line {MOST_LINES + 49}" in view.toPlainText()


def test_enter_on_words_of_our_own_leaves_the_cursor_where_it_is(qtbot, view):
    view.say("The log is gone.\nThe figures stay.")
    press(qtbot, view, "figures")
    assert view.textCursor().block().text() == "The figures stay."


def test_words_of_our_own_that_are_too_long_to_lay_out_show_more_as_well(qtbot, view):
    view.say(lines(MOST_LINES + 50))
    press(qtbot, view, "… 50 more lines")
    assert f"line {MOST_LINES + 49}" in view.toPlainText()


def test_a_short_result_is_whole(view):
    text = "\n".join(["x"] * FOLDED_LINES[StepKind.RESULT])
    view.show_steps((step(StepKind.RESULT, "ls", text),), whole=True)
    assert "more line" not in view.toPlainText()


def test_a_step_without_words_is_its_title(view):
    view.show_steps((step(StepKind.CALL, "Bash", ""),), whole=True)
    assert view.toPlainText() == "▍ Call  Bash"


def test_added_and_removed_lines_have_their_inks_only_in_an_edit(view):
    view.show_steps(STEPS, whole=True)
    ink_of = inks(view)
    assert ink_of["+new"] == LIGHT.kept_ink
    assert ink_of["-old"] == LIGHT.thrown_away_ink
    assert ink_of["@@ -1 +1 @@"] == ink_of["--- a"] == ink_of["+++ b"] == LIGHT.text_faint
    assert " same" not in ink_of
    assert ink_of["+ not an added line"] == LIGHT.text_faint  # quiet, as all of the tool's own
    assert "+ not added either" not in ink_of
    assert ink_of["▍ You"] == LIGHT.text_soft


def test_the_inks_follow_the_theme(view, light):
    view.show_steps(STEPS, whole=True)
    theme.apply(light, "dark")
    assert inks(view)["+new"] == DARK.kept_ink


def test_words_of_our_own_have_no_inks(view):
    view.show_steps(STEPS[2:3], whole=True)
    view.say("+ a sentence")
    assert inks(view) == {}


def test_where_nothing_was_produced_the_tools_notice_is_shown(view):
    prompt, notice = step(StepKind.PROMPT, "", "go on"), step(StepKind.NOTICE, "Interrupted", "")
    view.show_steps((prompt, notice), whole=False)
    assert "Interrupted" in view.toPlainText()
    view.show_steps((prompt, notice, step(StepKind.ANSWER, "", "done")), whole=False)
    assert "Interrupted" not in view.toPlainText()
