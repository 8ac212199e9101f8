"""What tools say they used in total, beside what was counted: a table, and where each stands."""

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

from ledger.core.text_safety import one_line
from ledger.core.vocabulary import TOOL_TITLES, Tool
from ledger.flows.importing.reconcile import COUNTERS, TOKENS, Reconciled
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel, PlainTip

HEAD = ("Tool", "Session", "Model", *(COUNTERS[key] for key in TOKENS), "Outcome", "Byte", "File")
SHOWN_KEY = 8  # characters of a session's name
WORDS = (
    "Each cell says what the tool wrote, and in brackets how much more or less that is than was "
    "counted of its log. A row that is chosen is told in words below."
)


class ToolTotals(QDialog):
    """One row for each total; what the chosen one means stands below the table."""

    def __init__(self, rows: Sequence[Reconciled], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("What tools say in total")
        self.resize(980, 520)
        self._rows = list(rows)
        self.table = QTableWidget(len(rows), len(HEAD))
        self.table.setAccessibleName("What tools say in total")
        self.table.setHorizontalHeaderLabels(list(HEAD))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideLeft)
        PlainTip(self.table)
        for line, row in enumerate(self._rows):
            for place, text in enumerate(cells(row)):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.ToolTipRole, text)
                self.table.setItem(line, place, item)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.words = PlainLabel("", ink="text_soft", wrap=True)
        self.table.currentCellChanged.connect(lambda line, *_: self._tell(line))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel("What tools say in total", Type.TITLE))
        column.addWidget(PlainLabel(WORDS, ink="text_soft", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        if self._rows:
            self.table.setCurrentCell(0, 0)

    def _tell(self, line: int) -> None:
        if 0 <= line < len(self._rows):
            self.words.setText(told(self._rows[line]))


def cells(row: Reconciled) -> tuple[str, ...]:
    """Return a total as the texts of its row."""
    total = row.total
    said, apart = total.said._asdict(), row.difference._asdict()
    tokens = (f"{said[key]:,}" + (f" ({apart[key]:+,})" if apart[key] else "") for key in TOKENS)
    return (
        TOOL_TITLES[Tool(total.tool)],
        one_line(total.session_key[:SHOWN_KEY]),
        one_line(total.model) or "all",
        *tokens,
        str(row.outcome),
        f"{total.offset:,}",
        one_line(total.path),
    )


def told(row: Reconciled) -> str:
    """Say what a total means, and where what was counted stands."""
    places = [
        f"{one_line(stretch.path)}, bytes {stretch.offset:,} to {stretch.end:,}"
        for stretch in row.total.counted_in
    ]
    counted = f"Counted from {'; '.join(places)}." if places else "Nothing of it was counted."
    others = "; ".join(f"{one_line(path)} at {at:,}" for path, at, _ in row.total.more_places)
    also = [f"The rest of this total stands in {others}."] if others else []
    return " ".join((*row.words, *also, counted))
