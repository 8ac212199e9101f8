"""What every chart is: figures one can walk through by keyboard, read in words, and narrow by."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.abstract import check_complete
from ledger.ui.charts.legend import Legend
from ledger.ui.charts.table import Table

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
EITHER_PAIR = SIDEWAYS | {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}  # of arrows


class Chart(QWidget):
    """A chart of points: days, bars, rows or cells.

    A class that is a base of charts and no chart itself says `is_base = True`. Every other one is
    refused where it is written while it leaves an abstract method open.
    `steps` says how many points each key moves on.

    Signals:
        pointed(str): the figures under the keyboard or the pointer, in words; "" for none.
        chosen(DrillDown): the person wants to see only what this point is made of.
        listed(DrillDown): the person wants to see the interactions it is made of, one by one.
        focused(bool): the keyboard came or went.
    """

    is_base: ClassVar[bool] = True
    steps: ClassVar[Mapping[Qt.Key, int]] = SIDEWAYS
    pointed = Signal(str)
    chosen = Signal(object)
    listed = Signal(object)
    focused = Signal(bool)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "is_base" not in vars(cls):
            check_complete(cls)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.position: int | None = None
        self.anchor: int | None = None  # where a stretch begins that ends at `position`
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._on_theme_changed)

    @abstractmethod
    def points(self) -> int:
        """Return how many points there are to walk through."""

    @abstractmethod
    def reading(self, position: int) -> str:
        """Return the figures of a point in words."""

    @abstractmethod
    def choice(self, position: int) -> DrillDown | None:
        """Return what a click on a point narrows to, None for nothing."""

    def choice_between(self, first: int, last: int) -> DrillDown | None:
        """Return what a stretch of points narrows to; None where points are not in a row."""
        return None

    def stretch_reading(self, first: int, last: int) -> str:
        """Return what a stretch of points is, in words."""
        return f"{self.reading(first)} – {self.reading(last)}"

    @abstractmethod
    def table(self) -> Table:
        """Return the same figures as a table."""

    def lay_out(self, legend: Legend, plot: QWidget | None = None) -> None:
        """Stand a legend above a plot, or, without one, above what the chart itself paints."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space.xs)
        layout.addWidget(legend)
        if plot is None:
            layout.addStretch(1)
        else:
            layout.addWidget(plot, 1)

    def recolour(self) -> None:
        """Take on the colours and type of the theme in use."""
        self.update()

    def show_mark(self) -> None:
        """Draw where `position` stands."""
        self.update()

    def point_to(self, position: int | None, *, stretching: bool = False) -> None:
        """Mark a point, the nearest there is, and say its figures; or stretch to it from here."""
        last = self.points() - 1
        if position is not None:
            position = min(max(position, 0), last) if last >= 0 else None
        anchor = self._anchor_for(position) if stretching else None
        if (position, anchor) == (self.position, self.anchor):
            return
        self.position, self.anchor = position, anchor
        self.show_mark()
        description = self._description()
        self.setAccessibleDescription(description)
        self.pointed.emit(description)

    def _anchor_for(self, position: int | None) -> int | None:
        """Return where a stretch to a position begins; None where charts have no stretches."""
        start = self.anchor if self.anchor is not None else self.position
        if start is None or position is None or self.choice_between(start, start) is None:
            return None
        return start

    def _description(self) -> str:
        if self.position is None:
            return ""
        ends = self.stretch()
        return self.reading(self.position) if ends is None else self.stretch_reading(*ends)

    def stretch(self) -> tuple[int, int] | None:
        """Return the first and last point of the stretch that is marked."""
        if self.position is None or self.anchor is None:
            return None
        return min(self.position, self.anchor), max(self.position, self.anchor)

    def chosen_now(self) -> DrillDown | None:
        """Return what the marked point or stretch narrows to."""
        ends = self.stretch()
        if ends is not None:
            return self.choice_between(*ends)
        return None if self.position is None else self.choice(self.position)

    def choose(self, position: int | None, *, listing: bool = False) -> None:
        """Narrow to a point, or list what it is made of."""
        self._emit(self.choice(position) if position is not None else None, listing=listing)

    def choose_marked(self, *, listing: bool = False) -> None:
        """Narrow to the marked point or stretch, or list what it is made of."""
        self._emit(self.chosen_now(), listing=listing)

    def _emit(self, choice: DrillDown | None, *, listing: bool) -> None:
        if choice is not None:
            (self.listed if listing else self.chosen).emit(choice)

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
        move = self.steps.get(key)
        if not move:
            return None
        return last if self.position is None else self.position + move

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, stretch with Shift, narrow with Enter, let go with Escape.

        Ctrl+Enter lists the interactions behind a point.
        """
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        target = self._jump(key)
        if target is not None and self.points():
            shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self.point_to(target, stretching=shift)
        elif key in ENTER and self.position is not None:
            self.choose_marked(listing=bool(modifiers & Qt.KeyboardModifier.ControlModifier))
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
