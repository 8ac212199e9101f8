"""What the window says after an edit: that it is saved, what undo would do, what went wrong."""

from PySide6.QtCore import QObject

from ledger.app.ledger_client import REDONE, UNDONE, LedgerClient
from ledger.core.errors import LedgerError
from ledger.ui.window.toast import Toast, past_tense


class Notices(QObject):
    """Knows what can be undone, and tells every edit that is on disk."""

    def __init__(self, client: LedgerClient, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._toast = client, toast
        self.undo_title = self.redo_title = ""
        client.undo_changed.connect(self._on_undo_changed)
        client.saved.connect(self._on_saved)

    def undo(self) -> None:
        """Take the newest edit back, or say that there is none."""
        if self.undo_title:
            self._client.undo()
        else:
            self._toast.say("There is nothing to undo.")

    def redo(self) -> None:
        """Do the edit again that was undone last, or say that there is none."""
        if self.redo_title:
            self._client.redo()
        else:
            self._toast.say("There is nothing to redo.")

    def warn(self, error: LedgerError) -> None:
        """Say what went wrong and what to do about it."""
        self._toast.warn(str(error))

    def _on_undo_changed(self, undo_title: str, redo_title: str) -> None:
        self.undo_title, self.redo_title = undo_title, redo_title

    def _on_saved(self, title: str) -> None:
        if title == UNDONE:
            self._toast.say(f"{UNDONE}: {self.redo_title}", "Redo", self._client.redo)
        elif title == REDONE:
            self._toast.say(f"{REDONE}: {self.undo_title}", "Undo", self._client.undo)
        else:
            self._toast.say(past_tense(title), "Undo", self._client.undo)
