"""A small window under a button: it closes with Esc or a click elsewhere."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

RADIUS = 10  # the style sheet's for #popup and #raised


def round_corners(window: QWidget) -> None:
    """Cut a window's corners off.

    A see-through window would be smoother, but shows black corners where nothing composes them.
    """
    path = QPainterPath()
    path.addRoundedRect(QRectF(window.rect()), RADIUS, RADIUS)
    window.setMask(QRegion(path.toFillPolygon().toPolygon()))


class Popup(QFrame):
    """Opens under its button and gives the focus back when it closes.

    Signals:
        closed(): it is gone.
    """

    closed = Signal()

    def __init__(self, button: QWidget, name: str, width: int = 280) -> None:
        super().__init__(button, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(width)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        ground = QFrame()
        ground.setObjectName("popup")
        outside.addWidget(ground)
        self.inside = QVBoxLayout(ground)
        self.inside.setContentsMargins(8, 8, 8, 8)
        self.inside.setSpacing(6)
        self._button = button

    def open_under(self) -> None:
        """Show it under its button, wholly on the screen."""
        self.adjustSize()
        corner = self._button.mapToGlobal(QPoint(0, self._button.height() + 4))
        room = self._button.screen().availableGeometry()
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        corner.setY(max(room.top(), min(corner.y(), room.bottom() - self.height())))
        self.move(corner)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round."""
        super().resizeEvent(event)
        round_corners(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it is gone."""
        super().hideEvent(event)
        self._button.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
