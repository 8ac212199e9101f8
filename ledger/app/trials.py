"""The declared trials while the window is open: declare one, give one up, never change one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ledger.core.errors import LedgerError
from ledger.core.trials import Trial
from ledger.host import trials_file

Change = Callable[[tuple[Trial, ...]], tuple[Trial, ...]]


class Trials(QObject):
    """What was declared; it is on disk before it is told.

    Signals:
        changed(): there are others now.
        failed(LedgerError): something was not read or not saved; what was there stays.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._all: tuple[Trial, ...] | None = None

    def all(self) -> tuple[Trial, ...]:
        """Return every trial in the order they were declared; () where the file is broken."""
        if self._all is None:
            try:
                self._all = trials_file.load(self._path)
            except LedgerError as problem:
                self.failed.emit(problem)
                return ()
        return self._all

    def declare(self, what: str, start: date, days: int, today: date) -> None:
        """Declare a trial; from now on its days stand."""
        self._keep(lambda known: (*known, Trial(what, start, days, today)))

    def give_up(self, trial: Trial, today: date) -> None:
        """Give a trial up; it stays in the list with the day."""
        given_up = trial._replace(given_up=today)
        self._keep(lambda known: tuple(given_up if one == trial else one for one in known))

    def _keep(self, change: Change) -> None:
        try:
            # Another window may have declared one since.
            changed = change(trials_file.load(self._path))
            trials_file.save(changed, self._path)
        except LedgerError as problem:
            self.failed.emit(problem)
            return
        self._all = changed
        self.changed.emit()
