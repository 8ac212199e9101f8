"""What work blocks are worth by their size: dots with intervals, and the line through them."""

from math import sqrt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from ledger.core.figures import Bin, WorthCurve
from ledger.core.formatting import count, percent, span_of_shares, tokens
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.legend import Entry, Mark
from ledger.ui.charts.painted import AreaChart
from ledger.ui.charts.scales import (
    REFERENCE_LABEL,
    LogScale,
    height_of,
    log_scale,
    paint_reference_line,
    paint_sizes,
    paint_values,
)
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

HEIGHT = 310
NUMBERS = 20.0  # pixels above the foot for how many blocks a dot stands for
BETWEEN_NUMBERS = 8.0
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
NONE = WorthCurve(bins=(), fit=(), diminishing_point=None, blocks=0)
LEGEND = (
    Entry(Mark.POINT, "average worth of blocks of this size", "series"),
    Entry(Mark.LINE, "95 % interval", "interval"),
    Entry(Mark.LINE, "fitted line that never turns back", "trend"),
)
COLUMNS = (
    Column("From", Kind.MTE),
    Column("To", Kind.MTE),
    Column("Half-hours", Kind.COUNT),
    Column("Worth", Kind.SHARE),
    Column("Interval from", Kind.SHARE),
    Column("Interval to", Kind.SHARE),
)


class WorthChart(AreaChart[WorthCurve]):
    """Draws a WorthCurve; a flat line means that size does not matter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        name = "Worth of work blocks by their size"
        super().__init__(name, NONE, LEGEND, HEIGHT, above=REFERENCE_LABEL, parent=parent)

    def points(self) -> int:
        """Return the number of bins."""
        return len(self.figures.bins)

    def reading(self, position: int) -> str:
        """Return the figures of a bin in words."""
        dot = self.figures.bins[position]
        return (
            f"{tokens(dot.low_mte)} to {tokens(dot.high_mte)} tokens · worth {percent(dot.worth)}, "
            f"{span_of_shares(dot.low, dot.high)} · {count(dot.blocks, 'half-hour')} of work"
        )

    def choice(self, position: int) -> DrillDown:
        """Return the work blocks of a bin."""
        dot = self.figures.bins[position]
        return DrillDown(block_mte=(dot.low_mte, dot.high_mte))

    def table(self) -> Table:
        """Return the curve bin by bin."""
        return Table(COLUMNS, tuple(tuple(dot) for dot in self.figures.bins))

    def middles(self, area: QRectF) -> list[float]:
        """Return where the dots stand."""
        scale = self._scale(area)
        return [scale.x(_middle(dot)) for dot in self.figures.bins]

    def _scale(self, area: QRectF) -> LogScale:
        edges = [edge for dot in self.figures.bins for edge in (dot.low_mte, dot.high_mte)]
        return log_scale(edges, area)

    def paint(self, painter: QPainter) -> None:
        """Draw the axes, the line, the dots and how many blocks each stands for."""
        area = self.area()
        scale, plane = self._scale(area), area.adjusted(0, 0, 0, -NUMBERS)
        paint_values(painter, SHARES, 1.0, plane, percent)
        paint_sizes(painter, scale, area)
        point = self.figures.diminishing_point
        if point is not None:
            label = f"past {tokens(point)} another token yields under half of what all do"
            paint_reference_line(painter, scale.x(point), area, label)
        self._paint_fit(painter, scale, plane)
        for position in range(self.points()):
            self._paint_bin(painter, position, scale, plane)
        self._paint_numbers(painter, scale, plane)

    def _paint_fit(self, painter: QPainter, scale: LogScale, plane: QRectF) -> None:
        corners = [QPointF(scale.x(x), height_of(y, 1.0, plane)) for x, y in self.figures.fit]
        if not corners:
            return
        path = QPainterPath(corners[0])
        for corner in corners[1:]:
            path.lineTo(corner)
        painter.setPen(pen(theme.colours().trend, 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_bin(self, painter: QPainter, position: int, scale: LogScale, plane: QRectF) -> None:
        colours, dot = theme.colours(), self.figures.bins[position]
        x = scale.x(_middle(dot))
        low, high = (height_of(value, 1.0, plane) for value in (dot.low, dot.high))
        pointed = position == self.position
        if pointed:
            left, right = scale.x(dot.low_mte), scale.x(dot.high_mte)
            ground = QRectF(left, plane.top(), max(right - left, 2), plane.height())
            painter.fillRect(ground, qcolour(colours.hover, 0.7))
        painter.setPen(pen(colours.interval, 6))
        painter.drawLine(QPointF(x, low), QPointF(x, high))
        painter.setPen(pen(colours.surface, 2))
        painter.setBrush(qcolour(colours.series))
        radius = 6.5 if pointed else 5.5
        painter.drawEllipse(QPointF(x, height_of(dot.worth, 1.0, plane)), radius, radius)

    def _paint_numbers(self, painter: QPainter, scale: LogScale, plane: QRectF) -> None:
        """Write how many blocks each dot stands for, but where two would run into one another."""
        font = theme.current().font(Type.CAPTION, tabular=True)
        painter.setFont(font)
        painter.setPen(qcolour(theme.colours().text_faint))
        middles = [scale.x(_middle(dot)) for dot in self.figures.bins]
        for position in self.numbered(middles, QFontMetricsF(font)):
            box = QRectF(middles[position] - 30, plane.bottom() + 4, 60, NUMBERS - 4)
            label = number_label(self.figures.bins[position])
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    def numbered(self, middles: list[float], metrics: QFontMetricsF) -> list[int]:
        """Return the bins whose number finds room; the others say it when they are pointed to."""
        positions, free_from = [], float("-inf")
        for position, (middle, dot) in enumerate(zip(middles, self.figures.bins, strict=True)):
            half = metrics.horizontalAdvance(number_label(dot)) / 2
            if middle - half >= free_from:
                positions.append(position)
                free_from = middle + half + BETWEEN_NUMBERS
        return positions


def number_label(dot: Bin) -> str:
    """Return how many blocks a dot stands for, as it is written below it."""
    return f"n\u202f{dot.blocks}"


def _middle(dot: Bin) -> float:
    """Return the size in the middle of a bin, as the axis sees it."""
    return sqrt(dot.low_mte * dot.high_mte)
