from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from ledger.ui.widgets.layouts import FlowLayout, empty, in_order


def test_widgets_go_on_in_the_next_line_when_it_is_narrow(qtbot):
    ground = QWidget()
    qtbot.addWidget(ground)
    row = FlowLayout(ground, 10)
    buttons = [QWidget() for _ in range(4)]
    for button in buttons:
        button.setFixedSize(50, 20)
        row.addWidget(button)
    ground.show()
    ground.resize(500, 100)
    qtbot.waitUntil(lambda: {button.y() for button in buttons} == {0})
    ground.resize(120, 100)
    qtbot.waitUntil(lambda: [button.y() for button in buttons] == [0, 0, 30, 30])
    assert row.heightForWidth(120) == 50


def test_a_hidden_widget_takes_no_room(qtbot):
    ground = QWidget()
    qtbot.addWidget(ground)
    row = FlowLayout(ground, 10)
    first, second = QWidget(), QWidget()
    for button in (first, second):
        button.setFixedSize(50, 20)
        row.addWidget(button)
    first.hide()
    ground.resize(200, 50)
    ground.show()
    qtbot.waitUntil(lambda: second.x() == 0 and second.isVisible())


def test_the_end_of_the_row_is_the_end(qtbot):
    ground = QWidget()
    qtbot.addWidget(ground)
    row = FlowLayout(ground)
    assert row.count() == 0
    assert row.itemAt(0) is None
    assert row.takeAt(0) is None


def test_widgets_and_spaces_go(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    column.addWidget(QPushButton("one"))
    column.addSpacing(8)
    column.addWidget(QPushButton("two"))
    empty(column)
    assert column.count() == 0
    assert widget.findChildren(QPushButton) == []


def test_what_came_later_can_come_between(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, last, late, later = (QLineEdit() for _ in range(4))
    column.addWidget(first)
    column.addWidget(last)
    column.insertWidget(1, late)
    column.insertWidget(2, later)
    in_order(first, (late, later, last))
    window.show()
    first.setFocus()
    focused = []
    for _ in range(3):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        focused.append(window.focusWidget())
    assert focused == [late, later, last]
