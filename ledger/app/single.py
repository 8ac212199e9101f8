"""One window per ledger: a second start asks the first to come forward and ends."""

import fcntl
import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from ledger.host.private_files import private_dir

LOCK = "lock"
CALL = "show"


class Single(QObject):
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
