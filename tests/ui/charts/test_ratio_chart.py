"""STR over time."""

from datetime import timedelta

import numpy as np
import pytest
from pyqtgraph import PlotCurveItem
from PySide6.QtCore import Qt

from ledger.core.figures import Change, Mark
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.event_marks import EventMarks
from ledger.ui.charts.ratio_chart import YOUNG, RatioChart
from tests.ui.charts.figures import TODAY, plain, series

# What test_painted.py has it show.
GIVEN = RatioChart, lambda: (series(), TODAY)

CHANGE = Change(week=TODAY - timedelta(days=20), weeks_either_way=1, factor=2.0, p=0.01)
EVENTS = (Mark(TODAY - timedelta(days=9), "tool", "codex"), Mark(TODAY, "model", "opus"))


@pytest.fixture
def chart(qtbot):
    widget = RatioChart()
    qtbot.addWidget(widget)
    widget.resize(800, 340)
    widget.show()
    return widget


def test_a_reading_says_ratio_interval_bounds_and_coverage(chart):
    chart.show_figures(series(), TODAY)
    assert plain(chart.reading(10)) == (
        "28 days to 4 Oct 2026 · 2.5 half-hours of kept work per million tokens · "
        "between 1.8 and 3.4 · untagged could make it 2.0 to 3.0 · 40 half-hours · 80 % tagged"
    )


def test_young_days_are_named_unsettled(chart):
    chart.show_figures(series(), TODAY)
    assert chart.reading(59).endswith("not settled yet")
    assert "not settled" not in chart.reading(52)


def test_a_day_without_figures_says_only_what_is_known(chart):
    none = (None,) * 3
    empty_series = series(3, point=none, low=none, high=none, lower=none, upper=none, coverage=none)
    chart.show_figures(empty_series, TODAY + timedelta(days=30))
    assert chart.reading(0) == "28 days to 20 Nov 2026 · 40 half-hours"


def test_a_point_narrows_to_the_days_it_is_made_of(chart):
    chart.show_figures(series(), TODAY)
    assert chart.choice(59) == DrillDown(first=TODAY - timedelta(days=27), last=TODAY)


def curves(chart):
    """Return the lines that lie on the plots."""
    return [item for item in chart.plot.scene().items() if isinstance(item, PlotCurveItem)]


def pen_of(curve):
    """Return the pen that a line is drawn with."""
    return curve.opts["pen"]


def test_the_line_is_dotted_where_something_is_assumed(chart):
    chart.show_figures(series(4, coverage=(1.0, 1.0, 0.9, None)), TODAY)
    [assumed] = [curve for curve in curves(chart) if pen_of(curve).style() is Qt.PenStyle.DotLine]
    assert np.isfinite(assumed.getData()[1]).tolist() == [False, False, True, True]
    days = [np.isfinite(curve.getData()[1]).tolist() for curve in curves(chart)]
    assert [True, True, False, False] in days


def test_one_wild_interval_does_not_flatten_the_line(chart):
    high = (900.0, *(3.4,) * 59)
    chart.show_figures(series(high=high), TODAY)
    assert chart.plot.plots[0].viewRange()[1][1] < 10


def test_the_pointer_reads_the_day_beneath_it(chart):
    chart.show_figures(series(), TODAY)
    chart.plot.hovered.emit(float(TODAY.toordinal()) - 3.4)
    assert chart.position == 56
    chart.plot.hovered.emit(float("nan"))
    assert chart.position is None


def test_a_click_narrows(chart, qtbot):
    chart.show_figures(series(), TODAY)
    with qtbot.waitSignal(chart.chosen) as blocker:
        chart.plot.clicked.emit(float(TODAY.toordinal()), False)
    assert blocker.args[0].last == TODAY


def test_other_figures_forget_the_position(chart):
    chart.show_figures(series(), TODAY)
    chart.point_to(5)
    chart.show_figures(series(2), TODAY)
    assert chart.position is None


def test_an_empty_and_a_single_day_can_be_drawn(chart):
    for length in (0, 1):
        chart.show_figures(series(length), TODAY)
        assert not chart.grab().isNull()
        assert chart.points() == length


