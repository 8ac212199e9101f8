"""A table of whole rows: what the tables of interactions and of disagreements have in common."""

from typing import Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ledger.ui import theme
from ledger.ui.colours import qcolour

HERE = 3  # width of the bar beside the row that the keys act on
AnyIndex = QModelIndex | QPersistentModelIndex


class IdModel(Protocol):
    """A model that knows which interaction stands in a row."""

    def id_at(self, row: int, /) -> int:
        """Return the id of the interaction in a row."""


class RowTable(QTableView):
    """Whole rows are selected, several at once with Shift and Ctrl."""

    def __init__(
        self, name: str, model: QAbstractItemModel, ids: IdModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ids = ids
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setProperty("kind", "bare")
        side = self.verticalHeader()
        side.setVisible(False)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected rows, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._ids.id_at(row) for row in rows]

    def go(self, step: int) -> None:
        """Move to the next or the previous row."""
        row = max(0, min(self.currentIndex().row() + step, self.model().rowCount() - 1))
        index = self.model().index(row, 0)
        # `selectRow` would take a held Ctrl or Shift as the wish to select several.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, only | QItemSelectionModel.SelectionFlag.Rows)
        self.scrollTo(index)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first and the last row with Home and End: nobody sees the cells of a row."""
        moves = QAbstractItemView.CursorAction
        if action in (moves.MoveHome, moves.MoveEnd):
            last = self.model().rowCount() - 1
            return self.model().index(0 if action is moves.MoveHome else last, 0)
        return super().moveCursor(action, keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fill()

    def fill(self) -> None:
        """Share the width out among the columns; called whenever it changes."""


class RowPainter(QStyledItemDelegate):
    """Paints what lies behind the text of a cell."""

    def __init__(self, table: RowTable) -> None:
        super().__init__(table)
        self._table = table

    def paint_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: AnyIndex,
        *,
        line: str = "line",
    ) -> None:
        """Fill the cell, draw the line above it, and a bar where the keys act on its row."""
        colours, rect = theme.colours(), option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, qcolour(colours.accent_soft if is_selected else colours.surface))
        here = index.row() == self._table.currentIndex().row() and self._table.hasFocus()
        if here and index.column() == 0:
            painter.fillRect(rect.adjusted(0, 0, HERE - rect.width(), 0), qcolour(colours.focus))
        if index.row():
            painter.setPen(qcolour(getattr(colours, line)))
            painter.drawLine(rect.topLeft(), rect.topRight())
