"""What every chart is: figures one can walk through by keyboard, read in words, and narrow by."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger.flows.charting import Choice
from ledger.ui import theme
from ledger.ui.charts.table import Table

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Chart(QWidget):
    """A chart of points: days, bars, rows or cells.

    Signals:
        pointed(str): the figures under the keyboard or the pointer, in words; "" for none.
        chosen(Choice): the person wants to see only what this point is made of.
        focused(bool): the keyboard came or went.
    """

    pointed = Signal(str)
    chosen = Signal(object)
    focused = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.position: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._on_theme_changed)

    def points(self) -> int:
        """Return how many points there are to walk through."""
        raise NotImplementedError

    def reading(self, position: int) -> str:
        """Return the figures of a point in words."""
        raise NotImplementedError

    def choice(self, position: int) -> Choice | None:
        """Return what a click on a point narrows to, None for nothing."""
        raise NotImplementedError

    def table(self) -> Table:
        """Return the same figures as a table."""
        raise NotImplementedError

    def recolour(self) -> None:
        """Take on the colours and type of the theme in use."""
        self.update()

    def show_mark(self) -> None:
        """Draw where `position` stands."""
        self.update()

    def step(self, key: Qt.Key) -> int:
        """Return how far a key moves, 0 for not at all."""
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)

    def point_to(self, position: int | None) -> None:
        """Mark a point, the nearest there is, and say its figures."""
        last = self.points() - 1
        if position is not None:
            position = min(max(position, 0), last) if last >= 0 else None
        if position == self.position:
            return
        self.position = position
        self.show_mark()
        words = self.reading(position) if position is not None else ""
        self.setAccessibleDescription(words)
        self.pointed.emit(words)

    def choose(self, position: int | None) -> None:
        """Narrow to a point."""
        choice = self.choice(position) if position is not None else None
        if choice is not None:
            self.chosen.emit(choice)

    def forget_position(self) -> None:
        """Stand nowhere, because other figures are shown now."""
        self.point_to(None)

    def _on_theme_changed(self, _theme: object) -> None:
        self.recolour()

    def _jump(self, key: Qt.Key) -> int | None:
        """Return where a key leads to, None when it is not about walking."""
        last = self.points() - 1
        if key == Qt.Key.Key_Home:
            return 0
        if key == Qt.Key.Key_End:
            return last
        move = self.step(key)
        if not move:
            return None
        return last if self.position is None else self.position + move

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, narrow with Enter, let go with Escape."""
        key = Qt.Key(event.key())
        target = self._jump(key)
        if target is not None and self.points():
            self.point_to(target)
        elif key in ENTER and self.position is not None:
            self.choose(self.position)
        elif key == Qt.Key.Key_Escape and self.position is not None:
            self.point_to(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard came."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard went."""
        super().focusOutEvent(event)
        self.focused.emit(False)
