"""Sessions by size and worth."""

import pytest

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.charts.session_chart import SPREAD, UNTAGGED_Y, SessionChart
from tests.ui.charts.figures import plain, session_dots

# What test_painted.py has it show.
GIVEN = SessionChart, lambda: (session_dots(),)


@pytest.fixture
def chart(qtbot):
    widget = SessionChart()
    qtbot.addWidget(widget)
    widget.resize(800, 360)
    widget.show()
    widget.show_figures(session_dots())
    return widget


def test_a_reading_says_tool_day_size_and_worth(chart):
    assert plain(chart.reading(0)) == (
        "Codex CLI, 18 Nov 2026 · 1.0 M tokens in 1 interaction · "
        "50 % of what is tagged was kept · 80 % tagged"
    )
    assert chart.reading(1).endswith("untagged")


def test_a_dot_narrows_to_its_session(chart, qtbot):
    with qtbot.waitSignal(chart.chosen) as blocker:
        chart.plot.clicked.emit(2, False)
    assert blocker.args[0] == DrillDown(session=3)


def test_sessions_are_walked_from_small_to_large(chart):
    chart.show_figures(tuple(reversed(session_dots())))
    assert [dot.session for dot in chart.dots] == [1, 2, 3]
    assert chart.table().rows[0][2] == 100.0


def test_untagged_sessions_lie_on_a_shelf_of_their_own(chart):
    assert abs(chart.place(1).y() - UNTAGGED_Y) <= SPREAD
    assert abs(chart.place(0).y() - 0.5) <= SPREAD


def test_a_dot_lies_at_the_same_place_every_time(chart):
    before = [chart.place(n) for n in range(3)]
    chart.show_figures(session_dots())
    assert [chart.place(n) for n in range(3)] == before


def test_a_session_of_unknown_size_is_left_out(chart):
    chart.show_figures((session_dots()[0]._replace(mte=0.0),))
    assert chart.points() == 0


def test_the_key_says_how_many_there_are(chart):
    labels = [entry.label for entry in chart.legend.entries]
    assert labels == ["Codex CLI", "less than half of it tagged", "3 sessions"]


def test_the_dot_pointed_at_is_ringed(chart):
    before = chart.grab().toImage()
    chart.point_to(2)
    assert chart.grab().toImage() != before
    chart.point_to(None)
    assert chart.grab().toImage() == before


@pytest.mark.parametrize("count", [0, 1])
def test_none_and_one_can_be_drawn(chart, count):
    chart.show_figures(session_dots(count))
    assert not chart.grab().isNull()
