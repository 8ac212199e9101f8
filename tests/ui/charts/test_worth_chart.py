"""Worth by size."""

from math import sqrt

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui.charts.scales import log_scale
from ledger.ui.charts.worth_chart import NONE, WorthChart
from tests.ui.charts.figures import plain, worth_curve

# What test_painted.py has it show.
GIVEN = WorthChart, lambda: (worth_curve(diminishing_point=1.0),)


@pytest.fixture
def chart(qtbot):
    widget = WorthChart()
    qtbot.addWidget(widget)
    widget.resize(800, 310)
    widget.show()
    widget.show_figures(worth_curve())
    return widget


def test_a_reading_says_size_worth_interval_and_number(chart):
    assert plain(chart.reading(0)) == (
        "100 k to 300 k tokens · worth 50 %, between 40 % and 60 % · 30 half-hours of work"
    )


def test_a_bin_narrows_to_its_blocks(chart):
    assert chart.choice(2) == DrillDown(block_mte=(1.1, 9.0))


def test_the_pointer_finds_the_nearest_bin(chart):
    area = chart.area()
    for n, dot in enumerate(chart.figures.bins):
        x = log_scale([0.1, 9.0], area).x(sqrt(dot.low_mte * dot.high_mte))
        assert chart.position_at(QPointF(x, area.center().y())) == n
    assert chart.position_at(QPointF(area.center().x(), area.bottom() + 20)) is None


def test_numbers_never_run_into_one_another(chart):
    metrics = QFontMetricsF(chart.font())
    assert chart.numbered(chart.middles(chart.area()), metrics) == list(range(chart.points()))
    chart.resize(90, 310)
    narrow = chart.numbered(chart.middles(chart.area()), metrics)
    assert 0 < len(narrow) < chart.points()


def test_a_diminishing_point_is_drawn_where_there_is_one(chart):
    before = chart.grab().toImage()
    chart.show_figures(worth_curve(diminishing_point=1.0))
    assert chart.grab().toImage() != before


def test_the_table_holds_every_bin(chart):
    assert chart.table().rows[0] == (0.1, 0.3, 30, 0.5, 0.4, 0.6)


def test_nothing_can_be_drawn(chart):
    chart.show_figures(NONE)
    assert not chart.grab().isNull()
    assert chart.position_at(QPointF(100, 100)) is None
