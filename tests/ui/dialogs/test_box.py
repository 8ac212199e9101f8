from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ledger.ui.dialogs.box import PlainBox, ask, tell
from ledger.ui.widgets.plain import PlainLabel

MARKUP = "<img src='/dev/zero'>"


def answer_with(accept: bool) -> None:
    def act() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, PlainBox)
        box.accept() if accept else box.reject()

    QTimer.singleShot(0, act)


def test_a_question_is_answered(qtbot):
    answer_with(True)
    assert ask(None, "Delete it?", "It cannot be taken back.", accept="Delete")
    answer_with(False)
    assert not ask(None, "Delete it?", "It cannot be taken back.", accept="Delete")


def test_enter_never_does_what_cannot_be_taken_back(qtbot):
    box = PlainBox("Delete it?", "Gone for ever.", "Delete", "Cancel")
    qtbot.addWidget(box)
    assert not box.accept_button.isDefault()


def test_markup_is_only_text(qtbot):
    box = PlainBox(MARKUP, MARKUP)
    qtbot.addWidget(box)
    assert MARKUP in [label.text() for label in box.findChildren(PlainLabel)]


def test_something_is_told(qtbot):
    answer_with(True)
    tell(None, "The disk is full.", "Make room.")
