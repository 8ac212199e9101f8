"""Day, week or month: how wide the bars of a stack are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ledger.ui import theme
from ledger.ui.widgets.buttons import Button, repolish

STEPS = ("day", "week", "month")


class StepChoice(QWidget):
    """Three buttons of which one is set.

    Signals:
        chosen(str): the person wants this step: day, week or month.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = {step: Button(step.capitalize(), "facet") for step in STEPS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.current().space.s, 0)
        row.setSpacing(theme.current().space.xs)
        for step, button in self._buttons.items():
            button.setAccessibleName(f"One bar per {step}")
            button.clicked.connect(lambda _checked=False, step=step: self.chosen.emit(step))
            row.addWidget(button)

    def show_step(self, step: str) -> None:
        """Mark the step that is drawn."""
        for name, button in self._buttons.items():
            button.setProperty("set", "true" if name == step else "false")
            repolish(button)
