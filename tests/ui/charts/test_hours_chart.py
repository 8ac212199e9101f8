"""The hours of the week."""

import pytest
from PySide6.QtCore import QPointF, Qt

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.charts.hours_chart import NONE, HoursChart
from tests.ui.charts.figures import plain, week_hours

# What test_painted.py has it show.
GIVEN = HoursChart, lambda: (week_hours(),)

TUESDAY_AT_9, SUNDAY_AT_23 = 24 + 9, 6 * 24 + 23


@pytest.fixture
def chart(qtbot):
    widget = HoursChart()
    qtbot.addWidget(widget)
    widget.resize(900, 240)
    widget.show()
    widget.show_figures(week_hours())
    return widget


def test_a_reading_says_when_how_much_and_what_was_kept(chart):
    assert plain(chart.reading(TUESDAY_AT_9)) == (
        "Tuesday, 09:00–10:00 · 5 half-hours of work · 60 % of what is tagged was kept"
    )
    assert chart.reading(SUNDAY_AT_23) == "Sunday, 23:00–00:00 · 1 half-hour of work · untagged"
    assert chart.reading(0).endswith("no work with AI begun")


def test_an_hour_narrows_to_itself_unless_it_is_empty(chart):
    assert chart.choice(TUESDAY_AT_9) == DrillDown(hour=(1, 9))
    assert chart.choice(0) is None


def test_every_cell_lies_where_the_pointer_finds_it(chart):
    for position in range(chart.points()):
        assert chart.position_at(chart.cell(position).center()) == position
    assert chart.position_at(QPointF(2, 2)) is None


def test_up_and_down_move_by_days(chart, qtbot):
    chart.point_to(TUESDAY_AT_9)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.position == TUESDAY_AT_9 + 24
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.position == TUESDAY_AT_9 + 23


def test_the_table_holds_the_hours_with_work(chart):
    assert chart.table().rows == (
        ("Tuesday", "09:00–10:00", 5, 0.6), ("Sunday", "23:00–00:00", 1, None),
    )  # fmt: skip


def test_nothing_can_be_drawn(chart):
    chart.show_figures(NONE)
    assert chart.points() == 0
    assert not chart.grab().isNull()
