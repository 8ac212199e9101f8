"""A year of days: the square grows with the work begun, its colour tells the kept share."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from ledger.core.figures import Calendar
from ledger.core.formatting import count, day, days, percent
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.axes import month_name
from ledger.ui.charts.painted import PaintedChart
from ledger.ui.charts.squares import paint_legend, paint_ring, paint_square, side
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

WEEKS = 53
WEEK = 7
NAMES = 34  # pixels for the names of the weekdays
MONTHS = 22  # pixels for the names of the months
MONTH_ROOM = 28
FOOT = 30
SMALLEST, LARGEST = 9.0, 20.0
NONE = Calendar(days=(), blocks=(), kept_share=(), coverage=())
COLUMNS = (
    Column("Day", Kind.TEXT),
    Column("Half-hours", Kind.COUNT),
    Column("Kept share of tagged", Kind.SHARE),
    Column("Tagged", Kind.SHARE),
)


class CalendarChart(PaintedChart):
    """Draws the newest 53 weeks of a Calendar, a column per week, Monday on top."""

    steps: ClassVar[Mapping[Qt.Key, int]] = {
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_Left: -WEEK,
        Qt.Key.Key_Right: WEEK,
    }

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Calendar of work and kept share", parent)
        self.calendar = NONE
        self.shown = slice(0, 0)

    def show_figures(self, calendar: Calendar) -> None:
        """Show another calendar."""
        self.forget_position()
        self.calendar = calendar
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
        return self.calendar.days[self.shown.start + position]

    def reading(self, position: int) -> str:
        """Return the figures of a day in words."""
        at = self.shown.start + position
        when = self.calendar.days[at]
        parts = [f"{when:%A}, {day(when, year=True)}"]
        if not self.calendar.blocks[at]:
            return f"{parts[0]} · no work with AI begun"
        parts.append(f"{count(self.calendar.blocks[at], 'half-hour')} of work")
        share, covered = self.calendar.kept_share[at], self.calendar.coverage[at]
        parts.append(
            "untagged" if share is None else f"{percent(share)} of what is tagged was kept"
        )
        if covered:
            parts.append(f"{percent(covered)} tagged")
        return " · ".join(parts)

    def choice(self, position: int) -> DrillDown:
        """Return the day of a cell."""
        return DrillDown(first=self.day(position), last=self.day(position))

    def choice_between(self, first: int, last: int) -> DrillDown:
        """Return a stretch of days."""
        return DrillDown(first=self.day(first), last=self.day(last))

    def stretch_reading(self, first: int, last: int) -> str:
        """Return the days of a stretch, and the work begun in it."""
        at = self.shown.start
        begun = sum(self.calendar.blocks[at + first : at + last + 1])
        return f"{days(self.day(first), self.day(last))} · {count(begun, 'half-hour')} of work"

    def table(self) -> Table:
        """Return all days on which work was begun, also those before the year drawn."""
        calendar = self.calendar
        dates = (day.isoformat() for day in calendar.days)
        rows = zip(dates, calendar.blocks, calendar.kept_share, calendar.coverage, strict=True)
        return Table(COLUMNS, tuple(row for row in rows if row[1]))

    def sizeHint(self) -> QSize:
        """Return the height of seven days with their names."""
        return QSize(600, round(MONTHS + WEEK * self._side() + FOOT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the height follow the size of a cell."""
        super().resizeEvent(event)
        self.setFixedHeight(self.sizeHint().height())

    def _side(self) -> float:
        return min(max((self.width() - NAMES) / WEEKS, SMALLEST), LARGEST)

    def cell(self, when: date) -> QRectF:
        """Return the cell of a day."""
        cell = self._side()
        column = (when - self._monday()).days // WEEK
        return QRectF(NAMES + column * cell, MONTHS + when.weekday() * cell, cell, cell)

    def _monday(self) -> date:
        """Return the Monday of the first column."""
        last = self.calendar.days[-1]
        return last - timedelta(days=last.weekday() + WEEK * (WEEKS - 1))

    def paint(self, painter: QPainter) -> None:
        """Draw the days, their names, and the legend."""
        painter.setFont(theme.current().font(Type.CAPTION))
        self._paint_names(painter)
        self._paint_days(painter)
        paint_legend(painter, NAMES, self.height() - FOOT / 2 + 4)

    def _paint_names(self, painter: QPainter) -> None:
        painter.setPen(qcolour(theme.colours().axis))
        cell, monday = self._side(), self._monday()
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
        most = max(self.calendar.blocks[self.shown], default=0)
        first, last = self.stretch() or (self.position, self.position)
        if first is None or last is None:
            first, last = -1, -1
        for n in range(self.points()):
            at = self.shown.start + n
            cell = self.cell(self.calendar.days[at]).adjusted(1, 1, -1, -1)
            size = side(self.calendar.blocks[at], most)
            paint_square(painter, cell, colours, size, self.calendar.kept_share[at])
            if first <= n <= last:
                paint_ring(painter, cell, colours)

    def position_at(self, place: QPointF) -> int | None:
        """Return the day under the pointer."""
        if not self.calendar.days:
            return None
        cell = self._side()
        column, row = (place.x() - NAMES) // cell, (place.y() - MONTHS) // cell
        if not (0 <= column < WEEKS and 0 <= row < WEEK):
            return None
        when = self._monday() + timedelta(days=int(column) * WEEK + int(row))
        position = (when - self.day(0)).days
        return position if 0 <= position < self.points() else None
