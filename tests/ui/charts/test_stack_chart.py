"""Tokens by what became of them."""

from datetime import date

import pytest
from pyqtgraph import BarGraphItem

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.charts.plot import Patterns
from ledger.ui.charts.stack_chart import StackChart, period_end
from tests.ui.charts.figures import plain, stack

# What test_painted.py has it show.
GIVEN = StackChart, lambda: (stack(),)


@pytest.fixture
def chart(qtbot):
    widget = StackChart()
    qtbot.addWidget(widget)
    widget.resize(800, 260)
    widget.show()
    return widget


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        (date(2026, 10, 5), "day", date(2026, 10, 5)),
        (date(2026, 10, 5), "week", date(2026, 10, 11)),
        (date(2026, 2, 1), "month", date(2026, 2, 28)),
        (date(2026, 12, 1), "month", date(2026, 12, 31)),
    ],
)
def test_a_period_ends_on_its_last_day(start, step, end):
    assert period_end(start, step) == end


def test_a_reading_says_amount_and_share_of_each_tag(chart):
    chart.show_figures(stack())
    assert plain(chart.reading(0)) == (
        "5–11 Oct 2026 · kept 1.0 M (22 %) · edited 1.0 M (22 %) · "
        "thrown away 500 k (11 %) · untagged 2.0 M (44 %)"
    )


def test_a_bar_narrows_to_its_days(chart):
    chart.show_figures(stack())
    assert chart.choice(1) == DrillDown(first=date(2026, 10, 12), last=date(2026, 10, 18))


def test_the_pointer_finds_the_bar_that_holds_the_day(chart):
    chart.show_figures(stack(step="month"))
    chart.plot.hovered.emit(float(date(2026, 2, 27).toordinal()))
    assert chart.position == 1


def drawn(chart, kind):
    """Return the items of a kind that lie on the plot."""
    return [item for item in chart.plot.scene().items() if isinstance(item, kind)]


def test_many_bars_are_drawn_without_patterns(chart):
    chart.show_figures(stack(20, "day"))
    assert drawn(chart, Patterns)
    chart.show_figures(stack(200, "day"))
    assert not drawn(chart, Patterns)


def test_bars_stand_on_each_other(chart):
    chart.show_figures(stack(1))
    bars = sorted(drawn(chart, BarGraphItem), key=lambda bar: bar.opts["y0"][0])
    tops = [item.opts["y0"][0] + item.opts["height"][0] for item in bars]
    grounds = [item.opts["y0"][0] for item in bars]
    assert grounds == [0.0, *tops[:-1]]


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_period_can_be_drawn(chart, count):
    chart.show_figures(stack(count))
    assert not chart.grab().isNull()
    chart.point_to(0)
    assert chart.position == (0 if count else None)


def test_the_table_holds_every_period(chart):
    chart.show_figures(stack())
    assert chart.table().rows[0] == ("2026-10-05", "2026-10-11", 1.0, 1.0, 0.5, 2.0)
    assert [c.title for c in chart.table().columns][2:] == [
        "Kept", "Edited", "Thrown away", "Untagged",
    ]  # fmt: skip


def test_a_drag_narrows_to_whole_periods(chart, qtbot):
    chart.show_figures(stack())
    start, end = float(date(2026, 10, 14).toordinal()), float(date(2026, 10, 20).toordinal())
    chart.plot.dragged.emit(start, end, False)
    assert plain(chart.accessibleDescription()) == "12–25 Oct 2026 · 12 M"
    with qtbot.waitSignal(chart.chosen) as blocker:
        chart.plot.dragged.emit(start, end, True)
    assert blocker.args[0] == DrillDown(first=date(2026, 10, 12), last=date(2026, 10, 25))
