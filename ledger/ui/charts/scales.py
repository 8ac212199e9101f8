"""Scales and axes for charts painted by hand: sizes by powers of ten, shares, counts."""

from collections.abc import Callable, Sequence
from math import ceil, floor, log10
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ledger.core.formatting import tokens
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

LEFT = 52.0  # pixels for the values at the left
TOP = 12.0
REFERENCE_LABEL = 20.0  # pixels above the figures for the label of a reference line
RIGHT = 16.0
FOOT = 26.0  # pixels for the values below
LABEL = 80.0
LEAST_LABEL = 46.0  # pixels between two values on the size axis
AROUND = 1.25  # an axis of one size only still reaches to either side of it


class LogScale(NamedTuple):
    """Sizes between two ends, laid on pixels by their logarithm."""

    low: float
    high: float
    left: float
    right: float

    def x(self, value: float) -> float:
        """Return where a size stands; what lies outside stands at the end."""
        if self.high <= self.low:
            return (self.left + self.right) / 2
        value = min(max(value, self.low), self.high)
        share = (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return self.left + share * (self.right - self.left)

    def ticks(self) -> list[float]:
        """Return round sizes that have room: 1, 2, 5, 10 ... or only powers of ten."""
        first, last = floor(log10(self.low)), ceil(log10(self.high))
        for factors in ((1, 2, 5), (1,)):
            values = [f * 10.0**power for power in range(first, last + 1) for f in factors]
            inside = [v for v in values if self.low * 0.999 <= v <= self.high * 1.001]
            if len(inside) * LEAST_LABEL <= self.right - self.left:
                return inside
        return inside


def log_scale(sizes: Sequence[float], area: QRectF) -> LogScale:
    """Return the scale that holds all sizes above zero."""
    positive = [size for size in sizes if size > 0] or [1.0]
    low, high = min(positive), max(positive)
    if high < low * AROUND:
        low, high = low / AROUND, high * AROUND
    return LogScale(low, high, area.left(), area.right())


def plot_area(width: float, height: float, above: float = 0.0, foot: float = FOOT) -> QRectF:
    """Return where the figures stand inside a chart, beside, above and below everything else."""
    top = above + TOP
    return QRectF(LEFT, top, max(width - LEFT - RIGHT, 1), max(height - top - foot, 1))


def paint_sizes(painter: QPainter, scale: LogScale, area: QRectF) -> None:
    """Write the sizes below the area."""
    colours = theme.colours()
    painter.setFont(theme.current().font(Type.CAPTION, tabular=True))
    for value in scale.ticks():
        x = scale.x(value)
        painter.setPen(pen(colours.grid))
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 4))
        painter.setPen(qcolour(colours.axis))
        box = QRectF(x - LABEL / 2, area.bottom() + 6, LABEL, FOOT - 6)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, tokens(value))


def paint_values(
    painter: QPainter,
    values: Sequence[float],
    top: float,
    area: QRectF,
    format_value: Callable[[float], str],
) -> None:
    """Draw a grid line at each value, from 0 up to `top`, and write the values at the left."""
    colours = theme.colours()
    painter.setFont(theme.current().font(Type.CAPTION, tabular=True))
    for value in values:
        y = height_of(value, top, area)
        painter.setPen(pen(colours.grid))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(qcolour(colours.axis))
        box = QRectF(0, y - 10, area.left() - 8, 20)
        painter.drawText(
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, format_value(value)
        )


def reach(estimates: float, spread: float, wild: float) -> float:
    """Return how high a scale reaches: above all estimates, and above their spread unless wild.

    `estimates` and `spread` are the largest of each; a spread beyond `wild` times the estimates is
    cut off rather than flatten them. Without estimates the scale holds the spread.
    """
    return max(estimates, min(spread, estimates * wild)) if estimates > 0 else spread


def height_of(value: float, top: float, area: QRectF) -> float:
    """Return the y of a value on a scale from 0 at the foot to `top`."""
    return area.bottom() - area.height() * min(max(value / top, 0.0), 1.0)


def paint_reference_line(painter: QPainter, x: float, area: QRectF, label: str) -> None:
    """Draw an upright line with a label above it, moved so that it finds room."""
    colours = theme.colours()
    painter.setPen(pen(colours.trend, 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    painter.setFont(theme.current().font(Type.CAPTION))
    painter.setPen(qcolour(colours.trend))
    width = painter.fontMetrics().horizontalAdvance(label) + 4
    start = min(max(x - width / 2, area.left()), area.right() - width)
    box = QRectF(start, area.top() - REFERENCE_LABEL, width, REFERENCE_LABEL)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, label)
