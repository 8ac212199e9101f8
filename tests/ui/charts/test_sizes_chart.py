"""What interactions cost."""

import pytest
from PySide6.QtCore import QPointF

from ledger.ui.charts.sizes_chart import NONE, SizesChart
from tests.ui.charts.figures import plain, sizes

# What test_painted.py has it show.
GIVEN = SizesChart, lambda: (sizes(),)


@pytest.fixture
def chart(qtbot):
    widget = SizesChart()
    qtbot.addWidget(widget)
    widget.resize(800, 310)
    widget.show()
    widget.show_figures(sizes())
    return widget


def test_a_reading_says_size_number_and_tags(chart):
    assert plain(chart.reading(0)) == (
        "10 k to 100 k tokens · 10 interactions · kept 5 · edited 1 · untagged 4"
    )


def test_a_bar_narrows_to_its_interactions_and_not_to_those_of_the_next(chart):
    low, high = chart.choice(0).mte
    assert low == 0.01
    assert 0.0999 < high < 0.1


def test_the_pointer_finds_the_bar(chart):
    area = chart.area()
    thirds = [area.left() + area.width() * (n + 0.5) / 3 for n in range(3)]
    assert [chart.position_at(QPointF(x, area.center().y())) for x in thirds] == [0, 1, 2]


def test_the_table_holds_every_bar(chart):
    assert chart.table().rows[2] == (1.0, 10.0, 1, 0, 2, 0)


def test_nothing_can_be_drawn(chart):
    chart.show_figures(NONE)
    assert chart.points() == 0
    assert not chart.grab().isNull()
