import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.ui.pages.review.words_area import MOST_LETTERS, WordsArea


@pytest.fixture
def area(qtbot):
    widget = WordsArea("What I did", "Say it")
    qtbot.addWidget(widget)
    widget.resize(300, 40)
    widget.show()
    return widget


def test_typing_is_told_and_showing_is_not(qtbot, area):
    texts = []
    area.edited.connect(lambda: texts.append(area.toPlainText()))
    area.show_text("before")
    assert texts == []
    QTest.keyClicks(area, "x")
    assert texts == ["xbefore"]


def test_it_grows_with_its_lines(area):
    before = area.height()
    area.show_text("one\ntwo\nthree")
    assert area.height() > before
    area.show_text("one")
    assert area.height() == before


def test_the_tab_key_leaves_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, second = WordsArea("First"), WordsArea("Second")
    column.addWidget(first)
    column.addWidget(second)
    window.show()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert first.toPlainText() == ""


def test_no_more_is_taken_than_a_recipe_may_hold(area):
    area.setPlainText("x" * (MOST_LETTERS + 50))
    assert len(area.toPlainText()) == MOST_LETTERS


def test_it_has_a_name(area):
    assert area.accessibleName() == "What I did"
