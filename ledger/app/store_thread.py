"""The one thread that holds the ledger file; people are served before imports."""

import itertools
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot

from ledger.core.errors import LedgerError

if TYPE_CHECKING:  # it loads numpy, and the window is painted before
    from ledger.flows.workspace import Workspace

log = logging.getLogger(__name__)
T = TypeVar("T")


class Priority(IntEnum):
    """Who is served first."""

    PERSON = 0
    IMPORT = 1
    LAST = 2  # closing: when everything else is done


class _Request(NamedTuple):
    priority: Priority
    number: int  # keeps the order of one kind, which is what makes undo safe
    work: "Callable[[Workspace], Any]"
    answer: Callable[[Any], None] | None
    future: "Future[Any] | None" = None


class StoreThread(QObject):
    """Runs work on the workspace, one piece at a time; answers on the thread it was made on.

    Signals:
        failed(LedgerError): expected: to be shown to the person.
        crashed(Exception): a bug: to be reported.
    """

    failed = Signal(object)
    crashed = Signal(object)
    _answered = Signal(object, object)

    def __init__(
        self, open_workspace: "Callable[[], Workspace]", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._requests: queue.PriorityQueue[_Request] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, args=(open_workspace,), name="store")
        self._stopped = False

    def start(self) -> None:
        """Open the ledger and begin to serve."""
        self._thread.start()

    def submit(
        self,
        work: "Callable[[Workspace], Any]",
        answer: Callable[[Any], None] | None = None,
        priority: Priority = Priority.PERSON,
    ) -> None:
        """Have work done on the workspace; its result reaches `answer` by a queued signal."""
        self._requests.put(_Request(priority, next(self._numbers), work, answer))

    def call(
        self, work: "Callable[[Workspace], T]", priority: Priority = Priority.IMPORT
    ) -> "Future[T]":
        """Have work done for another thread, which may wait for the result."""
        future: Future[T] = Future()
        self._requests.put(_Request(priority, next(self._numbers), work, None, future))
        return future

    def stop(self) -> None:
        """Finish what is queued, close the file and end the thread."""
        if self._stopped:
            return
        self._stopped = True
        self.submit(_close, None, Priority.LAST)
        if self._thread.is_alive():
            self._thread.join()

    def _run(self, open_workspace: "Callable[[], Workspace]") -> None:
        try:
            workspace = open_workspace()
        except LedgerError as error:
            self._refuse(error, self.failed)
        except Exception as error:
            log.exception("opening the ledger")
            self._refuse(error, self.crashed)
        else:
            while (request := self._requests.get()).work is not _close:
                self._serve(request, workspace)
            self._close(workspace)

    def _close(self, workspace: "Workspace") -> None:
        try:
            workspace.close()
        except LedgerError as error:  # only what can be made again is written here
            log.warning("closing the ledger: %s", error.title)

    def _serve(self, request: _Request, workspace: "Workspace") -> None:
        try:
            result = request.work(workspace)
        except LedgerError as error:
            self._fail(request, error, self.failed)
        except Exception as error:
            log.exception("store thread")
            self._fail(request, error, self.crashed)
        else:
            if request.future is not None:
                request.future.set_result(result)
            if request.answer is not None:
                self._answered.emit(request.answer, result)

    def _fail(self, request: _Request, error: Exception, signal: SignalInstance) -> None:
        if request.future is not None:
            request.future.set_exception(error)  # whoever waits for it tells the person
        else:
            signal.emit(error)

    def _refuse(self, error: Exception, signal: SignalInstance) -> None:
        """Answer everybody who asks with the reason why there is no ledger."""
        signal.emit(error)
        while (request := self._requests.get()).work is not _close:
            if request.priority is not Priority.IMPORT or request.future is not None:
                self._fail(request, error, signal)

    @Slot(object, object)
    def _deliver(self, answer: Callable[[Any], None], result: Any) -> None:
        if not self._stopped:  # else whoever asked may be gone
            answer(result)


def _close(workspace: "Workspace") -> None:
    """Marks the last request; the loop itself closes the file."""
