"""The settings while the window is open: one place to read them, one way to change them."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ledger.core.errors import LedgerError
from ledger.host import settings_file
from ledger.host.settings import Settings, changed


class Choices(QObject):
    """What the person chose; every change is on disk before it is told.

    Signals:
        changed(Settings): the settings are others now.
        failed(LedgerError): a choice could not be used or saved; the old one stays.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        loaded = settings_file.load(path)
        self.settings: Settings = loaded.settings
        self.problems: tuple[str, ...] = loaded.problems

    def set(self, name: str, value: object) -> None:
        """Choose a value for one setting."""
        try:
            chosen = changed(self.settings, name, value)
            if chosen == self.settings:
                return
            settings_file.save(chosen, self._path)
        except LedgerError as problem:
            self.failed.emit(problem)
            return
        self.settings = chosen
        self.changed.emit(chosen)
