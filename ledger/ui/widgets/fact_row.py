"""A row of small facts: what above, how much below, wrapped where the width ends."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.ui.theme import Type
from ledger.ui.widgets.layouts import FlowLayout
from ledger.ui.widgets.plain import PlainLabel

GAP = 24


class FactRow(QWidget):
    """Shows (what, how much) pairs side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(self, GAP)
        self._cells: list[tuple[PlainLabel, PlainLabel, QWidget]] = []

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these facts."""
        while len(self._cells) < len(facts):
            self._add()
        for number, (label, much, cell) in enumerate(self._cells):
            cell.setVisible(number < len(facts))
            if number < len(facts):
                label.setText(facts[number][0])
                much.setText(facts[number][1])

    def _add(self) -> None:
        cell = QWidget()
        label = PlainLabel(step=Type.CAPTION, ink="text_faint")
        much = PlainLabel(step=Type.BODY)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label)
        column.addWidget(much)
        self._layout.addWidget(cell)
        self._cells.append((label, much, cell))
