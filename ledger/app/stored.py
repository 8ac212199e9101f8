"""One value that a person made, such as the settings: a change is on disk before it is announced.

One class for views, goals, trials and settings: one signal for what changed, one for what failed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from ledger.core.errors import LedgerError
from ledger.host import settings_file
from ledger.host.settings import DEFAULTS, Settings, changed

T = TypeVar("T")


class StoredValue(QObject, Generic[T]):
    """What one file holds; `empty` where nothing was read.

    Signals:
        changed(T): `value` is another one now, and on disk.
        failed(LedgerError): nothing was read or saved; the old value stays.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        load: Callable[[], T],
        save: Callable[[T], None],
        empty: T,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load, self._save = load, save
        self._value, self._is_read = empty, False

    @property
    def value(self) -> T:
        """The value, read from disk by the first who asks."""
        if not self._is_read:
            self._take_from_disk()
        return self._value

    def read(self) -> None:
        """Read what is on disk, which another program may have changed."""
        before, self._is_read = self._value, True  # a refusal is told now, and not again
        if self._take_from_disk() and self._value != before:
            self.changed.emit(self._value)

    def change(self, make: Callable[[T], T]) -> bool:
        """Change what is on disk now, not what was read before; whether that was done."""
        return self._store(self._load, make)

    def _store(self, load: Callable[[], T], make: Callable[[T], T]) -> bool:
        try:
            known = load()
            value = make(known)
            if value != known:
                self._save(value)
        except LedgerError as problem:
            self.failed.emit(problem)
            return False
        before, self._value, self._is_read = self._value, value, True
        if value != before:
            self.changed.emit(value)
        return True

    def _take_from_disk(self) -> bool:
        try:
            self._value, self._is_read = self._load(), True
        except LedgerError as problem:
            self.failed.emit(problem)
            return False
        return True


class StoredSettings(StoredValue[Settings]):
    """The settings: one place to read them, one way to change them.

    `problems` says what in the file was not understood when it was read.
    """

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        loaded = settings_file.load(path)
        self.problems: tuple[str, ...] = loaded.problems
        super().__init__(
            lambda: settings_file.load(path).settings,
            lambda settings: settings_file.save(settings, path),
            DEFAULTS,
            parent,
        )
        self._value, self._is_read = loaded.settings, True

    def set(self, name: str, value: object) -> None:
        """Choose a value for one setting of those in force."""
        self._store(lambda: self._value, lambda known: changed(known, name, value))
