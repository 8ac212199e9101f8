"""Which two are compared: by what they are told apart, the first and the second."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger.core.text_safety import one_line
from ledger.ui import theme
from ledger.ui.charts.options import Options
from ledger.ui.pages.charts.sides import GROUP_NAMES, OPTIONS, By
from ledger.ui.theme import Type
from ledger.ui.widgets.layouts import FlowLayout
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.setting_row import CalmCombo

WIDTH = 190
LONGEST = 60


class SidePicker(QWidget):
    """Holds the two; where the ledger no longer has one, the next largest takes its place.

    Signals:
        picked(): others are to be compared.
    """

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by: By = "tool"
        self._pairs: dict[By, tuple[str, str]] = {}
        self.options = Options(OPTIONS)
        self.first, self.second = CalmCombo(), CalmCombo()
        row = FlowLayout(self, theme.current().space.s)
        row.addWidget(self.options)
        for combo, heard in ((self.first, "The first"), (self.second, "The second")):
            combo.setAccessibleName(heard)
            combo.setFixedWidth(WIDTH)
            combo.currentIndexChanged.connect(self._on_picked)
        for widget in (self.first, PlainLabel("with", Type.BODY, "text_soft"), self.second):
            row.addWidget(widget)
        self.options.chosen.connect(self._on_by)

    def show_keys(self, keys: Sequence[str], named: Callable[[str], str]) -> None:
        """Offer these groups, the largest first."""
        before = self._pairs.get(self.by, ("", ""))
        first = before[0] if before[0] in keys else next(iter(keys), "")
        other_keys = [key for key in keys if key != first]
        second = before[1] if before[1] in other_keys else next(iter(other_keys), "")
        self._pairs[self.by] = (first, second)
        self.options.show_option(self.by)
        for combo, current_key in ((self.first, first), (self.second, second)):
            combo.blockSignals(True)
            combo.clear()
            for key in keys:
                label = one_line(named(key), LONGEST) or f"unknown {GROUP_NAMES[self.by]}"
                combo.addItem(label, key)
            combo.setCurrentIndex(combo.findData(current_key))
            combo.blockSignals(False)

    def pair(self) -> tuple[str, str]:
        """Return the keys of the two, "" where there are not two."""
        return self._pairs.get(self.by, ("", ""))

    def _on_by(self, by: By) -> None:
        self.by = by
        self.picked.emit()

    def _on_picked(self, _row: int) -> None:
        first, second = self.first.currentData() or "", self.second.currentData() or ""
        before = self.pair()
        if first == second:  # whoever takes the other one wants them the other way round
            first, second = (first, before[0]) if first != before[0] else (before[1], second)
        self._pairs[self.by] = (first, second)
        self.picked.emit()
