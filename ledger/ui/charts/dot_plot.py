"""A plot of many dots, with the nearest one under the pointer."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.legend import Mark
from ledger.ui.charts.plot import Numbers, Plots
from ledger.ui.colours import qcolour

SIZE = 9.0  # pixels of a dot
REACH = 14.0  # pixels from the pointer within which a dot is meant
MARGIN = 0.06  # of the width, left free at either side
NARROWEST = 0.6  # decades: an axis of one size only still reaches to either side of it
CLOSEST = 0.2  # decades one can zoom in to
SEE_THROUGH = 0.55
SYMBOLS = {Mark.POINT: "o", Mark.SQUARE: "s", Mark.TRIANGLE: "t1", Mark.DIAMOND: "d"}


class Dots(NamedTuple):
    """Dots of one shape, filled or hollow."""

    x: Numbers
    y: Numbers
    shape: Mark
    filled: bool


class DotPlot(Plots):
    """Draws dots; they are numbered in the order they were given in.

    Signals:
        hovered(int | None): the dot under the pointer.
        clicked(int, bool): the dot that was clicked, and whether Ctrl was held.
    """

    hovered = Signal(object)
    clicked = Signal(int, bool)

    def __init__(
        self, bottom: pg.AxisItem, left: pg.AxisItem, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._x: Numbers = np.empty(0)
        self._y: Numbers = np.empty(0)
        self._plot = self.put(left, bottom, pg.ViewBox(enableMenu=False))
        self._plot.vb.setMouseEnabled(x=True, y=False)
        self._items: list[pg.ScatterPlotItem] = []
        self._ring = pg.ScatterPlotItem(size=SIZE + 7, brush=None)
        self._ring.setZValue(20)
        self._plot.add(self._ring)
        self.scene().sigMouseMoved.connect(lambda place: self.hovered.emit(self.nearest(place)))
        self.scene().sigMouseClicked.connect(self._on_clicked)

    def show_dots(self, x: Numbers, y: Numbers, groups: Sequence[Dots], colour: str) -> None:
        """Show other dots; `groups` are the same ones by how they look."""
        self._x, self._y = x, y
        for item in self._items:
            self._plot.remove(item)
        self._items = [_drawn(group, colour) for group in groups if len(group.x)]
        for item in self._items:
            self._plot.add(item)

    def show_range(self, first: float, last: float, low: float, high: float) -> None:
        """Show a stretch of the axes, which is also as far as one can pan."""
        middle, width = (first + last) / 2, max(last - first, NARROWEST) * (1 + 2 * MARGIN)
        first, last = middle - width / 2, middle + width / 2
        box = self._plot.vb
        box.setLimits(xMin=first, xMax=last, minXRange=CLOSEST, maxXRange=width)
        box.setXRange(first, last, padding=0)
        box.setYRange(low, high, padding=0)

    def recolour(self) -> None:
        """Take on the theme in use."""
        super().recolour()
        self._ring.setPen(pen(theme.colours().text, 2))

    def mark(self, place: QPointF | None) -> None:
        """Draw a ring around a place of the plot, or none."""
        self._ring.setData(*(([], []) if place is None else ([place.x()], [place.y()])))

    def nearest(self, place: QPointF) -> int | None:
        """Return the dot at a place of the scene, None when none is near."""
        box = self._plot.vb
        if not len(self._x) or not box.sceneBoundingRect().contains(place):
            return None
        at, (wide, high) = box.mapSceneToView(place), box.viewPixelSize()
        away = np.hypot((self._x - at.x()) / wide, (self._y - at.y()) / high)
        nearest = int(away.argmin())
        return nearest if away[nearest] <= REACH else None

    def _on_clicked(self, event: Any) -> None:
        dot = self.nearest(event.scenePos())
        if dot is not None:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.clicked.emit(dot, bool(control))

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of the dot when the pointer leaves."""
        self.hovered.emit(None)
        super().leaveEvent(event)


def _drawn(dots: Dots, colour: str) -> pg.ScatterPlotItem:
    ground = theme.colours().surface
    return pg.ScatterPlotItem(
        x=dots.x,
        y=dots.y,
        symbol=SYMBOLS[dots.shape],
        size=SIZE,
        pen=pen(ground if dots.filled else colour, 1.0 if dots.filled else 1.5),
        brush=qcolour(colour, SEE_THROUGH) if dots.filled else None,
        pxMode=True,
    )
