"""Every key of the window on one sheet, made from the keymap."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ledger.ui.keymap import Key, Where, key_label, rows_at
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel

COLUMNS = (
    (Where.ANYWHERE,),
    (Where.CARD, Where.REVIEW, Where.QUICK_LOG),
    (Where.LIST, Where.CANDIDATES, Where.SOURCE_ROWS),
)
AROUND, LEAST = 165, 240  # pixels: what else stands on the screen, and the lowest sheet


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
        keys = QWidget()
        keys.setObjectName("bare")
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 0, 0, 0)
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
        outside.addWidget(_scrolling(keys), 1)
        footnote = (
            "Single letters act only on the card or list that has the focus, never in a text."
        )
        outside.addWidget(PlainLabel(footnote, Type.CAPTION, "text_faint"))


def _scrolling(keys: QWidget) -> QScrollArea:
    """Return the keys as large as they are, as far as the screen has room for them."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(keys)
    size = keys.sizeHint()
    room = QGuiApplication.primaryScreen().availableGeometry().height() - AROUND
    area.setMinimumSize(
        size.width() + area.verticalScrollBar().sizeHint().width(),
        max(LEAST, min(size.height(), room)),
    )
    return area


def _table(rows: tuple[Key, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    for line, row in enumerate(rows):
        grid.addWidget(PlainLabel(row.label, ink="text_soft"), line, 0)
        grid.addLayout(_caps(row.keys[0] if row.keys else "–"), line, 1)
    return grid


def _caps(key: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(3)
    row.addStretch(1)
    for part in key_label(key).split("+"):
        cap = PlainLabel(part, Type.CAPTION, "text_soft")
        cap.setObjectName("cap")
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(cap)
    return row
