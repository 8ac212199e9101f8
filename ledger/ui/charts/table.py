"""The same figures as a table: beside every chart, and written as CSV."""

import csv
import io
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from ledger.core.formatting import percent, short, tokens

Cell = str | int | float | None
HEIGHT = 320
NONE_SHOWN = "–"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Kind(Enum):
    """How the values of a column are shown."""

    TEXT = "text"
    COUNT = "count"
    RATIO = "ratio"
    SHARE = "share"
    MTE = "mte"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how its values are shown."""

    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of raw values; None stands where nothing can be said."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def cell_text(value: Cell, kind: Kind) -> str:
    """Return a cell as people read it."""
    if value is None:
        return NONE_SHOWN
    if isinstance(value, str):
        return value
    match kind:
        case Kind.RATIO:
            return short(value)
        case Kind.SHARE:
            return percent(value)
        case Kind.MTE:
            return tokens(value)
        case _:
            return f"{value:,}".replace(",", "\u202f")


def as_csv(table: Table) -> str:
    """Return the table as CSV with raw numbers; words can not turn into a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.title for column in table.columns)
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a name that begins like a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


class TableModel(QAbstractTableModel):
    """Shows a Table; numbers stand to the right."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table

    def show(self, table: Table) -> None:
        """Show other figures."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.table.columns)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the words of a cell, or where they stand."""
        kind = self.table.columns[index.column()].kind
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(self.table.rows[index.row()][index.column()], kind)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(kind)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading, or where it stands."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return _alignment(column.kind) if role == Qt.ItemDataRole.TextAlignmentRole else None


def table_view(model: TableModel) -> QTableView:
    """Return a bare view of a table, of one height and with columns as wide as it allows."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName("The same figures as a table")
    view.setProperty("kind", "bare")
    view.setShowGrid(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.verticalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.setFixedHeight(HEIGHT)
    view.setTabKeyNavigation(False)
    return view


def _alignment(kind: Kind) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if kind is Kind.TEXT else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
