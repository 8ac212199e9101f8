"""Squares that grow with the work begun and take their colour from the kept share."""

from math import sqrt

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ledger.ui import theme
from ledger.ui.charts.ink import mixed, pen
from ledger.ui.colours import Palette, qcolour

SMALL_SQUARE = 0.42  # of a cell, for one half-hour of work
PALEST = 0.14
LEGEND = (
    ("kept share 0 to 100 %", tuple((1.0, n / 4) for n in range(5))),
    ("half-hours of work", tuple((size, 1.0) for size in (SMALL_SQUARE, 0.7, 1.0))),
    ("nothing tagged", ((0.8, None),)),
)


def side(blocks: int, most: int) -> float:
    """Return the side of a square as a share of its cell, 0 for no work."""
    if not blocks:
        return 0.0
    return SMALL_SQUARE + (1 - SMALL_SQUARE) * sqrt((blocks - 1) / max(most - 1, 1))


def shade(colours: Palette, share: float) -> QColor:
    """Return the colour of a kept share, from nearly the ground to full."""
    return mixed(colours.surface, colours.series, PALEST + (1 - PALEST) * share)


def paint_square(
    painter: QPainter, cell: QRectF, colours: Palette, size: float, share: float | None
) -> None:
    """Draw a square: a dot when nothing was begun, hollow when nothing is tagged."""
    painter.setPen(Qt.PenStyle.NoPen)
    if not size:
        painter.setBrush(qcolour(colours.grid))
        painter.drawEllipse(cell.center(), 1.5, 1.5)
        return
    length = min(cell.width(), cell.height()) * size
    box = QRectF(0, 0, length, length)
    box.moveCenter(cell.center())
    if share is None:
        painter.setPen(pen(colours.untagged_ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box.adjust(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setBrush(shade(colours, share))
    painter.drawRoundedRect(box, 2, 2)


def paint_ring(painter: QPainter, cell: QRectF, colours: Palette) -> None:
    """Draw the frame of the cell that is pointed at."""
    painter.setPen(pen(colours.text, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cell, 3, 3)


def paint_legend(painter: QPainter, x: float, y: float) -> None:
    """Say from `x` on, around the height `y`, what size and colour mean."""
    colours = theme.colours()
    for label, values in LEGEND:
        for size, share in values:
            paint_square(painter, QRectF(x, y - 6, 12, 12), colours, size, share)
            x += 15
        painter.setPen(qcolour(colours.text_soft))
        width = painter.fontMetrics().horizontalAdvance(label)
        painter.drawText(QRectF(x + 4, y - 10, width + 4, 20), Qt.AlignmentFlag.AlignVCenter, label)
        x += width + 28
