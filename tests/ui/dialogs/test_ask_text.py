import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ledger.ui.dialogs.ask_text import AskText, ask_text
from ledger.ui.widgets.plain import PlainLabel


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def answer_of(parent, act, **more):
    """Ask, and let the person act on the dialog; return the answer."""

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskText)
        act(dialog)

    QTimer.singleShot(0, answer)
    return ask_text(parent, title="Labels", question="Which?", **more)


def press(dialog, text):
    next(b for b in dialog.findChildren(QPushButton) if b.text() == text).click()


def test_what_was_written_is_the_answer(qtbot, parent):
    def act(dialog):
        qtbot.keyClicks(dialog.field, "bug")  # in the place of the old text, which is selected
        press(dialog, "Save")

    assert answer_of(parent, act, text="old") == "bug"


def test_enter_saves_and_escape_does_not(qtbot, parent):
    assert answer_of(parent, lambda d: qtbot.keyClick(d.field, Qt.Key.Key_Return), text="x") == "x"
    assert answer_of(parent, lambda d: qtbot.keyClick(d.field, Qt.Key.Key_Escape), text="x") is None


def test_who_cancels_has_not_answered(parent):
    assert answer_of(parent, lambda dialog: press(dialog, "Cancel"), text="old") is None


def test_an_emptied_field_is_an_answer(qtbot, parent):
    def act(dialog):
        dialog.field.clear()
        dialog.accept()

    assert answer_of(parent, act, text="old") == ""


def test_the_question_is_read_to_those_who_hear_it_and_is_plain_text(qtbot, parent):
    dialog = AskText(parent, "Note", "<b>Why?</b>", "", ())
    assert dialog.field.accessibleName() == "<b>Why?</b>"
    assert dialog.windowTitle() == "Note"
    assert "<b>Why?</b>" in [label.text() for label in dialog.findChildren(PlainLabel)]


def test_what_was_written_before_is_offered_whatever_its_case(parent):
    completer = AskText(parent, "Labels", "Which?", "", ["Refactor", "bug"]).field.completer()
    completer.setCompletionPrefix("ref")
    assert completer.currentCompletion() == "Refactor"
    assert AskText(parent, "Note", "Why?", "", ()).field.completer() is None
