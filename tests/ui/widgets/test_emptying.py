from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ledger.ui.widgets.emptying import empty


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
