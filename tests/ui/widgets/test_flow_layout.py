from PySide6.QtWidgets import QWidget

from ledger.ui.widgets.flow_layout import FlowLayout


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
