"""What was new above a plot."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPointF

from ledger.core.figures import Mark
from ledger.ui.charts.axes import ValueAxis
from ledger.ui.charts.event_marks import EventMarks, name_box
from ledger.ui.charts.plot import DayPlot

DAY = date(2026, 11, 1)


@pytest.fixture
def plot(qtbot):
    widget = DayPlot()
    first = widget.add(ValueAxis(str), last=True)
    widget.marks = EventMarks()
    first.add(widget.marks)
    widget.show_days(DAY.toordinal() - 10, DAY.toordinal() + 60)
    qtbot.addWidget(widget)
    widget.resize(600, 200)
    widget.show()
    return widget


def test_a_day_has_one_line_however_much_was_new(plot):
    plot.marks.show_events(
        [Mark(DAY, "model", "b"), Mark(DAY, "model", "a"), Mark(DAY, "tool", "c")], 1.0
    )
    [(day, events)] = plot.marks.days
    assert day == DAY.toordinal()
    assert len(events) == 3


def test_marks_are_drawn_and_taken_away(plot):
    before = plot.grab().toImage()
    plot.marks.show_events([Mark(DAY, "tool", "codex")], 1.0)
    marked = plot.grab().toImage()
    assert marked != before
    plot.marks.show_events([], 1.0)
    assert plot.grab().toImage() == before


def test_a_name_without_room_is_left_out(plot):
    near, far = (DAY + timedelta(days=n) for n in (1, 40))
    plot.marks.show_events([Mark(DAY, "model", "m" * 20), Mark(near, "model", "n")], 1.0)
    crowded = plot.grab().toImage()
    plot.marks.show_events([Mark(DAY, "model", ""), Mark(near, "model", "n")], 1.0)
    assert plot.grab().toImage() == crowded
    plot.marks.show_events([Mark(DAY, "model", "m" * 20), Mark(far, "model", "n")], 1.0)
    assert plot.grab().toImage() != crowded


@pytest.mark.parametrize(
    ("free_from", "end", "left"),
    [(0, 400, 111.0), (0, 150, 39.0), (60, 150, None)],
)
def test_a_name_stands_right_of_its_sign_or_left_or_nowhere(free_from, end, left):
    box = name_box(QPointF(100, 10), 50.0, free_from, end)
    assert (None if box is None else box.left()) == left
