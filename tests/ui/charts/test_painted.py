"""What every chart keeps to, painted by hand or not."""

from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts import chart as chart_module
from ledger.ui.charts import chart_export
from ledger.ui.charts.calendar_chart import CalendarChart
from ledger.ui.charts.chart import Chart
from ledger.ui.charts.comparison_chart import ComparisonChart
from ledger.ui.charts.flow_chart import FlowChart
from ledger.ui.charts.group_chart import GroupChart
from ledger.ui.charts.hours_chart import HoursChart
from ledger.ui.charts.painted import PaintedChart
from ledger.ui.charts.ratio_chart import RatioChart
from ledger.ui.charts.session_chart import SessionChart
from ledger.ui.charts.sizes_chart import SizesChart
from ledger.ui.charts.stack_chart import StackChart
from ledger.ui.charts.stop_loss_chart import StopLossChart
from ledger.ui.charts.worth_chart import WorthChart
from tests.ui.charts import figures

# What each chart is given to show: a new chart is tested here with one line.
GIVEN = {
    CalendarChart: lambda: (figures.calendar(),),
    ComparisonChart: lambda: (figures.comparison(), "A", "B", lambda _first: DrillDown(tool="a")),
    FlowChart: lambda: (figures.flow(),),
    GroupChart: lambda: ([figures.shrunken("a")], [figures.group("a")], 2.0),
    HoursChart: lambda: (figures.week_hours(),),
    RatioChart: lambda: (figures.series(), figures.TODAY),
    SessionChart: lambda: (figures.session_dots(),),
    SizesChart: lambda: (figures.sizes(),),
    StackChart: lambda: (figures.stack(),),
    StopLossChart: lambda: (figures.stop_loss(),),
    WorthChart: lambda: (figures.worth_curve(diminishing_point=1.0),),
}


@pytest.fixture(params=GIVEN, ids=lambda kind: kind.__name__)
def chart(request, qtbot):
    made = request.param()
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show_figures(*GIVEN[request.param]())
    made.show()
    return made


def charts_of(base):
    """Yield every chart that builds on a base."""
    for kind in base.__subclasses__():
        yield from charts_of(kind) if "is_base" in vars(kind) else (kind,)


def test_no_chart_is_forgotten_here():
    files = {path.stem for path in Path(chart_module.__file__).parent.glob("*_chart.py")}
    for file in files:
        import_module(f"ledger.ui.charts.{file}")
    ours = {kind for kind in charts_of(Chart) if kind.__module__.startswith("ledger.")}
    assert ours == set(GIVEN)


def test_every_point_is_read_and_narrows_or_says_that_it_cannot(chart):
    assert chart.points() > 0
    for position in range(chart.points()):
        assert len(chart.reading(position)) > 8
        assert isinstance(chart.choice(position), DrillDown | None)


def test_every_row_of_the_twin_fills_its_columns(chart):
    table = chart.table()
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_the_keys_reach_every_point(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.position == 0
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.position == chart.points() - 1
    assert chart.accessibleDescription() == chart.reading(chart.points() - 1)


@pytest.mark.parametrize("width", [420, 1600])
def test_any_width_can_be_drawn_and_taken_along(chart, width):
    chart.resize(width, chart.height())
    chart.point_to(0)
    assert not chart.grab().isNull()
    assert b"<svg" in chart_export.svg(chart, "Title", "Sentence.")
    assert chart.position == 0


def test_the_dark_theme_reaches_every_mark(chart, qapp):
    light = chart.grab().toImage()
    theme.apply(qapp, "dark")
    try:
        assert chart.grab().toImage() != light
    finally:
        theme.apply(qapp, "light")


def test_the_pointer_leaving_lets_go(chart):
    if isinstance(chart, PaintedChart):
        chart.point_to(0)
        chart.leaveEvent(None)
        assert chart.position is None
        assert chart.position_at(QPointF(-50, -50)) is None


def test_ctrl_and_enter_list_what_a_point_is_made_of(chart, qtbot):
    position = next(n for n in range(chart.points()) if chart.choice(n) is not None)
    chart.point_to(position)
    with qtbot.waitSignal(chart.listed) as listed:
        qtbot.keyClick(chart, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert listed.args[0] == chart.choice(position)
