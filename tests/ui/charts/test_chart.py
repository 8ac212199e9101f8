"""What all charts share: walking by keyboard, reading, narrowing."""

import pytest
from PySide6.QtCore import Qt

from ledger.ui.charts.chart import Chart
from ledger.ui.charts.group_chart import GroupChart
from ledger.ui.charts.painted import AreaChart, PaintedChart
from ledger.ui.charts.stack_chart import StackChart
from tests.ui.charts.figures import shrunken, stack


@pytest.fixture
def chart(qtbot):
    widget = StackChart()
    qtbot.addWidget(widget)
    widget.show_figures(stack(4))
    return widget


def press(qtbot, chart, *keys):
    """Press keys one after the other."""
    for key in keys:
        qtbot.keyClick(chart, key)


def test_the_first_arrow_stands_on_the_newest_point(chart, qtbot):
    press(qtbot, chart, Qt.Key.Key_Left)
    assert chart.position == 3


def test_arrows_walk_and_stop_at_the_ends(chart, qtbot):
    press(qtbot, chart, Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert chart.position == 0
    press(qtbot, chart, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert chart.position == 2
    press(qtbot, chart, Qt.Key.Key_End, Qt.Key.Key_Right)
    assert chart.position == 3


def test_each_step_is_read_and_heard(chart, qtbot):
    with qtbot.waitSignal(chart.pointed) as pointed:
        press(qtbot, chart, Qt.Key.Key_Home)
    assert pointed.args[0] == chart.reading(0) == chart.accessibleDescription()


def test_enter_narrows_and_escape_lets_go(chart, qtbot):
    with qtbot.waitSignal(chart.chosen) as blocker:
        press(qtbot, chart, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert blocker.args[0] == chart.choice(0)
    press(qtbot, chart, Qt.Key.Key_Escape)
    assert chart.position is None


def test_enter_without_a_point_does_nothing(chart, qtbot):
    with qtbot.assertNotEmitted(chart.chosen):
        press(qtbot, chart, Qt.Key.Key_Return)


def test_an_empty_chart_ignores_the_arrows(qtbot):
    chart = GroupChart()
    qtbot.addWidget(chart)
    press(qtbot, chart, Qt.Key.Key_Down, Qt.Key.Key_End)
    assert chart.position is None


def test_rows_are_walked_up_and_down(qtbot):
    chart = GroupChart()
    qtbot.addWidget(chart)
    chart.show_figures([shrunken("a", 50), shrunken("b", 40)], [], None)
    press(qtbot, chart, Qt.Key.Key_Home, Qt.Key.Key_Down)
    assert chart.position == 1
    press(qtbot, chart, Qt.Key.Key_Up)
    assert chart.position == 0


def test_every_chart_has_a_name_to_hear(chart):
    assert chart.accessibleName() == "Tokens by what became of them"
    assert chart.focusPolicy() is Qt.FocusPolicy.StrongFocus


@pytest.mark.parametrize("base", [Chart, PaintedChart, AreaChart])
def test_a_chart_that_leaves_a_question_open_is_refused_where_it_is_written(base):
    with pytest.raises(TypeError, match=r"Halved lacks choice, .*points, .*table"):
        type("Halved", (base,), {"reading": lambda _chart, position: str(position)})


def test_a_base_of_charts_may_leave_questions_open():
    base = type("Base", (PaintedChart,), {"is_base": True})
    with pytest.raises(TypeError, match="Chart lacks"):
        type("Chart", (base,), {})
