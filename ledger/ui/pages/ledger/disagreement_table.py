"""The table of disagreements: the output with its reason in two lines, three witnesses beside."""

import time

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from ledger.app.disagreements_model import (
    DisagreementsModel,
    FoundRole,
    PromptRole,
    Witness,
    said_by,
    witness_words,
)
from ledger.core.text_safety import one_line
from ledger.flows.evidence.disagreements import Disagreement
from ledger.flows.transcript import Prompt
from ledger.ui import formatting, theme
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type
from ledger.ui.widgets.row_table import AnyIndex, RowPainter, RowTable

ROW = 56
PADDING = 10
WITNESS = 128
NARROWEST = 200


class DisagreementTable(RowTable):
    """An output a row; after an answer the next one stands in its place."""

    def __init__(self, model: DisagreementsModel, parent: QWidget | None = None) -> None:
        super().__init__("Disagreements", model, model, parent)
        self.setItemDelegate(_Painter(model, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._place = 0
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._go_back)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _remember(self) -> None:
        self._place = max(0, self.currentIndex().row())

    def _go_back(self) -> None:
        """Keep the place: where an output is agreed on now, the next one has moved up."""
        if self.model().rowCount():
            self.selectRow(min(self._place, self.model().rowCount() - 1))

    def fill(self) -> None:
        """Give the output what the witnesses leave."""
        room = self.viewport().width()
        width = min(round(WITNESS * theme.current().text_size), max(1, (room - NARROWEST) // 3))
        for column in (Witness.YOU, Witness.GIT, Witness.TOOL):
            self.setColumnWidth(column, width)
        self.setColumnWidth(Witness.OUTPUT, max(1, room - 3 * width))

    def _restyle(self) -> None:
        self.setFont(theme.current().font())
        self.verticalHeader().setDefaultSectionSize(round(ROW * theme.current().text_size))
        self.fill()


class _Painter(RowPainter):
    """Paints text itself: plain, in the theme's fonts."""

    def __init__(self, model: DisagreementsModel, table: DisagreementTable) -> None:
        super().__init__(table)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(NARROWEST, round(ROW * theme.current().text_size))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        self.paint_ground(painter, option, index)
        output: Disagreement = index.data(FoundRole)
        inner = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        column = Witness(index.column())
        if column is Witness.OUTPUT:
            self._paint_output(painter, inner, output, index.data(PromptRole))
        else:
            _paint_witness(painter, inner, output, column)

    def _paint_output(
        self, painter: QPainter, inner: QRect, output: Disagreement, prompt: Prompt | None
    ) -> None:
        row = output.row
        prompt_text = (prompt.text or prompt.missing or "(no words)") if prompt else ""
        half = inner.height() // 2
        first = inner.adjusted(0, 6, 0, -half)
        second = inner.adjusted(0, half, 0, -6)
        _write(painter, first, one_line(prompt_text), Type.BODY, "text")
        when = formatting.short_moment(row.time_ms, time.time())
        place = one_line(self._model.project_name(row.project), 80)
        why = "   ".join(filter(None, (f"{when}  ·  {place}", output.why[0] if output.why else "")))
        _write(painter, second, why, Type.CAPTION, "text_faint")


def _write(painter: QPainter, inner: QRect, text: str, step: Type, ink: str) -> None:
    font = theme.current().font(step)
    painter.setFont(font)
    painter.setPen(qcolour(getattr(theme.colours(), ink)))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_witness(painter: QPainter, inner: QRect, row: Disagreement, column: Witness) -> None:
    colours, verdict = theme.colours(), witness_words(row, column)
    tag = int(said_by(row, column) or 0)
    font = theme.current().font(Type.CAPTION)
    painter.setFont(font)
    middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if not tag:
        painter.setPen(qcolour(colours.text_faint))
        painter.drawText(inner, middle, verdict or "–")
        return
    metrics = QFontMetrics(font)
    width, height = metrics.horizontalAdvance(verdict) + 16, metrics.height() + 6
    top = inner.center().y() - height // 2 + 1
    pill = QRect(inner.left(), top, min(width, inner.width()), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolour(colours.tag_soft(tag)))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(qcolour(colours.tag_ink(tag)))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, verdict)
