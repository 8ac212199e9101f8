"""How charts over days answer the pointer."""

import pytest
from PySide6.QtCore import Qt

from ledger.ui.charts.stack_chart import StackChart
from tests.ui.charts.figures import stack


@pytest.fixture
def chart(qtbot):
    widget = StackChart()
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show()
    widget.show_figures(stack(4))
    return widget


def day(chart, period):
    """Return a day in a period."""
    return float(chart.stack.starts[period].toordinal() + 1)


def test_a_click_with_ctrl_lists(chart, qtbot):
    with qtbot.waitSignal(chart.listed) as listed, qtbot.assertNotEmitted(chart.chosen):
        chart.plot.clicked.emit(day(chart, 2), True)
    assert listed.args[0] == chart.choice(2)


def test_a_drag_backwards_is_the_same_stretch(chart, qtbot):
    with qtbot.waitSignal(chart.chosen) as blocker:
        chart.plot.dragged.emit(day(chart, 3), day(chart, 1), True)
    assert blocker.args[0] == chart.choice_between(1, 3)


def test_a_second_drag_begins_anew(chart, qtbot):
    chart.plot.dragged.emit(day(chart, 0), day(chart, 1), True)
    chart.plot.dragged.emit(day(chart, 2), day(chart, 3), False)
    assert chart.stretch() == (2, 3)


def test_shift_and_arrows_stretch(chart, qtbot):
    shift = Qt.KeyboardModifier.ShiftModifier
    chart.point_to(2)
    qtbot.keyClick(chart, Qt.Key.Key_Left, shift)
    qtbot.keyClick(chart, Qt.Key.Key_Left, shift)
    assert chart.stretch() == (0, 2)
    with qtbot.waitSignal(chart.chosen) as blocker:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert blocker.args[0] == chart.choice_between(0, 2)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.stretch() is None


def test_an_empty_chart_ignores_the_pointer(chart, qtbot):
    chart.show_figures(stack(0))
    with qtbot.assertNotEmitted(chart.chosen):
        chart.plot.clicked.emit(5.0, False)
        chart.plot.dragged.emit(5.0, 9.0, True)
