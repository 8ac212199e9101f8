"""Charts that are painted by hand: the pointer reads what is under it, a click chooses it."""

from abc import abstractmethod
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.ui.charts.chart import Chart
from ledger.ui.charts.legend import Entry, Legend
from ledger.ui.charts.scales import FOOT, plot_area

WIDTH = 480  # pixels a chart would like to have; it gets what the panel has
Figures = TypeVar("Figures")


class PaintedChart(Chart):
    """Hands its pointer to `position_at` and its painter to `paint`."""

    is_base = True

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    @abstractmethod
    def position_at(self, place: QPointF) -> int | None:
        """Return the point under the pointer."""

    @abstractmethod
    def paint(self, painter: QPainter) -> None:
        """Draw the figures."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figures, if there are any."""
        if not self.points():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point to what is under the pointer; with the button held, stretch to it."""
        position = self.position_at(event.position())
        is_dragging = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if not is_dragging:
            self.point_to(position)
        elif position is not None:
            self.point_to(position, stretching=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin at what is under the pointer."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.point_to(self.position_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Narrow to what was clicked or dragged over; with Ctrl, list what it is made of."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            listing = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.choose_marked(listing=listing)

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of the point when the pointer leaves."""
        self.point_to(None)
        super().leaveEvent(event)


class AreaChart(PaintedChart, Generic[Figures]):
    """A painted chart of one height: a legend, and below it an area of points side by side.

    `figures` is what it shows, `above` and `foot` are pixels free above and below the area.
    """

    is_base = True

    def __init__(
        self,
        name: str,
        figures: Figures,
        legend: tuple[Entry, ...],
        height: int,
        *,
        above: float = 0.0,
        foot: float = FOOT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self.figures = figures
        self._above, self._foot = above, foot
        self._legend = Legend(legend)
        self.lay_out(self._legend)
        self.setFixedHeight(height)

    @abstractmethod
    def middles(self, area: QRectF) -> list[float]:
        """Return the x of the middle of every point in an area, from left to right."""

    def show_figures(self, figures: Figures) -> None:
        """Show other figures."""
        self.forget_position()
        self.figures = figures
        self.update()

    def area(self) -> QRectF:
        """Return where the figures stand, in pixels."""
        above = self._legend.heightForWidth(self.width()) + self._above
        return plot_area(self.width(), self.height(), above, self._foot)

    def sizeHint(self) -> QSize:
        """Return the height of the chart."""
        return QSize(WIDTH, self.height())

    def position_at(self, place: QPointF) -> int | None:
        """Return the point whose middle is nearest to the pointer."""
        area = self.area()
        if not self.points() or not area.contains(place):
            return None
        away = [abs(middle - place.x()) for middle in self.middles(area)]
        return away.index(min(away))
