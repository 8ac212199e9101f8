"""The reader thread: walks the log folders, has logs parsed elsewhere, and reads texts for show."""

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ledger.app.store_thread import StoreThread, Turn
from ledger.core.edits import Changes
from ledger.core.errors import LedgerError
from ledger.flows import finding, importing
from ledger.flows.desk import Desk
from ledger.importers.base import Home

log = logging.getLogger(__name__)

IN_FLIGHT = 2  # batches the store may have waiting: bounds memory
SHOW_EVERY_S = 0.5  # how often a running import moves the charts


class Wish(NamedTuple):
    """What to import: everything, or only these paths that a watcher saw change."""

    home: Home
    off: frozenset[str]
    paths: frozenset[str] | None = None


class _Work(NamedTuple):
    work: Callable[[], Any]
    answer: Callable[[Any], None]


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
        self._queue: queue.SimpleQueue[_Work | Wish | None] = queue.SimpleQueue()
        self._readers = importing.Readers()
        self._cancelled = threading.Event()
        self._closing = threading.Event()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="reader")

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def read(self, work: Callable[[], Any], answer: Callable[[Any], None]) -> None:
        """Have something read from logs; its result reaches `answer` by a queued signal."""
        self._queue.put(_Work(work, answer))

    def import_logs(self, wish: Wish) -> None:
        """Import what is new; wishes wait for each other."""
        self._queue.put(wish)

    def cancel(self) -> None:
        """Stop the running import after its current chunk; what is stored stays."""
        self._cancelled.set()

    def stop(self) -> None:
        """End the thread and its processes."""
        self._closing.set()
        self._cancelled.set()
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        wishes: deque[Wish] = deque()
        while True:
            item = wishes.popleft() if wishes and self._queue.empty() else self._queue.get()
            if item is None:
                self._readers.close()
                return
            if isinstance(item, _Work):
                self._guarded(partial(self._answer, item))
            elif not wishes and self._queue.empty():
                self._cancelled.clear()
                self._guarded(partial(self._import, item, wishes))
                self.progressed.emit(None)
            else:
                wishes.append(item)

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except LedgerError as error:
            self.failed.emit(error)
        except Exception as error:
            log.exception("reader thread")
            self.crashed.emit(error)

    def _answer(self, item: _Work) -> None:
        self._answered.emit(item.answer, item.work())

    def _import(self, wish: Wish, wishes: deque[Wish]) -> None:
        looks = finding.look_around(wish.home, wish.off, wish.paths)
        known = self._store.call(lambda desk: desk.store.cursors(), Turn.PERSON).result()
        jobs = finding.jobs(looks, known)
        if not jobs:
            self.finished.emit(0, 0)
            return
        waiting: deque[Future[Changes]] = deque()
        changes, shown, problems = Changes(), time.monotonic(), 0
        steps = importing.read(jobs, self._readers, cancelled=self._cancelled.is_set)
        for readings, progress in importing.gathered(steps):
            problems += sum(bool(reading.problem) for reading in readings)
            waiting.append(self._store.call(partial(Desk.add, readings=readings)))
            changes = _taken(changes, waiting, IN_FLIGHT)
            self.progressed.emit(progress)
            if time.monotonic() - shown > SHOW_EVERY_S:
                self.stored.emit(changes)
                changes, shown = Changes(), time.monotonic()
            self._between(wishes)
        self.stored.emit(_taken(changes, waiting, 0))
        self.finished.emit(len(jobs), problems)

    def _between(self, wishes: deque[Wish]) -> None:
        """Serve the texts a person waits for; keep later wishes for later."""
        while not self._queue.empty() and not self._closing.is_set():
            item = self._queue.get()
            if isinstance(item, _Work):
                self._guarded(partial(self._answer, item))
            elif item is not None:
                wishes.append(item)

    @Slot(object, object)
    def _deliver(self, answer: Callable[[Any], None], result: Any) -> None:
        answer(result)


def _taken(changes: Changes, waiting: "deque[Future[Changes]]", most: int) -> Changes:
    """Wait until at most `most` batches are under way, and add up what the others changed."""
    while len(waiting) > most:
        changes |= waiting.popleft().result()
    return changes
