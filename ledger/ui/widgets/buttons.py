"""Buttons of every kind the window has, with their icons in the right ink."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from ledger.core.text_safety import one_line
from ledger.ui import theme
from ledger.ui.icons import icon
from ledger.ui.widgets.plain import tip

Kind = Literal["plain", "primary", "quiet", "link", "danger", "facet"]
ICON_PIXELS = 16
ICON_GAP = 4  # drawn into the icon: Qt's own distance to the words is too small
INKS = {
    "plain": "text_soft",
    "primary": "on_accent",
    "quiet": "text_soft",
    "link": "accent",
    "danger": "danger",
    "facet": "text_soft",
}


def pressed_by(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button when Enter was, and say whether; Qt leaves that to the desktop."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    button.click()
    return True


def repolish(button: QAbstractButton) -> None:
    """Let the style sheet see a changed property; by itself Qt would go back to an older font."""
    font = button.font()
    button.style().unpolish(button)
    button.style().polish(button)
    button.setFont(font)


class Button(QPushButton):
    """A button with words; `kind` says how loudly it asks."""

    def __init__(
        self,
        text: str,
        kind: Kind = "plain",
        icon_name: str = "",
        hint: str = "",
        *,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon_name, self._key = kind, icon_name, key
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_label(text)
        if hint:
            tip(self, hint)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_label(self, text: str) -> None:
        """Show other words; an ampersand in them is no shortcut."""
        label = one_line(text, 80)
        shown = f"{label}\u2003{self._key}" if self._key else label
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(label)

    def set_icon(self, name: str) -> None:
        """Show another icon; "" shows none."""
        self._icon_name = name
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it too."""
        if not pressed_by(self, event):
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        strong = self._kind == "primary"
        weight = 550 if strong else 500 if self._kind in ("plain", "danger") else None
        self.setFont(theme.current().font(weight=weight))
        gap = ICON_GAP if self.text() else 0
        self.setIconSize(QSize(ICON_PIXELS + gap, ICON_PIXELS))
        if self._icon_name:
            self.setIcon(icon(self._icon_name, INKS[self._kind], ICON_PIXELS, gap))


class IconButton(QToolButton):
    """A button that is only an icon; its name is heard and stands in its tip."""

    def __init__(
        self, icon_name: str, name: str, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setAccessibleName(name)
        self.setProperty("kind", "icon")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip(self, f"{name}  {key}".strip())
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it too."""
        if not pressed_by(self, event):
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        self.setIconSize(QSize(ICON_PIXELS, ICON_PIXELS))
        self.setIcon(icon(self._icon_name, "text_soft", ICON_PIXELS))
