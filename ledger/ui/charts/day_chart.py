"""A chart over days: pointer, click and drag on its plot find the point they mean."""

import numpy as np
from PySide6.QtCore import Qt

from ledger.ui.charts.chart import Chart
from ledger.ui.charts.plot import DayPlot


class DayChart(Chart):
    """Connects a DayPlot to the walk through the points; subclasses say which day is which."""

    def position_of(self, ordinal: float) -> int:
        """Return the point of a day, which may lie before the first or after the last."""
        raise NotImplementedError

    def follow(self, plot: DayPlot) -> None:
        """Answer the pointer on a plot."""
        plot.hovered.connect(lambda x: self.point_to(self._found(x)))
        plot.clicked.connect(self._on_clicked)
        plot.dragged.connect(self._on_dragged)

    def _found(self, ordinal: float) -> int | None:
        if np.isnan(ordinal) or not self.points():
            return None
        return self.position_of(ordinal)

    def _on_clicked(self, ordinal: float, listing: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.point_to(self._found(ordinal))
        self.choose_marked(listing=listing)

    def _on_dragged(self, start: float, end: float, ended: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.anchor is None:
            self.point_to(self._found(start))
        self.point_to(self._found(end), stretching=True)
        if ended:
            self.choose_marked()
            self.point_to(self.position)  # the next drag begins anew
