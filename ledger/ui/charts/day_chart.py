"""Charts over days: a legend above plots of one axis, on which the pointer finds a point."""

from abc import abstractmethod
from datetime import date

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ledger.ui.charts.chart import Chart
from ledger.ui.charts.legend import Entry, Legend
from ledger.ui.charts.plot import DayPlot

LEAST_DAYS = 13  # an axis shorter than two weeks would blow a day up
HALF_DAY = 0.5


class DayChart(Chart):
    """Lays a DayPlot out and answers its pointer; subclasses say which day is which point."""

    is_base = True

    def __init__(
        self, name: str, legend: tuple[Entry, ...], height: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.plot, self.legend = DayPlot(), Legend(legend)
        self.lay_out(self.legend, self.plot)
        self.setFixedHeight(height)
        self.plot.hovered.connect(self._on_hovered)
        self.plot.clicked.connect(self._on_clicked)
        self.plot.dragged.connect(self._on_dragged)

    @abstractmethod
    def position_of(self, ordinal: float) -> int:
        """Return the point of a day, which may lie before the first or after the last."""

    def show_days(self, first: date, last: date) -> None:
        """Show the days between two, and some before them where they are few."""
        start, end = first.toordinal(), last.toordinal()
        self.plot.show_days(min(start, end - LEAST_DAYS) - HALF_DAY, end + HALF_DAY)

    def _position(self, ordinal: float) -> int | None:
        if np.isnan(ordinal) or not self.points():
            return None
        return self.position_of(ordinal)

    def _on_hovered(self, ordinal: float) -> None:
        self.point_to(self._position(ordinal))

    def _on_clicked(self, ordinal: float, listing: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.point_to(self._position(ordinal))
        self.choose_marked(listing=listing)

    def _on_dragged(self, start: float, end: float, ended: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.anchor is None:
            self.point_to(self._position(start))
        self.point_to(self._position(end), stretching=True)
        if ended:
            self.choose_marked()
            self.point_to(self.position)  # the next drag begins anew
