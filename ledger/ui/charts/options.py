"""Buttons side by side of which one is set: the step of a stack, what groups are by."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ledger.ui import theme
from ledger.ui.widgets.buttons import Button, repolish


class Option(NamedTuple):
    """One choice: its key, its label, and the name that is read aloud."""

    key: str
    label: str
    accessible_name: str


STEPS = tuple(Option(step, step.capitalize(), f"One bar per {step}") for step in
              ("day", "week", "month"))  # fmt: skip


class Options(QWidget):
    """Buttons of which one is set.

    Signals:
        chosen(str): the person wants the option of this key.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {option.key: Button(option.label, "facet") for option in options}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.current().space.s, 0)
        row.setSpacing(theme.current().space.xs)
        for option in options:
            button = self.buttons[option.key]
            button.setAccessibleName(option.accessible_name)
            button.clicked.connect(lambda _checked=False, key=option.key: self.chosen.emit(key))
            row.addWidget(button)

    def show_option(self, key: str) -> None:
        """Mark the option that is set."""
        for name, button in self.buttons.items():
            button.setProperty("set", "true" if name == key else "false")
            repolish(button)
