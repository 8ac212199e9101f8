"""A few choices side by side of which one is taken."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ledger.ui import theme
from ledger.ui.icons import icon
from ledger.ui.widgets.buttons import ICON_GAP, ICON_PIXELS


class Segments(QWidget):
    """The arrow keys go from one to the next.

    Signals:
        chosen(object): the value taken now.
    """

    chosen = Signal(object)

    def __init__(
        self,
        choices: Sequence[tuple[Any, str, str]],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Take (value, words, icon name) of each choice; the first is taken."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values = [value for value, _, _ in choices]
        self._icons = [icon_name for _, _, icon_name in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for number, (_, label, _icon) in enumerate(choices):
            button = QPushButton(label)
            button.setAccessibleName(f"{name}: {label}")
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setChecked(number == 0)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idClicked.connect(lambda _number: self.chosen.emit(self.value()))
        self._restyle()
        theme.changed.connect(self._restyle)

    def value(self) -> Any:
        """Return the value that is taken."""
        return self._values[self._group.checkedId()]

    def take(self, value: Any) -> None:
        """Take a value."""
        self._group.button(self._values.index(value)).click()

    def _restyle(self) -> None:
        for number, button in enumerate(self._group.buttons()):
            button.setFont(theme.current().font(weight=500))
            if self._icons[number]:
                button.setIcon(icon(self._icons[number], "text_soft", ICON_PIXELS, ICON_GAP))
                button.setIconSize(QSize(ICON_PIXELS + ICON_GAP, ICON_PIXELS))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
