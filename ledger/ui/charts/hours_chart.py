"""When work is begun, by weekday and hour, and how much of it was kept."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ledger.core.figures import WeekHours
from ledger.core.formatting import count, percent
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.chart import SIDEWAYS
from ledger.ui.charts.painted import PaintedChart
from ledger.ui.charts.squares import paint_legend, paint_ring, paint_square, side
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

HOURS, DAYS = 24, 7
NAMES = 34.0  # pixels for the names of the weekdays
ABOVE = 22.0  # pixels for the hours
FOOT = 34.0
ROW = 26.0
EVERY = 3  # hours are named every so often
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NONE = WeekHours(blocks=(), kept_share=())
COLUMNS = (
    Column("Weekday", Kind.TEXT),
    Column("Hour", Kind.TEXT),
    Column("Half-hours", Kind.COUNT),
    Column("Kept share of tagged", Kind.SHARE),
)


class HoursChart(PaintedChart):
    """Draws WeekHours as 7 rows of 24 squares."""

    steps = SIDEWAYS | {Qt.Key.Key_Up: -HOURS, Qt.Key.Key_Down: HOURS}

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Work begun by weekday and hour", parent)
        self.hours = NONE
        self.setFixedHeight(round(ABOVE + DAYS * ROW + FOOT))

    def show_figures(self, hours: WeekHours) -> None:
        """Show other hours."""
        self.forget_position()
        self.hours = hours
        self.update()

    def points(self) -> int:
        """Return the number of hours in a week."""
        return len(self.hours.blocks) * HOURS

    def blocks(self, position: int) -> int:
        """Return how many work blocks were begun in an hour of the week."""
        return self.hours.blocks[position // HOURS][position % HOURS]

    def kept_share(self, position: int) -> float | None:
        """Return the kept share in an hour of the week, None where nothing is tagged."""
        return self.hours.kept_share[position // HOURS][position % HOURS]

    def reading(self, position: int) -> str:
        """Return the figures of an hour in words."""
        when = f"{WEEKDAYS[position // HOURS]}, {_clock(position % HOURS)}"
        number = self.blocks(position)
        if not number:
            return f"{when} · no work with AI begun"
        share = self.kept_share(position)
        share_text = "untagged" if share is None else f"{percent(share)} of what is tagged was kept"
        return f"{when} · {count(number, 'half-hour')} of work · {share_text}"

    def choice(self, position: int) -> DrillDown | None:
        """Return an hour of the week; None where nothing was begun."""
        if not self.blocks(position):
            return None
        return DrillDown(hour=(position // HOURS, position % HOURS))

    def table(self) -> Table:
        """Return the hours in which work was begun."""
        rows = (
            (WEEKDAYS[n // HOURS], _clock(n % HOURS), self.blocks(n), self.kept_share(n))
            for n in range(self.points())
            if self.blocks(n)
        )
        return Table(COLUMNS, tuple(rows))

    def sizeHint(self) -> QSize:
        """Return the height of seven days with their hours."""
        return QSize(600, round(ABOVE + DAYS * ROW + FOOT))

    def cell(self, position: int) -> QRectF:
        """Return the cell of an hour of the week."""
        width = (self.width() - NAMES) / HOURS
        day, hour = divmod(position, HOURS)
        return QRectF(NAMES + hour * width, ABOVE + day * ROW, width, ROW)

    def paint(self, painter: QPainter) -> None:
        """Draw the hours, their names, and the legend."""
        colours = theme.colours()
        painter.setFont(theme.current().font(Type.CAPTION, tabular=True))
        painter.setPen(qcolour(colours.axis))
        for row, name in enumerate(WEEKDAYS):
            box = QRectF(0, ABOVE + row * ROW, NAMES, ROW)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name[:3])
        for hour in range(0, HOURS, EVERY):
            cell = self.cell(hour)
            box = QRectF(cell.center().x() - 30, 0, 60, ABOVE - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{hour:02}:00")
        most = max(map(max, self.hours.blocks), default=0)
        for position in range(self.points()):
            cell = self.cell(position)
            size = side(self.blocks(position), most)
            paint_square(
                painter, cell.adjusted(1, 1, -1, -1), colours, size, self.kept_share(position)
            )
            if position == self.position:
                edge = min(cell.width(), cell.height())
                ring = QRectF(0, 0, edge, edge)
                ring.moveCenter(cell.center())
                paint_ring(painter, ring.adjusted(1, 1, -1, -1), colours)
        painter.setFont(theme.current().font(Type.CAPTION))
        paint_legend(painter, NAMES, self.height() - FOOT / 2 + 4)

    def position_at(self, place: QPointF) -> int | None:
        """Return the hour under the pointer."""
        width = (self.width() - NAMES) / HOURS
        hour, day = (place.x() - NAMES) // width, (place.y() - ABOVE) // ROW
        if not (0 <= hour < HOURS and 0 <= day < len(self.hours.blocks)):
            return None
        return int(day) * HOURS + int(hour)


def _clock(hour: int) -> str:
    return f"{hour:02}:00–{(hour + 1) % HOURS:02}:00"
