"""The reader thread: walks the log folders, has logs parsed elsewhere, and reads texts for show."""

import logging
import os
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ledger.app.store_thread import Priority, StoreThread
from ledger.core.edits import Changes
from ledger.core.errors import LedgerError
from ledger.flows.importing import discovery, pipeline, readers
from ledger.flows.workspace import EVERYTHING, Workspace
from ledger.importers.base import Home

log = logging.getLogger(__name__)

IN_FLIGHT = 2  # batches the store may have waiting: bounds memory
SHOW_EVERY_S = 0.5  # how often a running import moves the charts


class ImportRequest(NamedTuple):
    """What to import: everything, or only these paths that a watcher saw change."""

    home: Home
    off: frozenset[str]
    paths: frozenset[str] | None = None

    def and_then(self, later: "ImportRequest") -> "ImportRequest":
        """Return one request for both; what is switched off is what the later one says."""
        if self.paths is None or later.paths is None:
            return later._replace(paths=None)
        return later._replace(paths=self.paths | later.paths)


class _ReadRequest(NamedTuple):
    work: Callable[[], Any]
    answer: Callable[[Any], None]


class _CancelMarker(NamedTuple):
    """Stands in the queue where somebody cancelled: requests before it are forgotten."""


class ImportJob(QObject):
    """Runs imports and text reads on one thread; a person's read goes between two chunks.

    Signals:
        progressed(Progress | None): how far the import is; None when it has ended.
        stored(Changes): what has been stored since the last time.
        finished(int, int): files read, and problems met.
        failed(LedgerError): expected: to be shown to the person.
        crashed(Exception): a bug: to be reported.
    """

    progressed = Signal(object)
    stored = Signal(object)
    finished = Signal(int, int)
    failed = Signal(object)
    crashed = Signal(object)
    _answered = Signal(object, object)

    def __init__(self, store: StoreThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._queue: queue.SimpleQueue[_ReadRequest | ImportRequest | _CancelMarker | None] = (
            queue.SimpleQueue()
        )
        self._request: ImportRequest | None = (
            None  # the next import; only the reader thread looks at it
        )
        self._readers = readers.Readers()
        self._cancelled = threading.Event()
        self._closing = threading.Event()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="reader")

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def read(self, work: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        """Have something read from logs; its result reaches `answer` by a queued signal."""
        self._queue.put(_ReadRequest(work, answer))

    def import_logs(self, request: ImportRequest) -> None:
        """Import what is new; requests that come during an import become one after it."""
        self._queue.put(request)

    def look(self, home: Home, off: frozenset[str], paths: frozenset[str] | None = None) -> None:
        """Import what is new at every place, or only at these paths."""
        self.import_logs(ImportRequest(home, off, paths))

    def find_folders(
        self, home: Home, off: frozenset[str], answer: Callable[[list[str]], None]
    ) -> None:
        """Find the folders that exist of all where a tool may log."""
        self.read(lambda: _folders(home, off), answer)

    def cancel(self) -> None:
        """Stop the running import after its current chunk; what is stored stays."""
        self._cancelled.set()
        self._queue.put(_CancelMarker())

    def stop(self) -> None:
        """End the thread and its processes; nobody waits for its answers any more."""
        self._closing.set()
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            if self._request is None or not self._queue.empty():
                self._take(self._queue.get())
            else:
                request, self._request = self._request, None
                self._cancelled.clear()
                self._guarded(partial(self._import, request))
                self.progressed.emit(None)
        self._readers.close()

    def _take(self, item: _ReadRequest | ImportRequest | _CancelMarker | None) -> None:
        """Serve a text that a person waits for, and remember the rest."""
        if isinstance(item, _ReadRequest):
            self._guarded(partial(self._answer, item))
        elif isinstance(item, ImportRequest):
            self._request = self._request.and_then(item) if self._request else item
        elif isinstance(item, _CancelMarker):
            self._request = None
            self._cancelled.set()  # the import that began since was asked for before

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except LedgerError as error:
            self.failed.emit(error)
        except Exception as error:
            log.exception("reader thread")
            self.crashed.emit(error)

    def _answer(self, item: _ReadRequest) -> None:
        self._answered.emit(item.answer, item.work())

    def _import(self, request: ImportRequest) -> None:
        scans = discovery.scan_places(request.home, request.off, request.paths)
        known = self._store.call(
            lambda workspace: workspace.store.cursors(), Priority.PERSON
        ).result()
        jobs = discovery.jobs(scans, known)
        try:
            problems = self._store_all(jobs) if jobs else 0
        except LedgerError:
            self.stored.emit(EVERYTHING)  # some of it is stored, and wants to be seen
            raise
        self.finished.emit(len(jobs), problems)

    def _store_all(self, jobs: list[discovery.Job]) -> int:
        """Read and store, and return how many files had a problem."""
        waiting: deque[Future[Changes]] = deque()
        changes, shown, problems = Changes(), time.monotonic(), 0
        steps = pipeline.read(jobs, self._readers, cancelled=self._is_unwanted)
        for readings, progress in pipeline.gathered(steps):
            problems += sum(bool(reading.problem) for reading in readings)
            waiting.append(self._store.call(partial(Workspace.add, readings=readings)))
            changes = _taken(changes, waiting, IN_FLIGHT)
            self.progressed.emit(progress)
            if time.monotonic() - shown > SHOW_EVERY_S:
                self.stored.emit(changes)
                changes, shown = Changes(), time.monotonic()
            while not self._queue.empty() and not self._closing.is_set():
                self._take(self._queue.get())
        self.stored.emit(_taken(changes, waiting, 0))
        return problems

    def _is_unwanted(self) -> bool:
        return self._cancelled.is_set() or self._closing.is_set()

    @Slot(object, object)
    def _deliver(self, answer: Callable[[Any], None], result: Any) -> None:
        if not self._closing.is_set():  # else whoever asked may be gone
            answer(result)


def _taken(changes: Changes, waiting: "deque[Future[Changes]]", most: int) -> Changes:
    """Wait until at most `most` batches are under way, and add up what the others changed."""
    while len(waiting) > most:
        changes |= waiting.popleft().result()
    return changes


def _folders(home: Home, off: frozenset[str]) -> list[str]:
    scans = discovery.scan_places(home, off, ())
    # Path.is_dir may raise
    return [
        str(scan.place.path) for scan in scans if not scan.reason and os.path.isdir(scan.place.path)
    ]
