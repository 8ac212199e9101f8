"""Waits until a widget was painted, so that a person sees the window before it begins to work."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

LONGEST_MS = 500  # a window that starts hidden or covered may not be painted for hours


class FirstPaint(QObject):
    """Calls `then` once: after the widget's first paint, or when that does not come."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._then = widget, then
        self._timer = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._timer.timeout.connect(self._call)
        self._timer.start()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            self._timer.start(0)  # when the whole window is painted and on its way to the screen
        return False

    def _call(self) -> None:
        self._widget.removeEventFilter(self)
        self._then()
