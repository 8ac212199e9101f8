"""Every key of the window on one sheet, made from the keymap."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ledger.ui.keymap import Key, Where, rows_at, shown
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel

COLUMNS = ((Where.ANYWHERE, Where.QUICK_LOG), (Where.CARD,), (Where.LIST,))


class KeySheet(QDialog):
    """Three columns of keys; any of them closes with Esc."""

    def __init__(self, own: Mapping[str, str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(28, 24, 28, 24)
        outside.setSpacing(16)
        outside.addWidget(PlainLabel("Keys", Type.TITLE))
        row = QHBoxLayout()
        row.setSpacing(40)
        for places in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(8)
            for where in places:
                column.addWidget(PlainLabel(where.value, Type.STRONG))
                column.addLayout(_table(rows_at(where, own)))
                column.addSpacing(16)
            column.addStretch(1)
            row.addLayout(column, 1)
        outside.addLayout(row)
        words = "Single letters act only on the card or list that has the focus, never in a text."
        outside.addWidget(PlainLabel(words, Type.CAPTION, "text_faint"))


def _table(rows: tuple[Key, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    for line, row in enumerate(rows):
        grid.addWidget(PlainLabel(row.words, ink="text_soft"), line, 0)
        grid.addLayout(_caps(row.keys[0]), line, 1)
    return grid


def _caps(key: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(3)
    row.addStretch(1)
    for part in shown(key).split("+"):
        cap = PlainLabel(part, Type.CAPTION, "text_soft")
        cap.setObjectName("cap")
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(cap)
    return row
