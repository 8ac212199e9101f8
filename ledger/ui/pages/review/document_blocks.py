"""The blocks of a document as widgets: sentences, lists, terms, tables and pictures."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ledger.core.document import Block, Bullets, Paragraph, Picture, Table, Terms
from ledger.ui import theme
from ledger.ui.pages.review.picture_view import PictureView
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import rule

TERM_WIDTH = 110
GAP = 14
ABOVE_TABLE = 10
WIDEST_NAMES = 190


def block_widget(block: Block) -> QWidget:
    """Return a block as a widget."""
    match block:
        case Paragraph():
            step = Type.HEADING if block.large else Type.BODY
            return _sentence(block.text, step, "text_soft" if block.soft else "text")
        case Bullets():
            return _bullets(block)
        case Terms():
            return _terms(block)
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)


def _sentence(text: str, step: Type = Type.BODY, ink: str = "text") -> PlainLabel:
    label = PlainLabel(text, step, ink, wrap=True)
    # By mouse alone: a stop for Tab at every sentence would bury the buttons below.
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _plain(column: QVBoxLayout | QGridLayout | QHBoxLayout) -> QWidget:
    widget = QWidget()
    column.setContentsMargins(0, 0, 0, 0)
    widget.setLayout(column)
    return widget


def _bullets(block: Bullets) -> QWidget:
    column = QVBoxLayout()
    column.setSpacing(4)
    for item in block.items:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel("•", ink="text_faint"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_sentence(item), 1)
        column.addLayout(row)
    return _plain(column)


def _terms(block: Terms) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, TERM_WIDTH)
    grid.addWidget(PlainLabel(block.title, Type.STRONG, wrap=True), 0, 0, 1, 2)
    for at, (name, text) in enumerate(block.pairs, 1):
        grid.addWidget(PlainLabel(name, ink="text_soft"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_sentence(text), at, 1)
    return _plain(grid)


def _table(block: Table) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    grid.setColumnMinimumWidth(0, _names_width(block))
    columns = len(block.head)
    if block.caption:
        grid.addWidget(PlainLabel(block.caption, Type.STRONG), 0, 0, 1, columns)
    for at, cell in enumerate(block.head):
        label = PlainLabel(cell, Type.CAPTION, "text_soft", wrap=True)
        label.setAlignment(_side(block, at) | Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(label, 1, at)
    grid.addWidget(rule(), 2, 0, 1, columns)
    for number, row in enumerate(block.rows, 3):
        for at, cell in enumerate(row):
            label = PlainLabel(cell, wrap=at == 0)
            label.setAlignment(_side(block, at) | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, number, at)
    widget = _plain(grid)
    grid.setContentsMargins(0, ABOVE_TABLE, 0, 4)
    widget.setAccessibleName(block.caption or block.head[0])
    return widget


def _names_width(table: Table) -> int:
    """Return what the first column needs for its words, so that headings break before names do."""
    measured = QFontMetrics(theme.current().font())
    widths = [measured.horizontalAdvance(row[0]) for row in table.rows]
    return min(max(widths, default=0) + 2, WIDEST_NAMES)


def _side(table: Table, at: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if at in table.numbers else Qt.AlignmentFlag.AlignLeft


def _picture(block: Picture) -> QWidget:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(PictureView(block))
    column.addWidget(_sentence(block.words, Type.CAPTION, "text_soft"))
    return _plain(column)
