"""A masked secret is shown by a click or by Enter on it, and covered again by the next text."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor

from ledger.flows.transcript import find_secrets
from ledger.ui.widgets.masked_view import MaskedView

TOKEN = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"
OTHER = "AKIA" + "QWERTYUIOPASDFGH"


@pytest.fixture
def view(qtbot):
    widget = MaskedView()
    qtbot.addWidget(widget)
    widget.resize(700, 200)
    widget.show()
    return widget


def put_cursor(view, line, column):
    block = view.document().findBlockByNumber(line)
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, column)
    view.setTextCursor(cursor)
    return cursor


def test_secrets_are_masked_and_enter_on_one_shows_that_one(qtbot, view):
    view.show_guarded(find_secrets(f"first\nuse {TOKEN}\nand {OTHER}"))
    assert TOKEN not in view.toPlainText()
    put_cursor(view, 1, 6)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert TOKEN in view.toPlainText()
    assert OTHER not in view.toPlainText()
    assert view.textCursor().blockNumber() == 1


def test_a_click_shows_it_too(qtbot, view):
    view.show_guarded(find_secrets(f"use {TOKEN}"))
    place = view.cursorRect(put_cursor(view, 0, 6)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert TOKEN in view.toPlainText()


def test_enter_beside_a_mask_shows_nothing(qtbot, view):
    view.show_guarded(find_secrets(f"use {TOKEN}"))
    put_cursor(view, 0, 1)
    qtbot.keyClick(view, Qt.Key.Key_Enter)
    assert view.toPlainText() == "use [secret: GitHub token]"


def test_what_was_shown_is_masked_again_when_it_comes_back(qtbot, view):
    text = find_secrets(f"use {TOKEN}")
    view.show_guarded(text)
    put_cursor(view, 0, 6)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.say("words of our own")
    view.show_guarded(text)
    assert TOKEN not in view.toPlainText()


def test_the_same_text_again_leaves_what_is_shown(qtbot, view):
    text = find_secrets(f"use {TOKEN}")
    view.show_guarded(text)
    put_cursor(view, 0, 6)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.show_guarded(text)
    assert TOKEN in view.toPlainText()


def test_nothing_can_be_written_into_it(qtbot, view):
    view.show_guarded(find_secrets("use it"))
    qtbot.keyClicks(view, "kets")
    assert view.toPlainText() == "use it"


def test_a_view_as_low_as_its_text_settles(qtbot, view):
    hidden = []

    class Spy(QObject):
        def eventFilter(self, _watched, event):
            hidden.append(event.type()) if event.type() is QEvent.Type.Hide else None
            return False

    spy = Spy()
    view.horizontalScrollBar().installEventFilter(spy)
    view.show_guarded(find_secrets("words " * 40))
    for height in range(20, 120, 2):
        view.setFixedHeight(height)
        qtbot.wait(1)
    assert hidden == []
