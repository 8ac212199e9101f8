"""The evidence thread: looks for what became of outputs while nobody needs the machine."""

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from ledger.app.store_thread import Priority, StoreThread
from ledger.core.edits import Changes
from ledger.core.errors import LedgerError
from ledger.flows.evidence.observe import own_rules
from ledger.flows.evidence.run import EvidenceOptions, run_evidence
from ledger.host.clock import now_ms

if TYPE_CHECKING:
    from ledger.flows.workspace import Workspace

log = logging.getLogger(__name__)
T = TypeVar("T")

FIRST_SHOWN_S = 2.0
SHOW_EVERY_S = 10.0  # how often a running look moves what is shown: it costs a large ledger 0.2 s
YIELD_S = 1.5  # after a person did something
LONGEST_PAUSE_S = 0.05
PATIENCE_S = 0.2  # how long a wait may keep the program from closing


class _LookCancelled(Exception):  # noqa: N818 - it is no error: somebody wants the look to end
    """The look was cancelled, or the program closes."""


class EvidenceJob(QObject):
    """Looks at logs and git in small pieces on a thread of its own, which gives way to everything.

    Signals:
        progressed(int, int): interactions looked at and left; 0, 0 when the look has ended.
        stored(Changes): what has been stored since the last time.
        failed(LedgerError): expected: to be shown to the person.
        crashed(Exception): a bug: to be reported.
    """

    progressed = Signal(int, int)
    stored = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, store: StoreThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._choice = store, EvidenceOptions()
        self._wanted = threading.Event()
        self._cancelled = threading.Event()
        self._closing = threading.Event()
        self._free = threading.Event()  # no import runs
        self._free.set()
        self._yield_until = 0.0
        self._since = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="evidence")

    def start(self) -> None:
        """Begin to serve; nothing is looked at before somebody says so."""
        self._thread.start()

    def choose(self, kind_rules: str, with_git: bool) -> None:
        """Look by the person's own rules for kinds of work, and into git or not, from now on."""
        choice = EvidenceOptions(own_rules(kind_rules), with_git)
        if choice != self._choice:
            self._choice = choice
            self._cancelled.set()
            self._wanted.set()

    def look(self) -> None:
        """Look at what is due, as soon as nothing else is to be done."""
        self._wanted.set()

    def hold(self, held: bool) -> None:
        """Wait while something larger runs."""
        if held:
            self._free.clear()
        else:
            self._free.set()

    def yield_to_user(self) -> None:
        """Leave the machine to what a person just did."""
        self._yield_until = time.monotonic() + YIELD_S

    def stop(self) -> None:
        """End the thread."""
        self._closing.set()
        self._free.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._wanted.wait()
            self._wanted.clear()
            self._cancelled.clear()
            if not self._closing.is_set():
                self._guarded()

    def _guarded(self) -> None:
        try:
            self._look()
        except _LookCancelled:
            pass
        except LedgerError as error:
            self.failed.emit(error)
        except Exception as error:
            log.exception("evidence thread")
            self.crashed.emit(error)
        self.progressed.emit(0, 0)

    def _look(self) -> None:
        changes, show_at = Changes(), time.monotonic() + FIRST_SHOWN_S
        self._since = time.monotonic()
        try:
            for step in run_evidence(self._ask, self._choice, now_ms(), self._throttle):
                changes |= step.changes
                self.progressed.emit(step.done, step.left)
                if time.monotonic() > show_at:
                    self.stored.emit(changes)
                    changes, show_at = Changes(), time.monotonic() + SHOW_EVERY_S
                self._throttle()
        finally:
            if changes and not self._closing.is_set():
                self.stored.emit(changes)

    def _ask(self, work: "Callable[[Workspace], T]") -> T:
        future = self._store.call(work, Priority.IMPORT)
        while True:
            try:
                return future.result(PATIENCE_S)
            except TimeoutError:
                if self._closing.is_set():
                    raise _LookCancelled from None

    def _throttle(self) -> None:
        """Sleep as long as was worked, and longer while others need the machine."""
        worked = time.monotonic() - self._since
        time.sleep(min(worked, LONGEST_PAUSE_S))
        while not self._is_unwanted() and self.is_held_back:
            time.sleep(PATIENCE_S / 4)
        if self._is_unwanted():
            raise _LookCancelled
        self._since = time.monotonic()

    @property
    def is_held_back(self) -> bool:
        """Whether something else needs the machine now."""
        return not self._free.is_set() or time.monotonic() < self._yield_until

    def _is_unwanted(self) -> bool:
        return self._cancelled.is_set() or self._closing.is_set()
