"""Of the work blocks that passed a size: the share that ended up kept."""

from math import nextafter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QWidget

from ledger.core.figures import StopLoss
from ledger.core.formatting import count, percent, span_of_shares, tokens
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.legend import Entry, Mark
from ledger.ui.charts.painted import AreaChart
from ledger.ui.charts.scales import height_of, paint_values
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

HEIGHT = 290
FOOT = 46.0  # two lines: the size, and how many blocks passed it
LABEL = 56.0
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
NONE = StopLoss(stops=(), blocks=0)
LEGEND = (
    Entry(Mark.LINE, "ended up kept", "series"),
    Entry(Mark.BAND, "95 % interval", "interval"),
)
COLUMNS = (
    Column("Passed", Kind.MTE),
    Column("Half-hours", Kind.COUNT),
    Column("Kept", Kind.SHARE),
    Column("Interval from", Kind.SHARE),
    Column("Interval to", Kind.SHARE),
)
Points = list[QPointF]


class StopLossChart(AreaChart[StopLoss]):
    """Draws a StopLoss; its stops are sizes that grow by about the same factor, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        name = "Share kept of work blocks that passed a size"
        super().__init__(name, NONE, LEGEND, HEIGHT, foot=FOOT, parent=parent)

    def points(self) -> int:
        """Return the number of stops."""
        return len(self.figures.stops)

    def reading(self, position: int) -> str:
        """Return the figures of a stop in words."""
        stop = self.figures.stops[position]
        passed = f"past {tokens(stop.mte)} tokens" if stop.mte else "of any size"
        return (
            f"{count(stop.blocks, 'half-hour')} of work {passed} · {percent(stop.share)} ended up "
            f"kept, {span_of_shares(stop.low, stop.high)}"
        )

    def choice(self, position: int) -> DrillDown:
        """Return the work blocks that passed a size."""
        least = nextafter(self.figures.stops[position].mte, float("inf"))
        return DrillDown(block_mte=(least, float("inf")))

    def table(self) -> Table:
        """Return the curve stop by stop."""
        return Table(COLUMNS, tuple(tuple(stop) for stop in self.figures.stops))

    def middles(self, area: QRectF) -> list[float]:
        """Return where the stops stand: each has as much room as the others."""
        stops = self.points()
        return [area.left() + area.width() * (n + 0.5) / stops for n in range(stops)]

    def paint(self, painter: QPainter) -> None:
        """Draw the axes, the band, the line and its dots."""
        area = self.area()
        paint_values(painter, SHARES, 1.0, area, percent)
        self._paint_stops(painter, area)
        middles, stops = self.middles(area), self.figures.stops
        low, middle, high = (
            [
                QPointF(x, height_of(value, 1.0, area))
                for x, value in zip(middles, values, strict=True)
            ]
            for values in zip(*((stop.low, stop.share, stop.high) for stop in stops), strict=True)
        )
        colours = theme.colours()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolour(colours.interval, 0.75))
        painter.drawPolygon(QPolygonF([*low, *reversed(high)]))
        self._paint_line(painter, middle)

    def _paint_line(self, painter: QPainter, line: Points) -> None:
        colours = theme.colours()
        path = QPainterPath(line[0])
        for point in line[1:]:
            path.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(colours.series, 2.25))
        painter.drawPath(path)
        painter.setBrush(qcolour(colours.series))
        painter.setPen(pen(colours.surface, 2))
        for n, point in enumerate(line):
            radius = 6.5 if n == self.position else 4.5
            painter.drawEllipse(point, radius, radius)

    def _paint_stops(self, painter: QPainter, area: QRectF) -> None:
        """Write below each stop its size and how many blocks passed it, where there is room."""
        colours = theme.colours()
        painter.setFont(theme.current().font(Type.CAPTION, tabular=True))
        every = max(round(LABEL * self.points() / max(area.width(), 1) + 0.5), 1)
        for n, (x, stop) in enumerate(zip(self.middles(area), self.figures.stops, strict=True)):
            if n == self.position:
                ground = QRectF(x - LABEL / 2, area.top(), LABEL, area.height())
                painter.fillRect(ground, qcolour(colours.hover, 0.7))
            if n % every:
                continue
            painter.setPen(qcolour(colours.axis))
            label = f"> {tokens(stop.mte)}" if stop.mte else "any size"
            box = QRectF(x - LABEL, area.bottom() + 6, 2 * LABEL, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
            painter.setPen(qcolour(colours.text_faint))
            below = box.translated(0, 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"n {stop.blocks}")
