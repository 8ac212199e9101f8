"""A chart that is painted by hand and answers the pointer: reads under it, chooses with a click."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.ui.charts.chart import Chart


class PaintedChart(Chart):
    """Hands its pointer to `position_at` and its painter to `paint`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def position_at(self, place: QPointF) -> int | None:
        """Return the point under the pointer."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """Draw the figures."""
        raise NotImplementedError

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
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if not held:
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
