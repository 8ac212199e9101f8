"""The questions of the Charts page side by side, of which one is being answered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ledger.ui import theme
from ledger.ui.keymap import ChartQuestion
from ledger.ui.widgets.layouts import FlowLayout

STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class QuestionRow(QWidget):
    """One stop for the Tab key; the arrow keys go from one to the next.

    Signals:
        chosen(ChartQuestion): what the person asks.
    """

    chosen = Signal(object)

    def __init__(
        self, questions: Sequence[tuple[ChartQuestion, str]], parent: QWidget | None = None
    ) -> None:
        """`questions` are keys with their words."""
        super().__init__(parent)
        self.setAccessibleName("Questions")
        self._keys = [key for key, _ in questions]
        self.current = self._keys[0]
        self.buttons = {key: QPushButton(text) for key, text in questions}
        row = FlowLayout(self, theme.current().space.s)
        for key, button in self.buttons.items():
            button.setProperty("kind", "question")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, key=key: self._on_clicked(key))
            row.addWidget(button)
        self.show_question(self.current)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_question(self, key: ChartQuestion) -> None:
        """Mark the question that is being answered."""
        had_focus = self.buttons[self.current].hasFocus()
        self.current = key
        for name, button in self.buttons.items():
            is_current = name == key
            button.setChecked(is_current)
            policy = Qt.FocusPolicy.StrongFocus if is_current else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        if had_focus:
            self.buttons[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.setFocusProxy(self.buttons[key])

    def _on_clicked(self, key: ChartQuestion) -> None:
        self.buttons[key].setChecked(True)
        self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the question before or after."""
        step = STEPS.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        at = self._keys.index(self.current) + step
        if 0 <= at < len(self._keys):
            self.chosen.emit(self._keys[at])

    def _restyle(self) -> None:
        for button in self.buttons.values():
            button.setFont(theme.current().font(weight=500))
        self.updateGeometry()
