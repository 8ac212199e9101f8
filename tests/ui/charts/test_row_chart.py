"""What charts of rows share."""

import pytest
from PySide6.QtCore import QPoint, QPointF

from ledger.ui.charts.row_chart import BESIDE_FIGURES, LEAST_SCALE, MOST_ROWS, RowChart
from ledger.ui.charts.table import Table
from ledger.ui.theme import Type

ABOVE, BELOW, ROW = 30, 20, 25


class Rows(RowChart):
    """As many rows as it is told, each with two figures."""

    def __init__(self, rows):
        super().__init__("Rows", ROW, (60, 40), 0.25, 150)
        self.count = rows

    def rows_in_all(self):
        return self.count

    def above(self):
        return ABOVE

    def below(self):
        return BELOW

    def reading(self, position):
        return f"row {position}"

    def choice(self, position):
        return None

    def table(self):
        return Table((), ())

    def paint(self, painter):
        area = self.area()
        for position in range(self.points()):
            name = f"name of row {position}"
            self.paint_name(painter, position, area, name, Type.BODY, "#000000")


@pytest.fixture
def chart(qtbot):
    widget = Rows(3)
    qtbot.addWidget(widget)
    widget.resize(400, 10)
    widget.show()
    return widget


def test_a_chart_is_as_high_as_its_rows_and_what_stands_around_them(chart):
    assert chart.height() == ABOVE + 3 * ROW + BELOW
    chart.count = MOST_ROWS + 9
    chart.fit()
    assert chart.height() == ABOVE + MOST_ROWS * ROW + BELOW


def test_without_rows_there_is_room_for_one(chart):
    chart.count = 0
    chart.fit()
    assert chart.height() == ABOVE + ROW + BELOW


@pytest.mark.parametrize(("width", "left"), [(400, 100.0), (1000, 150.0)])
def test_names_get_their_share_of_the_width_until_it_is_enough(chart, width, left):
    chart.resize(width, chart.height())
    assert chart.area().left() == left
    assert chart.area().right() == width - 100 - BESIDE_FIGURES


def test_the_scale_is_never_turned_inside_out(chart):
    chart.resize(110, chart.height())
    assert chart.area().width() == LEAST_SCALE


def test_figures_stand_beside_one_another_up_to_the_right_end(chart):
    first, second = chart.figure_boxes(5, 20)
    assert (first.left(), first.right()) == (300, 360)
    assert (second.left(), second.right()) == (360, 400)
    assert (first.top(), second.bottom()) == (5, 25)


def test_the_pointer_finds_the_row_it_stands_on(chart):
    for position in range(3):
        assert chart.position_at(chart.row_box(position, chart.area()).center()) == position
    assert chart.position_at(QPointF(5, ABOVE - 1)) is None
    assert chart.position_at(QPointF(5, ABOVE + 3 * ROW + 1)) is None


def test_the_row_that_is_pointed_to_has_a_ground(chart):
    end = QPoint(chart.width() - 20, ABOVE + ROW + 12)
    before = chart.grab().toImage().pixelColor(end)
    chart.point_to(1)
    assert chart.grab().toImage().pixelColor(end) != before
    chart.point_to(2)
    assert chart.grab().toImage().pixelColor(end) == before
