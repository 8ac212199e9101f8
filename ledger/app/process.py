"""One window per ledger, and the system's signals to end."""

import fcntl
import os
import signal
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QFileSystemWatcher, QObject, QSocketNotifier, Signal

from ledger.host.private_files import private_dir

LOCK = "lock"
CALL = "show"
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class SingleInstance(QObject):
    """Holds the place of the first; the system frees it when the process ends, however it ends.

    Signals:
        called(): somebody started the program again.
    """

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = private_dir(folder)
        self._lock: int | None = None
        self._watcher: QFileSystemWatcher | None = None

    def take(self) -> bool:
        """Become the first; False when there is one already."""
        lock = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return False
        self._lock = lock
        (self._folder / CALL).unlink(missing_ok=True)
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._look)
        return True

    def call_first(self) -> None:
        """Ask the first to come forward."""
        call = os.open(self._folder / CALL, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.close(call)

    def leave(self) -> None:
        """Free the place."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _look(self) -> None:
        call = self._folder / CALL
        if call.exists():
            call.unlink(missing_ok=True)
            self.called.emit()


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
