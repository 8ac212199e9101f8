"""A list in which some lines are ticked; Space ticks, Enter is left to the dialog."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ledger.core.text_safety import one_line

LONGEST = 200
MOST_ROWS = 10
LINE, FRAME = 24, 14


class TickList(QListWidget):
    """Lines of plain text, all ticked at first.

    Signals:
        ticked(): other lines are ticked now.
    """

    ticked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName("ticks")
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these lines, ticked."""
        self.clear()
        for line in lines:
            item = QListWidgetItem(one_line(line, LONGEST))
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked)
            self.addItem(item)
        self.setCurrentRow(0)
        rows = min(max(len(lines), 2), MOST_ROWS)
        self.setFixedHeight(rows * max(self.sizeHintForRow(0), LINE) + FRAME)

    def reword(self, number: int, line: str) -> None:
        """Change the words of a line, and nothing else."""
        was_blocked = self.blockSignals(True)
        self.item(number).setText(one_line(line, LONGEST))
        self.blockSignals(was_blocked)

    def ticked_numbers(self) -> list[int]:
        """Return the numbers of the lines that are ticked."""
        rows = range(self.count())
        return [n for n in rows if self.item(n).checkState() is Qt.CheckState.Checked]

    def tick(self, number: int, *, on: bool) -> None:
        """Tick a line, or take the tick away."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.item(number).setCheckState(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the dialog's button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)
