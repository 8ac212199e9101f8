"""A few lines to write in: Tab leaves it, and it grows with what is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ledger.ui import theme

MOST_LETTERS = 2_000


class WordsArea(QPlainTextEdit):
    """Plain text of one's own.

    Signals:
        edited(): the person changed it.
    """

    edited = Signal()

    def __init__(
        self, name: str, hint: str = "", lines: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self.textChanged.connect(self._on_changed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_text(self, text: str) -> None:
        """Show a text without saying that it was edited."""
        if text != self.toPlainText():
            blocked = self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(blocked)
            self._grow()

    def _on_changed(self) -> None:
        if len(self.toPlainText()) > MOST_LETTERS:
            cursor = self.textCursor()
            place = min(cursor.position(), MOST_LETTERS)
            self.show_text(self.toPlainText()[:MOST_LETTERS])
            cursor.setPosition(place)
            self.setTextCursor(cursor)
        self.edited.emit()

    def _restyle(self) -> None:
        self.setFont(theme.current().font())
        self._grow()

    def _grow(self) -> None:
        line = self.fontMetrics().lineSpacing()
        lines = max(self._lines, round(self.document().size().height()))
        edges = 2 * (self.frameWidth() + round(self.document().documentMargin())) + 2
        self.setFixedHeight(lines * line + edges)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the lines of the new width."""
        super().resizeEvent(event)
        self._grow()
