import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout

from ledger.ui.dialogs.tick_list import MOST_ROWS, TickList


@pytest.fixture
def ticks(qtbot):
    widget = TickList("Lines")
    qtbot.addWidget(widget)
    widget.show_lines(["one", "two\nlines", "<b>three</b>"])
    widget.show()
    return widget


def test_every_line_is_ticked_at_first_and_stands_on_one_line(ticks):
    assert ticks.ticked_numbers() == [0, 1, 2]
    assert [ticks.item(n).text() for n in range(3)] == ["one", "two lines", "<b>three</b>"]


def test_space_takes_a_tick_away_and_tells_it(qtbot, ticks):
    ticks.setFocus()
    with qtbot.waitSignal(ticks.ticked):
        qtbot.keyClick(ticks, Qt.Key.Key_Space)
    assert ticks.ticked_numbers() == [1, 2]
    ticks.tick(0, on=True)
    assert ticks.ticked_numbers() == [0, 1, 2]


def test_other_words_leave_the_ticks_alone(qtbot, ticks):
    ticks.tick(1, on=False)
    with qtbot.assertNotEmitted(ticks.ticked):
        ticks.reword(1, "other words")
    assert ticks.ticked_numbers() == [0, 2]
    assert ticks.item(1).text() == "other words"


def test_enter_is_left_to_the_dialog(qtbot):
    dialog = QDialog()
    column, ticks, button = QVBoxLayout(dialog), TickList("Lines"), QPushButton("Save")
    column.addWidget(ticks)
    column.addWidget(button)
    button.setDefault(True)
    button.clicked.connect(dialog.accept)
    qtbot.addWidget(dialog)
    dialog.show()
    ticks.show_lines(["one"])
    ticks.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(ticks, Qt.Key.Key_Return)


def test_many_lines_scroll(ticks):
    ticks.show_lines([str(n) for n in range(MOST_ROWS)])
    high = ticks.height()
    ticks.show_lines([str(n) for n in range(MOST_ROWS + 40)])
    assert ticks.height() == high
