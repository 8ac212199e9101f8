"""Collects garbage on the window's thread alone: elsewhere it could hang the program.

Python looks for cycles on whatever thread happens to allocate. When a worker thread comes upon
widgets of the window, Qt destroys them there and holds one of its locks while it waits for
Python's; the window's thread may wait the other way round, and neither goes on.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 1_000


class GarbageCollector(QObject):
    """Takes the place of Python's automatic collection until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def collect(self) -> int:
        """Collect the oldest generation that is due; return how many objects that found."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                return gc.collect(generation)
        return 0

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.enable()
