"""One plot: a view with a left and a bottom axis, and nothing else.

pyqtgraph's own PlotItem brings forty hidden widgets, menus and buttons that no chart here shows.
"""

from typing import Any

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QSizePolicy


class BarePlot(pg.GraphicsWidget):
    """Items go into `vb`, its view; the axes follow it."""

    def __init__(self, left: pg.AxisItem, bottom: pg.AxisItem, box: pg.ViewBox) -> None:
        super().__init__()
        self.vb, self.left, self.bottom = box, left, bottom
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        grid = QGraphicsGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addItem(left, 0, 0)
        grid.addItem(box, 0, 1)
        grid.addItem(bottom, 1, 1)
        grid.setRowStretchFactor(0, 1)
        grid.setColumnStretchFactor(1, 1)
        self.setLayout(grid)
        for axis in (left, bottom):
            axis.linkToView(box)
        box.setDefaultPadding(0)

    def add(self, item: Any) -> None:
        """Lay an item into the view; the view never moves to show it."""
        self.vb.addItem(item, ignoreBounds=True)

    def remove(self, item: Any) -> None:
        """Take an item out of the view."""
        self.vb.removeItem(item)

    def setXRange(self, low: float, high: float, padding: float = 0) -> None:
        """Show this stretch of the bottom axis."""
        self.vb.setXRange(low, high, padding=padding)

    def setYRange(self, low: float, high: float, padding: float = 0) -> None:
        """Show this stretch of the left axis."""
        self.vb.setYRange(low, high, padding=padding)

    def viewRange(self) -> list[list[float]]:
        """Return what both axes show."""
        shown: list[list[float]] = self.vb.viewRange()
        return shown