def test_the_table_holds_every_day(chart):
    chart.show_figures(series(), TODAY)
    table = chart.table()
    assert len(table.rows) == 60
    assert table.rows[-1] == ("2026-11-22", 2.5, 1.8, 3.4, 2.0, 3.0, 2.4, 40, 0.8)
    assert len(table.columns) == len(table.rows[0])


def test_a_change_of_theme_recolours(chart, qapp):
    chart.show_figures(series(), TODAY)
    light = chart.grab().toImage()
    theme.apply(qapp, "dark")
    try:
        assert chart.grab().toImage() != light
        assert theme.colours().series in {pen_of(curve).color().name() for curve in curves(chart)}
    finally:
        theme.apply(qapp, "light")


def test_the_hatched_days_have_a_key_while_there_are_any(chart):
    chart.show_figures(series(), TODAY)
    assert YOUNG in chart.legend.entries
    chart.show_figures(series(), TODAY + timedelta(days=30))
    assert YOUNG not in chart.legend.entries


def test_the_key_names_only_what_is_drawn(chart):
    chart.show_figures(series(), TODAY)
    assert len(chart.legend.entries) >= 4
    none = (None,) * 60
    chart.show_figures(series(60, point=none, smooth=none, low=none, high=none), TODAY)
    assert [entry.label for entry in chart.legend.entries] == [
        "what untagged could make of it", "not settled yet",
    ]  # fmt: skip


def test_what_was_new_is_named_where_one_points(qtbot):
    chart = RatioChart({"codex": "Codex CLI"})
    qtbot.addWidget(chart)
    chart.show_figures(series(), TODAY)
    chart.show_causes(EVENTS, None)
    assert chart.reading(50).endswith("first use of tool Codex CLI")
    assert "first use" not in chart.reading(49)
    [marks] = [item for item in chart.plot.scene().items() if isinstance(item, EventMarks)]
    assert [day for day, _ in marks.days] == [event.day.toordinal() for event in EVENTS]


def test_what_was_new_before_the_days_shown_is_left_out(chart):
    chart.show_figures(series(5), TODAY)
    chart.show_causes(EVENTS, None)
    assert chart.events == EVENTS[1:]


def test_causes_stay_when_other_figures_come(chart):
    chart.show_figures(series(), TODAY)
    chart.show_causes(EVENTS, CHANGE)
    chart.show_figures(series(40), TODAY)
    assert chart.events == EVENTS
    assert chart.change_days() is not None


def test_a_change_lies_as_wide_as_its_date_is_uncertain(chart):
    chart.show_figures(series(), TODAY)
    without = chart.grab().toImage()
    chart.show_causes((), CHANGE)
    first, last = chart.change_days()
    assert (first + last) / 2 == CHANGE.week.toordinal()
    assert last - first == 14
    assert chart.grab().toImage() != without
    chart.show_causes((), None)
    assert chart.change_days() is None
    assert chart.grab().toImage() == without


def test_a_stretch_narrows_to_its_own_days(chart, qtbot):
    chart.show_figures(series(), TODAY)
    start, end = (float((TODAY - timedelta(days=n)).toordinal()) for n in (9, 4))
    chart.plot.dragged.emit(start, start, False)
    chart.plot.dragged.emit(start, end, False)
    assert plain(chart.accessibleDescription()) == "13–18 Nov 2026 · 6 days"
    with qtbot.waitSignal(chart.chosen) as blocker:
        chart.plot.dragged.emit(start, end, True)
    assert blocker.args[0] == DrillDown(
        first=TODAY - timedelta(days=9), last=TODAY - timedelta(days=4)
    )
    assert chart.stretch() is None


def test_the_key_names_causes_only_where_there_are_some(chart):
    chart.show_figures(series(), TODAY)
    before = {entry.label for entry in chart.legend.entries}
    chart.show_causes(EVENTS, CHANGE)
    more = {entry.label for entry in chart.legend.entries} - before
    assert more == {"new tool", "new model", "a change, as wide as its date is uncertain"}
    chart.show_causes((), None)
    assert {entry.label for entry in chart.legend.entries} == before
