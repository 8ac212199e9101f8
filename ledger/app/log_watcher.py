"""Notices new log lines, without polling, and asks calmly for an import of just those files."""

import logging
import os
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

log = logging.getLogger(__name__)

PATIENCE_S = 3
DEBOUNCE_MS = 300  # a burst of lines becomes one import
RESCAN_MS = 60_000  # the truth, should the system have dropped an event
WRITES = frozenset({"created", "modified", "moved", "closed"})


class _WatchedFile(NamedTuple):
    identity: tuple[int, int]  # device and inode
    watch: ObservedWatch


class LogWatcher(QObject):
    """Watches folders for written files.

    Signals:
        noticed(frozenset[str] | None): paths that were written; None asks to look at everything.
    """

    noticed = Signal(object)
    _written = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._observer: BaseObserver | None = None
        self._watched: dict[str, _WatchedFile] = {}
        self._paths: set[str] = set()
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self._tell)
        self._rescan = QTimer(self, interval=RESCAN_MS)
        self._rescan.timeout.connect(lambda: self.noticed.emit(None))
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)

    def watch(self, folders: Iterable[str]) -> None:
        """Watch these folders and all below; folders watched already stay so.

        A folder that was deleted and made anew is another one, and is watched anew.
        """
        self._rescan.start()
        if self._observer is None:
            self._observer = Observer()
            self._observer.daemon = True
            self._observer.start()
        for folder in folders:
            try:
                self._watch_one(self._observer, folder)
            except OSError as problem:
                # Out of watches, or the folder is gone: the rescan still finds what is new.
                log.warning("cannot watch a log folder: errno %s", problem.errno)

    def _watch_one(self, observer: BaseObserver, folder: str) -> None:
        status = os.stat(folder)
        identity = (status.st_dev, status.st_ino)
        known = self._watched.get(folder)
        if known is not None and known.identity == identity:
            return
        if known is not None:
            del self._watched[folder]
            observer.unschedule(known.watch)
        watch = observer.schedule(_Handler(self._written), folder, recursive=True)
        self._watched[folder] = _WatchedFile(identity, watch)

    def stop(self) -> None:
        """Watch nothing any more."""
        self._rescan.stop()
        self._debounce.stop()
        self._watched.clear()
        self._paths.clear()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(PATIENCE_S)  # its threads are daemons: none can hold the program
            self._observer = None

    @Slot(str)
    def _on_written(self, path: str) -> None:
        if self._observer is None:  # on its way when the watching ended
            return
        self._paths.add(path)
        if not self._debounce.isActive():
            self._debounce.start()

    @Slot()
    def _tell(self) -> None:
        paths, self._paths = frozenset(self._paths), set()
        if paths:
            self.noticed.emit(paths)


class _Handler(FileSystemEventHandler):
    """Runs on the observer's thread: hands the path over and does nothing else."""

    def __init__(self, written: SignalInstance) -> None:
        self._written = written

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in WRITES and not event.is_directory:
            path = event.dest_path if event.event_type == "moved" else event.src_path
            self._written.emit(str(path))
