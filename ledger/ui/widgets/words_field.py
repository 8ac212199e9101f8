"""The field that takes filter words: it offers what could be typed next and says when it is meant.

Enter means the line; so does a pause, unless somebody seems to be in the middle of a key.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ledger.flows.filters.completion import Offer
from ledger.ui import theme
from ledger.ui.icons import icon
from ledger.ui.widgets.offer_list import OfferList

PAUSE_MS = 350  # one search per word, not one per letter
EXAMPLE = "Filter or search: tool:claude tag:thrown last:28d retry"
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
ENTER = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter))


class WordsField(QLineEdit):
    """A line of filter words.

    Signals:
        meant(str): the person wants this line now.
        paused(str): the person paused; the line may be unfinished.
        left(): the person wants to go on in the page.
    """

    meant = Signal(str)
    paused = Signal(str)
    left = Signal()

    def __init__(
        self, offers: Callable[[str, int], Sequence[Offer]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._offers = offers
        self._is_shown = False
        self.setPlaceholderText(EXAMPLE)
        self.setAccessibleName("Filter words and search")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(230)
        self.setMaximumWidth(680)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._glass = self.addAction(
            icon("search", "text_faint", 16), QLineEdit.ActionPosition.LeadingPosition
        )
        self.list = OfferList(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._on_changed)
        self.list.taken.connect(self._take)
        theme.changed.connect(self._restyle)

    def show_line(self, line: str) -> None:
        """Show a line without meaning it."""
        if line != self.text():
            self._pause.stop()
            self._is_shown = True  # blocked signals would also keep the clear button as it was
            self.setText(line)
            self._is_shown = False
            self.setCursorPosition(len(line) if self.hasFocus() else 0)
            self.list.hide()

    def offered(self) -> list[Offer]:
        """Return what could be typed at the cursor."""
        return list(self._offers(self.text(), self.cursorPosition()))

    def _on_changed(self, text: str) -> None:
        if not text and not self._is_shown:
            self._mean()

    def _on_edited(self, _text: str) -> None:
        self._pause.start()
        self._show_offers()

    def _show_offers(self) -> None:
        offers = self.offered()
        is_value = bool(offers) and offers[0].is_whole
        if is_value and len(offers) == 1 and self._is_typed(offers[0]):
            offers = []
        x = self.fontMetrics().horizontalAdvance(self.text()[: offers[0].start]) if offers else 0
        self.list.show_offers(offers, min(x + 26, self.width() // 2), marked=is_value)

    def _is_typed(self, offer: Offer) -> bool:
        return self.text()[offer.start : offer.end] == offer.insert

    def _take(self, offer: Offer) -> None:
        text = self.text()
        after = text[offer.end :]
        space = " " if offer.is_whole and not after.startswith(" ") else ""
        begun = text[: offer.start] + offer.insert + space
        self.setText(begun + after)
        self.setCursorPosition(len(begun))
        self.list.hide()
        if offer.is_whole:
            self._mean()
        else:
            self._show_offers()

    def _on_pause(self) -> None:
        offers = self.offered()
        if not offers or offers[0].is_whole:  # else a key has been begun
            self.paused.emit(self.text())

    def _mean(self) -> None:
        self._pause.stop()
        self.list.hide()
        self.meant.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the offers with the arrow keys, take one with Enter or Tab, leave with Esc."""
        key = Qt.Key(event.key())
        if key in STEPS:
            if self.list.isHidden():
                self._show_offers()
            offer = self.list.step(STEPS[key])
            self.setAccessibleDescription(offer.words if offer else "")
        elif key in ENTER:
            marked = self.list.marked()
            self._take(marked) if marked else self._mean()
        elif key == Qt.Key.Key_Escape:
            self.list.hide() if self.list.isVisible() else self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the marked offer with Tab, which would else leave the field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            marked = self.list.marked()
            if event.key() == Qt.Key.Key_Tab and marked:
                self._take(marked)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the offers away."""
        super().focusOutEvent(event)
        self.list.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the offers away."""
        super().hideEvent(event)
        self.list.hide()

    def _restyle(self) -> None:
        self._glass.setIcon(icon("search", "text_faint", 16))
