"""SIGTERM and Ctrl+C end the window as its own Quit does, without a timer that looks for them."""

import os
import signal
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class EndSignals(QObject):
    """Turns the system's wish to end into a Qt signal.

    Python runs a handler only between two of its own steps, and an idle window takes none; the
    number of a signal written to a pipe wakes Qt's loop at once.

    Signals:
        asked(): the system, or the person in a terminal, wants the program to end.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._notifier = QSocketNotifier(self._reader, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_written)
        self._wakeup_before = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _nothing) for number in ENDING}

    def remove(self) -> None:
        """Give everything back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        os.close(self._reader)
        os.close(self._writer)

    def _on_written(self) -> None:
        numbers = os.read(self._reader, 64)
        if any(number in ENDING for number in numbers):
            self.asked.emit()


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Stand where the system's own handler would end the program at once."""
