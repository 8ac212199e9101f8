"""A year of days: the square grows with the work begun, its colour tells the kept share."""

from datetime import date, timedelta
from math import sqrt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.core.figures import Calendar
from ledger.flows.charting import Choice
from ledger.flows.phrasing import count, day, percent
from ledger.ui import theme
from ledger.ui.charts.axes import month_name
from ledger.ui.charts.chart import Chart
from ledger.ui.charts.ink import mixed, pen
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import Palette, qcolour
from ledger.ui.theme import Type

WEEKS = 53
WEEK = 7
NAMES = 34  # pixels for the names of the weekdays
MONTHS = 22  # pixels for the names of the months
MONTH_ROOM = 28
FOOT = 30
SMALLEST, LARGEST = 9.0, 20.0
SMALL_SQUARE = 0.42  # of a cell, for one half-hour of work
PALEST = 0.14
NONE = Calendar(days=(), blocks=(), kept_share=(), coverage=())
COLUMNS = (
    Column("Day", Kind.TEXT),
    Column("Half-hours", Kind.COUNT),
    Column("Kept share of tagged", Kind.SHARE),
    Column("Tagged", Kind.SHARE),
)


class CalendarChart(Chart):
    """Draws the newest 53 weeks of a Calendar, a column per week, Monday on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Calendar of work and kept share", parent)
        self.whole = NONE
        self.shown = slice(0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_figures(self, calendar: Calendar) -> None:
        """Show another calendar."""
        self.forget_position()
        self.whole = calendar
        self.shown = slice(0, 0)
        if calendar.days:
            last = calendar.days[-1]
            first = last - timedelta(days=last.weekday() + WEEK * (WEEKS - 1))
            self.shown = slice(max((first - calendar.days[0]).days, 0), len(calendar.days))
        self.update()

    def points(self) -> int:
        """Return the number of days drawn."""
        return self.shown.stop - self.shown.start

    def day(self, position: int) -> date:
        """Return the day of a cell."""
        return self.whole.days[self.shown.start + position]

    def reading(self, position: int) -> str:
        """Return the figures of a day in words."""
        at = self.shown.start + position
        when = self.whole.days[at]
        parts = [f"{when:%A}, {day(when, year=True)}"]
        if not self.whole.blocks[at]:
            return f"{parts[0]} · no work with AI begun"
        parts.append(f"{count(self.whole.blocks[at], 'half-hour')} of work")
        kept, covered = self.whole.kept_share[at], self.whole.coverage[at]
        parts.append("untagged" if kept is None else f"{percent(kept)} of what is tagged was kept")
        if covered:
            parts.append(f"{percent(covered)} tagged")
        return " · ".join(parts)

    def choice(self, position: int) -> Choice:
        """Return the day of a cell."""
        return Choice(first=self.day(position), last=self.day(position))

    def table(self) -> Table:
        """Return all days on which work was begun, also those before the year drawn."""
        c = self.whole
        rows = zip((d.isoformat() for d in c.days), c.blocks, c.kept_share, c.coverage, strict=True)
        return Table(COLUMNS, tuple(row for row in rows if row[1]))

    def step(self, key: Qt.Key) -> int:
        """Move by days up and down, by weeks left and right."""
        moves = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -WEEK,
            Qt.Key.Key_Right: WEEK,
        }
        return moves.get(key, 0)

    def sizeHint(self) -> QSize:
        """Return the height of seven days with their names."""
        return QSize(600, round(MONTHS + WEEK * self._cell() + FOOT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the height follow the size of a cell."""
        super().resizeEvent(event)
        self.setFixedHeight(self.sizeHint().height())

    def _cell(self) -> float:
        return min(max((self.width() - NAMES) / WEEKS, SMALLEST), LARGEST)

    def _place(self, when: date) -> QRectF:
        """Return the cell of a day."""
        cell = self._cell()
        column = (when - self._monday()).days // WEEK
        return QRectF(NAMES + column * cell, MONTHS + when.weekday() * cell, cell, cell)

    def _monday(self) -> date:
        """Return the Monday of the first column."""
        last = self.whole.days[-1]
        return last - timedelta(days=last.weekday() + WEEK * (WEEKS - 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the days, their names, and the key."""
        if not self.whole.days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.current().font(Type.CAPTION))
        self._paint_names(painter)
        self._paint_days(painter)
        self._paint_key(painter)
        painter.end()

    def _paint_names(self, painter: QPainter) -> None:
        painter.setPen(qcolour(theme.colours().axis))
        cell, monday = self._cell(), self._monday()
        for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
            box = QRectF(0, MONTHS + row * cell, NAMES - 6, cell)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
        last_x = -100.0
        for week in range(WEEKS):
            start = monday + timedelta(days=WEEK * week)
            x = NAMES + week * cell
            if start.day <= WEEK and last_x + NAMES < x < self.width() - MONTH_ROOM:
                month = start.replace(day=1).toordinal()
                painter.drawText(QRectF(x, 0, 60, MONTHS - 4), 0, month_name(month))
                last_x = x

    def _paint_days(self, painter: QPainter) -> None:
        colours = theme.colours()
        most = max(self.whole.blocks[self.shown], default=0)
        for n in range(self.points()):
            at = self.shown.start + n
            cell = self._place(self.whole.days[at]).adjusted(1, 1, -1, -1)
            _paint_day(
                painter,
                cell,
                colours,
                _size(self.whole.blocks[at], most),
                self.whole.kept_share[at],
            )
            if n == self.position:
                painter.setPen(pen(colours.text, 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(cell, 3, 3)

    def _paint_key(self, painter: QPainter) -> None:
        colours, y = theme.colours(), self.height() - FOOT / 2 + 4
        x = float(NAMES)
        for words, values in (
            ("kept share 0 to 100 %", [(1.0, n / 4) for n in range(5)]),
            ("half-hours of work", [(s, 1.0) for s in (SMALL_SQUARE, 0.7, 1.0)]),
            ("nothing tagged", [(0.8, None)]),
        ):
            for size, share in values:
                _paint_day(painter, QRectF(x, y - 6, 12, 12), colours, size, share)
                x += 15
            painter.setPen(qcolour(colours.text_soft))
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(
                QRectF(x + 4, y - 10, width + 4, 20), Qt.AlignmentFlag.AlignVCenter, words
            )
            x += width + 28

    def _position_at(self, place: QPointF) -> int | None:
        if not self.whole.days:
            return None
        cell = self._cell()
        column, row = (place.x() - NAMES) // cell, (place.y() - MONTHS) // cell
        if not (0 <= column < WEEKS and 0 <= row < WEEK):
            return None
        when = self._monday() + timedelta(days=int(column) * WEEK + int(row))
        position = (when - self.day(0)).days
        return position if 0 <= position < self.points() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point to the day under the pointer."""
        self.point_to(self._position_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Narrow to the day that is clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.choose(self._position_at(event.position()))

    def leaveEvent(self, event: object) -> None:
        """Let go of the day when the pointer leaves."""
        self.point_to(None)
        super().leaveEvent(event)  # type: ignore[arg-type] # Qt hands its own event through


def _size(blocks: int, most: int) -> float:
    """Return the side of a day's square as a share of its cell, 0 for no work."""
    if not blocks:
        return 0.0
    return SMALL_SQUARE + (1 - SMALL_SQUARE) * sqrt((blocks - 1) / max(most - 1, 1))


def shade(colours: Palette, share: float) -> QColor:
    """Return the colour of a kept share, from nearly the ground to full."""
    return mixed(colours.surface, colours.series, PALEST + (1 - PALEST) * share)


def _paint_day(
    painter: QPainter, cell: QRectF, colours: Palette, size: float, share: float | None
) -> None:
    """Draw a day: a dot when nothing was begun, hollow when nothing is tagged."""
    painter.setPen(Qt.PenStyle.NoPen)
    if not size:
        painter.setBrush(qcolour(colours.grid))
        painter.drawEllipse(cell.center(), 1.5, 1.5)
        return
    side = cell.width() * size
    box = QRectF(0, 0, side, side)
    box.moveCenter(cell.center())
    if share is None:
        painter.setPen(pen(colours.untagged_ink, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box.adjust(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setBrush(shade(colours, share))
    painter.drawRoundedRect(box, 2, 2)
