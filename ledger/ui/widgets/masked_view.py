"""Text from a log in which secrets are masked: a click, or Enter on one, shows it once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ledger.flows.transcript import GuardedText
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainView


class ActiveView(PlainView):
    """Tells which place of its text the person pressed; the keyboard's cursor is seen.

    Signals:
        pressed(int, int): line and column, both from 0.
    """

    pressed = Signal(int, int)

    def __init__(self, step: Type = Type.MONO, parent: QWidget | None = None) -> None:
        super().__init__(step, parent)
        self.setProperty("kind", "bare")
        self.document().setDocumentMargin(0)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        # In a view as low as its text two scroll bars would show and hide each other for ever.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)

    def replace_text(self, text: str) -> None:
        """Show a text that grew or shrank where the person is: scroll and cursor stay."""
        bar, cursor = self.verticalScrollBar(), self.textCursor()
        place, line = bar.value(), cursor.blockNumber()
        self._text = text
        self._show()
        block = self.document().findBlockByNumber(min(line, self.document().blockCount() - 1))
        self.setTextCursor(QTextCursor(block))
        bar.setValue(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._press(self.cursorForPosition(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press(self.textCursor())
        else:
            super().keyPressEvent(event)

    def _press(self, cursor: QTextCursor) -> None:
        self.pressed.emit(cursor.blockNumber(), cursor.positionInBlock())


class MaskedView(ActiveView):
    """One guarded text; what was uncovered is covered again with the next text."""

    def __init__(self, step: Type = Type.MONO, parent: QWidget | None = None) -> None:
        super().__init__(step, parent)
        self._guarded = GuardedText("")
        self._shown: set[int] = set()
        self.pressed.connect(self._on_pressed)

    def show_guarded(self, text: GuardedText) -> None:
        """Show a text with its secrets masked."""
        if text == self._guarded and self.toPlainText():
            return
        self._guarded, self._shown = text, set()
        self.set_text(text.masked()[0])

    def say(self, sentence: str) -> None:
        """Show words of our own."""
        self._guarded, self._shown = GuardedText(""), set()
        self.set_text(sentence)

    def _on_pressed(self, line: int, column: int) -> None:
        text, masks = self._guarded.masked(self._shown)
        before = text.split("\n", line)[:line]
        place = sum(len(row) + 1 for row in before) + column
        for mask in masks:
            if mask.start <= place <= mask.end:
                self._shown.add(mask.number)
                self.replace_text(self._guarded.masked(self._shown)[0])
