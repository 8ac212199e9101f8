"""The table of interactions: one line each, painted by a delegate so that a million scroll well."""

import time

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ledger.app.interactions_model import (
    RIGHT,
    Column,
    InteractionsModel,
    PromptRole,
    RowRole,
    StartsSessionRole,
)
from ledger.core.rows import InteractionRow
from ledger.core.text_safety import one_line
from ledger.core.vocabulary import Intent, Tool
from ledger.flows.transcript import Prompt
from ledger.ui import formatting, theme
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type
from ledger.ui.widgets.row_table import AnyIndex, RowPainter, RowTable

ROW_HEIGHT = 34
PADDING = 10
WIDTHS = {  # at text size 100 %
    Column.TIME: 112,
    Column.TOOL: 108,
    Column.PROJECT: 100,
    Column.MODEL: 130,
    Column.COST: 84,
    Column.LINES: 72,
    Column.TAG: 108,
}
NARROWEST_PROMPT = 160
SPARED = (Column.LINES, Column.MODEL, Column.PROJECT)  # go in this order where it is narrow
FIGURES = RIGHT | {Column.TIME}
MOST_MARKS = 0.4  # of the prompt's column: the words come first


class InteractionTable(RowTable):
    """Rows of one height; the prompt takes the width that the other columns leave."""

    def __init__(self, model: InteractionsModel, parent: QWidget | None = None) -> None:
        super().__init__("Interactions", model, model, parent)
        self.setItemDelegate(_Painter(model, self))
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self._set_up_header()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(60)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(Column.TIME, Qt.SortOrder.DescendingOrder)
        header.setSectionsClickable(True)

    def fill(self) -> None:
        """Give the prompt the room that the others leave, and hide some where it is too little."""
        for column in SPARED:
            self.setColumnHidden(column, False)
        for column in SPARED:
            self.setColumnHidden(column, self._room() < NARROWEST_PROMPT)
        self.setColumnWidth(Column.PROMPT, max(NARROWEST_PROMPT, self._room()))

    def _room(self) -> int:
        """Return what the other columns leave of the width, in pixels."""
        return self.viewport().width() - sum(self.columnWidth(column) for column in WIDTHS)

    def _restyle(self) -> None:
        self.setFont(theme.current().font())
        height = max(ROW_HEIGHT, round(theme.current().pixels() * 2.6))
        self.verticalHeader().setDefaultSectionSize(height)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, round(width * theme.current().text_size))
        self.fill()


class _Painter(RowPainter):
    """Paints a cell's text itself: no styles, no copies, one font."""

    def __init__(self, model: InteractionsModel, table: InteractionTable) -> None:
        super().__init__(table)
        self._model = model
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        current_theme = theme.current()
        self._body, self._pill = current_theme.font(), current_theme.font(Type.CAPTION)
        self._figures = current_theme.font(tabular=True)
        self._metrics = QFontMetrics(self._body)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line = "text_faint" if index.data(StartsSessionRole) else "line"
        self.paint_ground(painter, option, index, line=line)
        row = index.data(RowRole)
        if row is None:
            return
        column = Column(index.column())
        inner = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if column is Column.TAG:
            self._paint_tag(painter, inner, row)
            return
        if column is Column.PROMPT:
            inner = self._paint_marks(painter, inner, row)
        text, ink = self._cell(row, column, index.data(PromptRole))
        painter.setFont(self._figures if column in FIGURES else self._body)
        painter.setPen(qcolour(getattr(theme.colours(), ink)))
        side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _cell(self, row: InteractionRow, column: Column, prompt: Prompt | None) -> tuple[str, str]:
        match column:
            case Column.TIME:
                return formatting.short_moment(row.time_ms, time.time()), "text_soft"
            case Column.PROMPT:
                return _text_and_ink(prompt)
            case Column.TOOL:
                return Tool(row.tool).full_name, "text_soft"
            case Column.PROJECT:
                return one_line(self._model.project_name(row.project), 80), "text"
            case Column.MODEL:
                return one_line(row.models[0], 80) if row.models else "–", "text_soft"
            case Column.COST:
                return formatting.cost(row), "text"
            case _:
                return formatting.lines(row.added, row.removed), "text_soft"

    def _paint_marks(self, painter: QPainter, inner: QRect, row: InteractionRow) -> QRect:
        """Paint labels at the right end of the prompt, and return what room they leave."""
        marks = [f"#{label}" for label in row.labels]
        if row.intent is Intent.EXPERIMENT:
            marks.insert(0, "experiment")
        if not marks:
            return inner
        metrics = QFontMetrics(self._pill)
        most = round(inner.width() * MOST_MARKS)
        text = metrics.elidedText(one_line("  ".join(marks), 40), Qt.TextElideMode.ElideRight, most)
        painter.setFont(self._pill)
        painter.setPen(qcolour(theme.colours().text_faint))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        labels_width = metrics.horizontalAdvance(text) + PADDING
        return inner.adjusted(0, 0, -labels_width, 0)

    def _paint_tag(self, painter: QPainter, inner: QRect, row: InteractionRow) -> None:
        colours, tag = theme.colours(), int(row.tag or 0)
        label = row.tag.title if row.tag else "–"
        font = QFont(self._pill)
        painter.setFont(font)
        if tag:
            width = QFontMetrics(font).horizontalAdvance(label) + 16
            height = QFontMetrics(font).height() + 6
            top = inner.center().y() - height // 2 + 1
            pill = QRect(inner.left(), top, min(width, inner.width()), height)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolour(colours.tag_soft(tag)))
            painter.drawRoundedRect(pill, 10, 10)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            inner = pill.adjusted(8, 0, 0, 0)
        painter.setPen(qcolour(colours.tag_ink(tag) if tag else colours.text_faint))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)


def _text_and_ink(prompt: Prompt | None) -> tuple[str, str]:
    if prompt is None:
        return "", "text_faint"
    if prompt.text:
        return one_line(prompt.text), "text"
    return prompt.missing or "(no words)", "text_faint"
