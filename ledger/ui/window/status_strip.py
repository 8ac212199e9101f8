"""The line at the foot of the window: how far an import is, or that all is quiet."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from ledger.app.ledger_client import LedgerClient
from ledger.core.formatting import count
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel, tip

if TYPE_CHECKING:  # it loads the importers, and the window is painted before
    from ledger.flows.importing.pipeline import Progress

PATIENCE_MS = 400  # an import shorter than this is not worth a flicker
PER_MILLE = 1000
PROMISE = "Stays on this machine"


class StatusStrip(QFrame):
    """Shows the client's import with an estimate and a way to stop it.

    Signals:
        cancelled(): the person wants the import to stop.
    """

    cancelled = Signal()

    def __init__(self, client: LedgerClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._client = client
        self._progress: Progress | None = None
        self.sentence = PlainLabel("Opening the ledger …", Type.CAPTION, "text_faint")
        self.bar = QProgressBar(textVisible=False, maximum=PER_MILLE)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName("Import")
        self.cancel = Button("Cancel", "link")
        self.cancel.clicked.connect(self._on_cancel)
        promise = PlainLabel(PROMISE, Type.CAPTION, "text_faint")
        tip(promise, "This program has no network code. SECURITY.md says how to check that.")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        row.addWidget(self.bar)
        row.addWidget(self.sentence)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(promise)
        self.setFixedHeight(30)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_import)
        client.progress.connect(self._on_progress)
        client.frame_changed.connect(self._on_frame)
        self._show_quiet("Opening the ledger …")

    def show_search(self, looked_at: int, of: int) -> None:
        """Show how far a search through the logs is; equal numbers end it."""
        if not self.bar.isVisible():
            searching = f"Searching prompts: {looked_at:,} of {of:,}"
            self.sentence.setText(self._count_words() if looked_at == of else searching)

    def _on_progress(self, progress: "Progress | None") -> None:
        self._progress = progress
        if progress is None:
            self._patience.stop()
            self._show_quiet(self._count_words())
        elif self.bar.isVisible():
            self._show_import()
        elif not self._patience.isActive():
            self._patience.start()

    def _on_frame(self) -> None:
        if not self.bar.isVisible():
            self._show_quiet(self._count_words())

    def _show_import(self) -> None:
        if self._progress is None:
            return
        self.bar.setValue(round(self._progress.share * PER_MILLE))
        self.sentence.setText(progress_text(self._progress))
        self.bar.show()
        self.cancel.show()

    def _show_quiet(self, sentence: str) -> None:
        self.bar.hide()
        self.cancel.hide()
        self.sentence.setText(sentence)

    def _count_words(self) -> str:
        return f"{count(len(self._client.frame), 'interaction')} in this ledger"

    def _on_cancel(self) -> None:
        self.sentence.setText("Stopping; what was read stays …")
        self.cancel.hide()
        self.cancelled.emit()


def progress_text(progress: "Progress") -> str:
    """Say how far an import is and how long it may take."""
    sentence = f"Reading logs: {progress.files:,} of {progress.all_files:,} files"
    left = progress.left_s
    return sentence if left is None else f"{sentence}, {time_left(left)}"


def time_left(seconds: float) -> str:
    """Say how long something will still take, as roughly as it is known."""
    if seconds < 5:
        return "a few seconds left"
    if seconds < 55:
        return f"about {round(seconds / 5) * 5} seconds left"
    minutes = max(1, round(seconds / 60))
    return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
