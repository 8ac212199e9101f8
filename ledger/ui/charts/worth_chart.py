"""What work blocks are worth by their size: dots with intervals, and the line through them."""

from math import sqrt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.core.curves import Bin, WorthCurve
from ledger.core.phrasing import count, percent, span_of_shares, tokens
from ledger.flows.choosing import Choice
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.legend import Entry, Legend, Mark
from ledger.ui.charts.painted import PaintedChart
from ledger.ui.charts.scales import (
    POST,
    LogScale,
    height_of,
    log_scale,
    paint_post,
    paint_sizes,
    paint_values,
    plot_area,
)
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

HEIGHT = 310
NUMBERS = 20.0  # pixels above the foot for how many blocks a dot stands for
BETWEEN_NUMBERS = 8.0
NEAR = 26.0  # pixels from a dot within which it is read
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
NONE = WorthCurve(bins=(), fit=(), knee=None, blocks=0)
KEY = (
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


class WorthChart(PaintedChart):
    """Draws a WorthCurve; a flat line means that size does not matter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Worth of work blocks by their size", parent)
        self.curve = NONE
        self._key = Legend(KEY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._key)
        layout.addStretch(1)
        self.setFixedHeight(HEIGHT)

    def show_figures(self, curve: WorthCurve) -> None:
        """Show another curve."""
        self.forget_position()
        self.curve = curve
        self.update()

    def points(self) -> int:
        """Return the number of bins."""
        return len(self.curve.bins)

    def reading(self, position: int) -> str:
        """Return the figures of a bin in words."""
        one = self.curve.bins[position]
        return (
            f"{tokens(one.low_mte)} to {tokens(one.high_mte)} tokens · worth {percent(one.worth)}, "
            f"{span_of_shares(one.low, one.high)} · {count(one.blocks, 'half-hour')} of work"
        )

    def choice(self, position: int) -> Choice:
        """Return the work blocks of a bin."""
        one = self.curve.bins[position]
        return Choice(block_mte=(one.low_mte, one.high_mte))

    def table(self) -> Table:
        """Return the curve bin by bin."""
        return Table(COLUMNS, tuple(tuple(one) for one in self.curve.bins))

    def sizeHint(self) -> QSize:
        """Return the height of the chart."""
        return QSize(480, HEIGHT)

    def _area(self) -> QRectF:
        above = self._key.heightForWidth(self.width())
        return plot_area(self.width(), self.height(), above + POST)

    def _scale(self, area: QRectF) -> LogScale:
        edges = [edge for one in self.curve.bins for edge in (one.low_mte, one.high_mte)]
        return log_scale(edges, area)

    def paint(self, painter: QPainter) -> None:
        """Draw the axes, the line, the dots and how many blocks each stands for."""
        area = self._area()
        scale, plane = self._scale(area), area.adjusted(0, 0, 0, -NUMBERS)
        paint_values(painter, SHARES, 1.0, plane, percent)
        paint_sizes(painter, scale, area)
        if self.curve.knee is not None:
            words = f"past {tokens(self.curve.knee)} another token yields under half of what all do"
            paint_post(painter, scale.x(self.curve.knee), area, words)
        self._paint_fit(painter, scale, plane)
        for position in range(self.points()):
            self._paint_bin(painter, position, scale, plane)
        self._paint_numbers(painter, scale, plane)

    def _paint_fit(self, painter: QPainter, scale: LogScale, plane: QRectF) -> None:
        corners = [QPointF(scale.x(x), height_of(y, 1.0, plane)) for x, y in self.curve.fit]
        if not corners:
            return
        path = QPainterPath(corners[0])
        for corner in corners[1:]:
            path.lineTo(corner)
        painter.setPen(pen(theme.colours().trend, 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_bin(self, painter: QPainter, position: int, scale: LogScale, plane: QRectF) -> None:
        colours, one = theme.colours(), self.curve.bins[position]
        x = scale.x(_middle(one))
        low, high = (height_of(value, 1.0, plane) for value in (one.low, one.high))
        pointed = position == self.position
        if pointed:
            left, right = scale.x(one.low_mte), scale.x(one.high_mte)
            ground = QRectF(left, plane.top(), max(right - left, 2), plane.height())
            painter.fillRect(ground, qcolour(colours.hover, 0.7))
        painter.setPen(pen(colours.interval, 6))
        painter.drawLine(QPointF(x, low), QPointF(x, high))
        painter.setPen(pen(colours.surface, 2))
        painter.setBrush(qcolour(colours.series))
        radius = 6.5 if pointed else 5.5
        painter.drawEllipse(QPointF(x, height_of(one.worth, 1.0, plane)), radius, radius)

    def _paint_numbers(self, painter: QPainter, scale: LogScale, plane: QRectF) -> None:
        """Write how many blocks each dot stands for, but where two would run into one another."""
        font = theme.current().font(Type.CAPTION, tabular=True)
        painter.setFont(font)
        painter.setPen(qcolour(theme.colours().text_faint))
        for position in self._numbered(scale, QFontMetricsF(font)):
            one = self.curve.bins[position]
            box = QRectF(scale.x(_middle(one)) - 30, plane.bottom() + 4, 60, NUMBERS - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number_words(one))

    def _numbered(self, scale: LogScale, metrics: QFontMetricsF) -> list[int]:
        """Return the bins whose number finds room; the others say it when they are pointed to."""
        found, free_from = [], float("-inf")
        for position, one in enumerate(self.curve.bins):
            half = metrics.horizontalAdvance(number_words(one)) / 2
            if scale.x(_middle(one)) - half >= free_from:
                found.append(position)
                free_from = scale.x(_middle(one)) + half + BETWEEN_NUMBERS
        return found

    def position_at(self, place: QPointF) -> int | None:
        """Return the bin nearest to the pointer."""
        area = self._area()
        if not self.points() or not area.contains(place):
            return None
        scale = self._scale(area)
        away = [abs(scale.x(_middle(one)) - place.x()) for one in self.curve.bins]
        return away.index(min(away))


def number_words(one: Bin) -> str:
    """Return how many blocks a dot stands for, as it is written below it."""
    return f"n\u202f{one.blocks}"


def _middle(one: Bin) -> float:
    """Return the size in the middle of a bin, as the axis sees it."""
    return sqrt(one.low_mte * one.high_mte)
