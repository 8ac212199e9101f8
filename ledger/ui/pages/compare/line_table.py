"""Fields of a file with their values and what each says, one below the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger.core.team import Line
from ledger.ui.theme import Type
from ledger.ui.widgets.layouts import empty
from ledger.ui.widgets.plain import PlainLabel
from ledger.ui.widgets.scroll_page import rule

HEAD = ("Field", "Value", "What it says about you")


class LineTable(QWidget):
    """Three columns; `lines` are what is shown, and nothing else may be agreed to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Every field of the file")
        self.lines: tuple[Line, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(2, 1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these fields in place of the ones before."""
        empty(self._grid)
        self.lines = tuple(lines)
        for column, heading in enumerate(HEAD):
            self._grid.addWidget(PlainLabel(heading, Type.CAPTION, "text_soft"), 0, column)
        self._grid.addWidget(rule(), 1, 0, 1, len(HEAD))
        top = Qt.AlignmentFlag.AlignTop
        for row, line in enumerate(self.lines, 2):
            self._grid.addWidget(PlainLabel(line.field, Type.MONO, "text_soft"), row, 0, top)
            self._grid.addWidget(PlainLabel(line.value.strip(), Type.STRONG), row, 1, top)
            self._grid.addWidget(PlainLabel(line.words, wrap=True), row, 2, top)
