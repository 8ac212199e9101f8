"""When to stop."""

import pytest
from PySide6.QtCore import QPointF

from ledger.ui.charts.stop_loss_chart import NONE, StopLossChart
from tests.ui.charts.figures import plain, stop_loss

# What test_painted.py has it show.
GIVEN = StopLossChart, lambda: (stop_loss(),)


@pytest.fixture
def chart(qtbot):
    widget = StopLossChart()
    qtbot.addWidget(widget)
    widget.resize(800, 290)
    widget.show()
    widget.show_figures(stop_loss())
    return widget


def test_a_reading_says_how_many_passed_and_were_kept(chart):
    assert plain(chart.reading(0)) == (
        "90 half-hours of work of any size · 70 % ended up kept, between 60 % and 80 %"
    )
    assert "past 1.0 M tokens" in plain(chart.reading(1))


def test_a_stop_narrows_to_what_passed_it_and_not_to_what_reached_it(chart):
    low, high = chart.choice(1).block_mte
    assert 1.0 < low < 1.000001
    assert high == float("inf")


def test_the_pointer_finds_the_stop_below_it(chart):
    area = chart.area()
    for n in range(3):
        x = area.left() + area.width() * (n + 0.5) / 3
        assert chart.position_at(QPointF(x, area.center().y())) == n
    assert chart.position_at(QPointF(area.right(), area.center().y())) in (None, 2)


@pytest.mark.parametrize("count", [1, 40])
def test_one_and_many_stops_can_be_drawn(chart, count):
    chart.show_figures(stop_loss(4) if count == 1 else stop_loss(count=5))
    chart.point_to(0)
    assert not chart.grab().isNull()


def test_the_table_holds_every_stop(chart):
    assert chart.table().rows[0] == (0.0, 90, 0.7, 0.6, 0.8)


def test_nothing_can_be_drawn(chart):
    chart.show_figures(NONE)
    assert not chart.grab().isNull()
