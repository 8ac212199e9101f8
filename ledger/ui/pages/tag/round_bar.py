"""How far a round of tagging is, in what order it asks, and when it ends."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QWidget

from ledger.app.tag_queue import MINUTE_S, Standing
from ledger.core.formatting import count
from ledger.flows.tagging.queue import Order
from ledger.ui.theme import Type
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.setting_row import CalmCombo

MINUTES = (5, 10)


class RoundBar(QWidget):
    """A thin bar, a few words, two choices.

    Signals:
        order_chosen(Order): what is to be asked about first.
        minutes_chosen(int): the minutes of a set; 0 for a number of cards.
    """

    order_chosen = Signal(object)
    minutes_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = 0
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName("How far this set is")
        self.progress.setMinimumWidth(80)
        self.standing = PlainLabel(step=Type.CAPTION, ink="text_soft")
        self.order = _choice("Order", [(order, order.words) for order in Order])
        self.length = _choice("Length of a set", [(0, ""), *((n, f"{n} minutes") for n in MINUTES)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.progress, 1)
        row.addWidget(self.standing)
        row.addWidget(self.order)
        row.addWidget(self.length)
        self.order.activated.connect(
            lambda at: self.order_chosen.emit(Order(self.order.itemData(at)))
        )
        self.length.activated.connect(lambda at: self.minutes_chosen.emit(self.length.itemData(at)))

    def use(self, set_size: int) -> None:
        """Name the number of cards that a set has."""
        self.length.setItemText(0, count(set_size, "card"))

    def show_standing(self, standing: Standing, minutes: int) -> None:
        """Show how far the round is; by the clock where the set ends by it."""
        saving = "   saving …" if standing.saving else ""
        if standing.left_s is None:
            self.progress.setRange(0, max(1, standing.size))
            self.progress.setValue(standing.done)
            far = f"{standing.done} of {standing.size}"
        else:
            self.progress.setRange(0, minutes * MINUTE_S)
            self.progress.setValue(minutes * MINUTE_S - standing.left_s)
            far = f"{standing.done} tagged   {left(standing.left_s)} left"
        self.standing.setText(f"{far}   {standing.waiting:,} wait{saving}")


def left(seconds: int) -> str:
    """Return the time that is left: 4:05."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _choice(name: str, choices: Sequence[tuple[Any, str]]) -> QComboBox:
    combo = CalmCombo()
    combo.setAccessibleName(name)
    for value, label in choices:
        combo.addItem(label, value)
    return combo
