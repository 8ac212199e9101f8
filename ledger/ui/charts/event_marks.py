"""What was new on which day, above a plot, so that a known cause is not read as skill."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from ledger.core.figures import Mark
from ledger.core.text_safety import one_line
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

SIDE = 7.0  # pixels of the sign
GAP = 4.0
LINE = 16.0
LONGEST = 24  # characters of a name


class EventMarks(pg.GraphicsObject):
    """An upright line per day: a square stands on a new tool, a diamond on a new model.

    Names are written where they have room before the next sign.
    """

    def __init__(self) -> None:
        super().__init__()
        self.days: list[tuple[int, list[Mark]]] = []
        self._top = 1.0

    def show_events(self, events: Sequence[Mark], top: float) -> None:
        """Show other events on a plot that reaches up to `top`."""
        self.prepareGeometryChange()
        by_day: dict[int, list[Mark]] = {}
        for event in sorted(events):
            by_day.setdefault(event.day.toordinal(), []).append(event)
        self.days, self._top = list(by_day.items()), top
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all of the view: names reach beyond their day by pixels, not by days."""
        box = self.getViewBox()
        return QRectF() if box is None or not self.days else box.viewRect()

    def viewRangeChanged(self, *_: object) -> None:
        """Reach as far as the view does."""
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, *_args: object) -> None:
        """Draw lines, signs and names in pixels."""
        colours, plane = theme.colours(), painter.worldTransform()
        font = theme.current().font(Type.CAPTION)
        metrics = QFontMetricsF(font)
        right = plane.map(self.boundingRect().bottomRight()).x()
        tops = [plane.map(QPointF(day, self._top)) for day, _events in self.days]
        feet = [plane.map(QPointF(day, 0)) for day, _events in self.days]
        painter.save()
        painter.resetTransform()
        painter.setFont(font)
        free_from = plane.map(self.boundingRect().bottomLeft()).x()
        for n, (_day, events) in enumerate(self.days):
            top = tops[n] + QPointF(0, SIDE)
            painter.setPen(pen(colours.cursor, 1, Qt.PenStyle.DashLine))
            painter.drawLine(top, feet[n])
            painter.setPen(qcolour(colours.text_soft))
            _paint_sign(painter, top, events[0].kind)
            end = tops[n + 1].x() - SIDE if n + 1 < len(tops) else right
            room = name_box(top, metrics.horizontalAdvance(_name(events)), free_from, end)
            free_from = top.x() + SIDE
            if room is not None:
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _name(events))
                free_from = max(free_from, room.right())
        painter.restore()


def _name(events: Sequence[Mark]) -> str:
    name = one_line(events[0].name, LONGEST) or f"unknown {events[0].kind}"
    return f"{name} +{len(events) - 1}" if len(events) > 1 else name


def _paint_sign(painter: QPainter, middle: QPointF, kind: str) -> None:
    painter.save()
    painter.translate(middle)
    painter.rotate(45 if kind == "model" else 0)
    box = QRectF(-SIDE / 2, -SIDE / 2, SIDE, SIDE)
    painter.fillRect(box, qcolour(theme.colours().text_soft))
    painter.restore()


def name_box(sign: QPointF, width: float, free_from: float, end: float) -> QRectF | None:
    """Return where a name stands: right of its sign, else left of it, else nowhere."""
    right, left = sign.x() + SIDE + GAP, sign.x() - SIDE - GAP - width
    if right + width <= end:
        return QRectF(right, sign.y() - LINE / 2, width + 2, LINE)
    if left >= free_from:
        return QRectF(left, sign.y() - LINE / 2, width + 2, LINE)
    return None
