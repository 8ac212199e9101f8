from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ledger.ui.widgets.tab_order import in_order


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
    found = []
    for _ in range(3):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        found.append(window.focusWidget())
    assert found == [late, later, last]
