import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ledger.ui import theme
from ledger.ui.widgets.row_table import HERE, RowPainter, RowTable

COUNT = 5


class Numbers(QStandardItemModel):
    """Rows of two cells; the id of a row is ten times its number."""

    def __init__(self) -> None:
        super().__init__(COUNT, 2)
        for row in range(COUNT):
            self.setItem(row, 0, QStandardItem(str(row)))

    def id_at(self, row: int) -> int:
        return 10 * row


@pytest.fixture
def table(qtbot):
    model = Numbers()
    widget = RowTable("Numbers", model, model)
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_the_ids_of_selected_rows_are_told_from_the_top(table):
    flags = QItemSelectionModel.SelectionFlag
    for row in (3, 1):
        table.selectionModel().select(table.model().index(row, 0), flags.Select | flags.Rows)
    assert table.selected_ids() == [10, 30]


def test_going_selects_one_row_and_stops_at_both_ends(table):
    table.selectAll()
    table.go(-1)
    assert table.selected_ids() == [0]
    for _ in range(2 * COUNT):
        table.go(1)
    assert table.selected_ids() == [10 * (COUNT - 1)]


@pytest.mark.parametrize(
    ("key", "row"), [(Qt.Key.Key_End, COUNT - 1), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 3)]
)
def test_home_and_end_are_the_first_and_the_last_row(qtbot, table, key, row):
    table.selectRow(2)
    qtbot.keyClick(table, key)
    assert table.currentIndex().row() == row


def painted(table, row: int, state=QStyle.StateFlag.State_None, line="line") -> QImage:
    """Return a cell of 20 x 10 pixels with nothing but its ground."""
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    option.rect, option.state = image.rect(), state
    painter = QPainter(image)
    RowPainter(table).paint_ground(painter, option, table.model().index(row, 0), line=line)
    painter.end()
    return image


def test_a_selected_row_has_another_ground(table):
    colours = theme.colours()
    plain = painted(table, 1).pixelColor(10, 5).name()
    chosen = painted(table, 1, QStyle.StateFlag.State_Selected).pixelColor(10, 5).name()
    assert (plain, chosen) == (colours.surface, colours.accent_soft)


def test_a_line_stands_above_every_row_but_the_first(table):
    colours = theme.colours()
    assert painted(table, 0).pixelColor(10, 0).name() == colours.surface
    assert painted(table, 1).pixelColor(10, 0).name() == colours.line
    assert painted(table, 1, line="text_faint").pixelColor(10, 0).name() == colours.text_faint


def test_a_bar_shows_the_row_that_keys_act_on(qtbot, table):
    table.selectRow(1)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    bar = painted(table, 1)
    assert bar.pixelColor(HERE - 1, 5).name() == theme.colours().focus
    assert bar.pixelColor(HERE, 5).name() == theme.colours().surface
    assert painted(table, 2).pixelColor(0, 5).name() == theme.colours().surface
