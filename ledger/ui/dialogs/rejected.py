"""The log lines that could not be read: where they stand and why, never what they say."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ledger.core.rows import RejectedRow
from ledger.core.text_safety import one_line
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel, PlainTip

COLUMNS = ("Why", "Byte", "Length", "File")
WORDS = (
    "These lines are not as this tool writes them, so nothing was taken from them. "
    "Everything around them was read."
)


class RejectedLines(QDialog):
    """A table of reasons and places."""

    def __init__(self, rows: Sequence[RejectedRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Rejected lines")
        self.resize(760, 460)
        self.table = QTableWidget(len(rows), len(COLUMNS))
        self.table.setAccessibleName("Rejected lines")
        self.table.setHorizontalHeaderLabels(list(COLUMNS))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideLeft)
        PlainTip(self.table)
        for line, row in enumerate(rows):
            self._fill(line, row)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 300)
        header.setStretchLastSection(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel("Rejected lines", Type.TITLE))
        column.addWidget(PlainLabel(WORDS, ink="text_soft", wrap=True))
        column.addWidget(self.table, 1)

    def _fill(self, line: int, row: RejectedRow) -> None:
        texts = (one_line(row.reason), f"{row.offset:,}", f"{row.length:,}", one_line(row.path))
        for place, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.ToolTipRole, text)
            self.table.setItem(line, place, item)
