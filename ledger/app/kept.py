"""A short list that a person made, while the window is open; every change is on disk first."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from ledger.core.errors import LedgerError

T = TypeVar("T")


class Kept(QObject, Generic[T]):
    """Saved views or goals.

    Signals:
        changed(): `items` are others now, and on disk.
        failed(LedgerError): nothing was saved; the old ones stay.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        load: Callable[[], tuple[T, ...]],
        save: Callable[[tuple[T, ...]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load, self._save = load, save
        self.items: tuple[T, ...] = ()

    def read(self) -> None:
        """Read what is on disk, which another program may have changed."""
        try:
            found = self._load()
        except LedgerError as problem:
            self.failed.emit(problem)
            return
        if found != self.items:
            self.items = found
            self.changed.emit()

    def change(self, make: Callable[[tuple[T, ...]], tuple[T, ...]]) -> bool:
        """Change what is on disk now; whether that was done."""
        try:
            found = self._load()
            made = make(found)
            if made != found:
                self._save(made)
        except LedgerError as problem:
            self.failed.emit(problem)
            return False
        if made != self.items:
            self.items = made
            self.changed.emit()
        return True
