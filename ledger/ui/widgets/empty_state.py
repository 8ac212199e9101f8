"""What a page shows instead of nothing: why there is nothing, and the one next step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ledger.ui import theme
from ledger.ui.icons import pixmap
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.plain import PlainLabel

WIDTH = 420
ICON = 40


class EmptyState(QWidget):
    """A cause and a next step.

    Signals:
        acted(): the person pressed the button.
        acted_otherwise(): the person pressed the second button.
    """

    acted = Signal()
    acted_otherwise = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        sentence: str,
        button: str = "",
        other: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = PlainLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = PlainLabel(step=Type.HEADING, wrap=True)
        self.sentence = PlainLabel(ink="text_soft", wrap=True)
        for label in (self._title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(button, "primary")
        self.other = Button(other)
        self.button.clicked.connect(self.acted)
        self.other.clicked.connect(self.acted_otherwise)
        self._build()
        self.tell(title, sentence, button, other)
        theme.changed.connect(self._restyle)
        self._restyle()

    def tell(self, title: str, sentence: str, button: str = "", other: str = "") -> None:
        """Show another cause and next step."""
        self._title.setText(title)
        self.sentence.setText(sentence)
        for widget, text in ((self.button, button), (self.other, other)):
            widget.set_label(text)
            widget.setVisible(bool(text))
        self.setFocusProxy(self.button if button else self._title)  # keys of a page act here

    def tell_cause(self, ready: bool, has_any: bool, of_empty_ledger: Sequence[str]) -> None:
        """Say why nothing is drawn: the ledger still opens, the filter hides all, or it is empty.

        `of_empty_ledger` is what `tell` takes when the ledger is ready and has no interaction.
        """
        if not ready:
            self.tell("Opening your ledger", "The figures come in a moment.")
        elif has_any:
            self.tell(
                "Nothing passes this filter",
                "There are interactions in your ledger, but none that this filter lets through.",
                "Clear filter",
            )
        else:
            self.tell(*of_empty_ledger)

    def full_text(self) -> str:
        """Return cause and next step as one text."""
        return f"{self._title.full_text()} {self.sentence.full_text()}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self.other if self.other.hasFocus() else self.button
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and button.isVisible():
            button.click()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._picture, 0, middle)
        column.addSpacing(4)
        # Between stretches, because a layout gives a wrapped text that it aligns one line only.
        texts = QWidget()
        texts.setFixedWidth(WIDTH)
        inside = QVBoxLayout(texts)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._title)
        inside.addWidget(self.sentence)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(texts)
        centred.addStretch(1)
        column.addLayout(centred)
        column.addSpacing(8)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        row.addWidget(self.other)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def _restyle(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap(self._icon_name, "text_faint", ICON, ratio))
