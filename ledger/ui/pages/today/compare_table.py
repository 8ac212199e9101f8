"""The figures of two periods side by side, each with the way to its formula."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger.flows.insights.changes import Change
from ledger.ui.theme import Type
from ledger.ui.widgets.buttons import IconButton
from ledger.ui.widgets.plain import PlainLabel

BUTTON = 26


class CompareTable(QWidget):
    """Three columns: the figure, the newest settled period, and the one before.

    Signals:
        formula_asked(str): show how a figure is computed; the anchor in docs/measure/.
    """

    formula_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("This period and the one before")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(3, 1)

    def show_change(self, change: Change) -> None:
        """Show the figures of both periods."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for column, heading in enumerate(("", change.now, change.before)):
            self._grid.addWidget(PlainLabel(heading, Type.CAPTION, "text_faint"), 0, column)
        for row, pair in enumerate(change.pairs, 1):
            formula = IconButton("formula", f"How is this computed? {pair.name}")
            formula.setFixedSize(BUTTON, BUTTON)
            formula.setStyleSheet("padding: 0; min-height: 0;")
            formula.clicked.connect(
                lambda _checked=False, to=pair.anchor: self.formula_asked.emit(to)
            )
            self._grid.addWidget(PlainLabel(pair.name, ink="text_soft"), row, 0)
            self._grid.addWidget(formula, row, 3, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(PlainLabel(pair.now).selectable(), row, 1)
            self._grid.addWidget(PlainLabel(pair.before, ink="text_soft").selectable(), row, 2)

    def cell_texts(self) -> list[str]:
        """Return what stands in the table, row by row."""
        texts = []
        for place in range(self._grid.count()):
            item = self._grid.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, PlainLabel):
                texts.append(widget.full_text())
        return texts
