"""A short sentence at the foot of the window that goes away by itself, often with an undo."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from ledger.ui.colours import qcolour
from ledger.ui.icons import pixmap
from ledger.ui.widgets.buttons import Button, IconButton
from ledger.ui.widgets.plain import PlainLabel

SHOWN_MS = 6_000
PROBLEM_MS = 15_000
FOOT_PIXELS = 2  # it covers the strip at the foot, never the answers of a page
WIDEST = 560
PAST = {
    "Tag": "Tagged",
    "Untag": "Untagged",
    "Change": "Changed",
    "Mark": "Marked",
    "Label": "Labelled",
    "Write": "Wrote",
    "Log": "Logged",
    "Withdraw": "Withdrew",
}


def past_tense(title: str) -> str:
    """Turn the title of an edit into what was done: “Tag 1 …” becomes “Tagged 1 …”."""
    verb, space, object_ = title.partition(" ")
    return f"{PAST.get(verb, verb)}{space}{object_}"


class Toast(QFrame):
    """Floats above its parent; a new sentence takes the place of the last."""

    def __init__(self, parent: QWidget, room: Callable[[], QRect] | None = None) -> None:
        """Take the widget to float above, and the part of it to stand in the middle of."""
        super().__init__(parent)
        self.setObjectName("toast")
        self._ground, self._room = parent, room
        self._act: Callable[[], None] | None = None
        self._sign = PlainLabel()
        self._label = PlainLabel(wrap=True)
        self.button = Button("Undo", "link")
        self.button.clicked.connect(self._on_button)
        close = IconButton("close", "Close this message")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 4, 2)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._label, 1)
        row.addWidget(self.button)
        row.addWidget(close)
        self.clock = QTimer(self, singleShot=True)
        self.clock.timeout.connect(self.hide)
        shadow = QGraphicsDropShadowEffect(self, blurRadius=24)
        shadow.setOffset(0, 6)
        shadow.setColor(qcolour("#000000", 0.22))
        self.setGraphicsEffect(shadow)
        parent.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Show a sentence, with a button when there is something to do about it."""
        self._show(sentence, "check", "kept_ink", SHOWN_MS)
        self.button.setVisible(bool(button))
        self._act = act
        if button:
            self.button.set_label(button)
        self._place()

    def warn(self, sentence: str) -> None:
        """Show what went wrong; it stays longer."""
        self._show(sentence, "warning", "danger", PROBLEM_MS)
        self.button.hide()
        self._place()

    def sentence(self) -> str:
        """Return the sentence."""
        return self._label.full_text()

    def _show(self, sentence: str, sign: str, ink: str, for_ms: int) -> None:
        self._label.setText(sentence)
        self._sign.setPixmap(pixmap(sign, ink, 18, self.devicePixelRatioF()))
        self.clock.start(for_ms)
        self.show()
        self.raise_()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _on_button(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

    def _place(self) -> None:
        metrics = self._label.fontMetrics()
        width = min(metrics.horizontalAdvance(self._label.full_text()) + 8, WIDEST - 160)
        self._label.setMinimumWidth(width)
        self.adjustSize()
        self.resize(self.sizeHint())
        room = self._room() if self._room else self._ground.rect()
        x = room.center().x() - self.width() // 2
        self.move(max(8, x), self._ground.height() - self.height() - FOOT_PIXELS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window's size changes."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
