"""The questions side by side."""

import pytest
from PySide6.QtCore import Qt

from ledger.ui.pages.charts.question_row import QuestionRow


@pytest.fixture
def row(qtbot):
    widget = QuestionRow((("a", "First?"), ("b", "Second?"), ("c", "Third?")))
    qtbot.addWidget(widget)
    widget.chosen.connect(widget.show_question)
    widget.show()
    return widget


def checked(row):
    """Return the questions that are marked."""
    return [key for key, button in row.buttons.items() if button.isChecked()]


def test_the_first_question_is_answered_first(row):
    assert row.current == "a"
    assert checked(row) == ["a"]


def test_a_click_asks(row, qtbot):
    qtbot.mouseClick(row.buttons["b"], Qt.MouseButton.LeftButton)
    assert checked(row) == ["b"]


def test_asking_again_changes_nothing(row, qtbot):
    qtbot.mouseClick(row.buttons["a"], Qt.MouseButton.LeftButton)
    assert checked(row) == ["a"]


def test_arrows_go_to_the_neighbour_and_stop_at_the_ends(row, qtbot):
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(row, key)
    assert checked(row) == ["c"]


def test_the_tab_key_stops_once(row):
    stops = [
        key for key, button in row.buttons.items() if button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["a"]
    row.show_question("c")
    assert row.focusProxy() is row.buttons["c"]
