"""The year of days."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.charts.calendar_chart import WEEKS, CalendarChart
from tests.ui.charts.figures import TODAY, calendar, plain

# What test_painted.py has it show.
GIVEN = CalendarChart, lambda: (calendar(),)


@pytest.fixture
def chart(qtbot):
    widget = CalendarChart()
    qtbot.addWidget(widget)
    widget.resize(900, 200)
    widget.show()
    return widget


def test_a_reading_says_work_and_kept_share(chart):
    chart.show_figures(calendar())
    assert plain(chart.reading(29)) == (
        "Sunday, 22 Nov 2026 · 2 half-hours of work · 50 % of what is tagged was kept · 50 % tagged"
    )
    assert chart.reading(0).endswith("no work with AI begun")


def test_only_the_newest_year_is_drawn_and_all_of_it_in_the_table(chart):
    chart.show_figures(calendar(900))
    assert chart.day(chart.points() - 1) == TODAY
    assert chart.day(0) >= TODAY - timedelta(days=7 * WEEKS)
    assert chart.day(0).weekday() == 0
    assert len(chart.table().rows) == 600


def test_a_cell_lies_where_the_pointer_finds_it(chart):
    chart.show_figures(calendar())
    for position in range(chart.points()):
        centre = chart.cell(chart.day(position)).center()
        assert chart.position_at(centre) == position


def test_a_click_narrows_to_the_day(chart, qtbot):
    chart.show_figures(calendar())
    place = chart.cell(TODAY).center().toPoint()
    with qtbot.waitSignal(chart.chosen) as blocker:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert blocker.args[0] == DrillDown(first=TODAY, last=TODAY)


def test_left_and_right_move_by_weeks(chart, qtbot):
    chart.show_figures(calendar())
    chart.point_to(20)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.position == 13
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.position == 14


def test_a_drag_narrows_to_the_days_between(chart, qtbot):
    chart.show_figures(calendar())
    first, last = (chart.cell(TODAY - timedelta(days=n)).center().toPoint() for n in (9, 2))
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=last)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(first), chart.mapToGlobal(QPointF(first)),
        Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(chart, move)
    assert chart.stretch() == (20, 27)
    assert plain(chart.stretch_reading(20, 27)) == "13–20 Nov 2026 · 8 half-hours of work"
    with qtbot.waitSignal(chart.chosen) as blocker:
        qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=first)
    assert blocker.args[0] == DrillDown(
        first=TODAY - timedelta(days=9), last=TODAY - timedelta(days=2)
    )


@pytest.mark.parametrize("length", [0, 1, 400])
def test_any_length_can_be_drawn(chart, length):
    chart.show_figures(calendar(length))
    assert not chart.grab().isNull()
