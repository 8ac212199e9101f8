"""The door to pyqtgraph: plots that share a day axis, and the marks that lie on them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QWidget

from ledger.ui import theme
from ledger.ui.charts.axes import DateAxis, ValueAxis, style_axis
from ledger.ui.charts.bare_plot import BarePlot
from ledger.ui.charts.ink import fill, pen

GRID_HEIGHT = -1000  # beneath everything that is drawn
Numbers = npt.NDArray[np.float64]


def numbers(values: Sequence[float | None]) -> Numbers:
    """Return values as floats, NaN where there is none."""
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


class Band(pg.GraphicsObject):
    """An area between two lines, broken where either of them is."""

    def __init__(self) -> None:
        super().__init__()
        self._x: Numbers = np.empty(0)
        self._low: Numbers = np.empty(0)
        self._high: Numbers = np.empty(0)
        self._runs: list[slice] = []
        self._bounds = QRectF()
        self.brush = QBrush()

    def show_values(self, x: Numbers, low: Numbers, high: Numbers) -> None:
        """Show another area; NaN breaks it."""
        self.prepareGeometryChange()
        finite = np.isfinite(low) & np.isfinite(high)
        self._x, self._low, self._high = x, low, high
        self._runs = runs(finite)
        self._bounds = QRectF()
        if finite.any():
            bottom, top = float(low[finite].min()), float(high[finite].max())
            left, right = float(x[finite][0]), float(x[finite][-1])
            self._bounds = QRectF(left - 0.5, bottom, right - left + 1, max(top - bottom, 1e-9))
        self.informViewBoundsChanged()
        self.update()

    def show_stretch(self, ends: tuple[float, float] | None, top: float) -> None:
        """Reach from one day to another and up to `top`, or nowhere."""
        x = np.array(ends or (), dtype=np.float64)
        self.show_values(x, np.zeros(len(x)), np.full(len(x), top))

    def boundingRect(self) -> QRectF:
        """Return the area in days and values."""
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        """Fill each unbroken stretch; a single day is half a day wide to either side."""
        for run in self._runs:
            x, low, high = self._x[run], self._low[run], self._high[run]
            if len(x) == 1:
                x, low, high = np.array([x[0] - 0.5, x[0] + 0.5]), low.repeat(2), high.repeat(2)
            around_x = np.concatenate([x, x[::-1]])
            around_y = np.concatenate([high, low[::-1]])
            fill(painter, pg.functions.arrayToQPolygonF(around_x, around_y), self.brush)


class Patterns(pg.GraphicsObject):
    """A pattern over boxes, drawn at its own scale."""

    def __init__(self, boxes: list[QRectF], brush: QBrush) -> None:
        super().__init__()
        self._boxes, self._brush = boxes, brush
        self._bounds = QRectF()
        for box in boxes:
            self._bounds = self._bounds.united(box)

    def boundingRect(self) -> QRectF:
        """Return the area in days and values."""
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        """Lay the pattern over every box."""
        for box in self._boxes:
            fill(painter, QPolygonF(box), self._brush)


def runs(mask: npt.NDArray[np.bool_]) -> list[slice]:
    """Return the unbroken stretches of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    pairs = edges.reshape(-1, 2)
    return [slice(int(a), int(b)) for a, b in pairs]


class Plots(pg.GraphicsLayoutWidget):
    """Plots above each other in the theme's colours; wheel for the page, Ctrl+wheel zooms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ci.layout.setContentsMargins(0, 4, 8, 0)
        self.ci.layout.setVerticalSpacing(6)
        self.plots: list[BarePlot] = []

    def put(self, left: pg.AxisItem, bottom: pg.AxisItem, box: pg.ViewBox) -> BarePlot:
        """Add a plot beneath the others."""
        plot = BarePlot(left, bottom, box)
        self.addItem(plot, row=len(self.plots), col=0)
        left.setZValue(GRID_HEIGHT)
        self.plots.append(plot)
        return plot

    def recolour(self) -> None:
        """Take on the theme in use."""
        self.setBackground(theme.colours().surface)
        for plot in self.plots:
            style_axis(plot.left)
            style_axis(plot.bottom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless Ctrl is held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()


class BrushBox(pg.ViewBox):
    """A view of days: a drag chooses some; with Shift, or another button, it moves the plot.

    Signals:
        dragged(float, float, bool): from where to where on the x axis, and whether it has ended.
    """

    dragged = Signal(float, float, bool)

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Tell of a plain drag, and leave every other one to pyqtgraph."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() is not Qt.MouseButton.LeftButton or shift:
            super().mouseDragEvent(event, axis)
            return
        event.accept()
        start = self.mapToView(event.buttonDownPos()).x()
        self.dragged.emit(start, self.mapToView(event.pos()).x(), event.isFinish())


class DayPlot(Plots):
    """Plots that share one axis of days.

    Signals:
        hovered(float): the day under the pointer; NaN when it has left.
        clicked(float, bool): the day that was clicked, and whether Ctrl was held.
        dragged(float, float, bool): a drag from a day to a day, and whether it has ended.
    """

    hovered = Signal(float)
    clicked = Signal(float, bool)
    dragged = Signal(float, float, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dragging = False
        self.scene().sigMouseMoved.connect(self._on_moved)
        self.scene().sigMouseClicked.connect(self._on_clicked)

    def add(self, left: ValueAxis, *, last: bool) -> BarePlot:
        """Add a plot beneath the others; the last one carries the days."""
        box = BrushBox(enableMenu=False)
        box.dragged.connect(self._on_dragged)
        plot = self.put(left, DateAxis(), box)
        box.setMouseEnabled(x=True, y=False)
        plot.bottom.setVisible(last)
        if not last:
            plot.bottom.setMaximumHeight(0)
        if len(self.plots) > 1:
            box.setXLink(self.plots[0].vb)
        return plot

    def show_days(self, first: float, last: float) -> None:
        """Show a stretch of days, which is also as far as one can pan."""
        span = max(last - first, 1.0)
        for plot in self.plots:
            plot.vb.setLimits(xMin=first, xMax=last, minXRange=min(7.0, span), maxXRange=span)
        self.plots[0].setXRange(first, last, padding=0)

    def day_at(self, place: QPointF) -> float:
        """Return the day at a place in the scene, NaN outside of the plots."""
        for plot in self.plots:
            if plot.vb.sceneBoundingRect().contains(place):
                return float(plot.vb.mapSceneToView(place).x())
        return float("nan")

    def _on_moved(self, place: QPointF) -> None:
        if not self._dragging:
            self.hovered.emit(self.day_at(place))

    def _on_clicked(self, event: Any) -> None:
        day = self.day_at(event.scenePos())
        if not np.isnan(day):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.clicked.emit(day, bool(control))

    def _on_dragged(self, start: float, end: float, ended: bool) -> None:
        self._dragging = not ended
        self.dragged.emit(start, end, ended)

    def leaveEvent(self, event: object) -> None:
        """Let go of the day when the pointer leaves."""
        self.hovered.emit(float("nan"))
        super().leaveEvent(event)


def cursor_line() -> pg.InfiniteLine:
    """Return the upright line under the pointer, not yet shown."""
    line = pg.InfiniteLine(angle=90, movable=False)
    line.setZValue(20)
    line.hide()
    return line


def recolour_cursor(line: pg.InfiniteLine) -> None:
    """Give the upright line the colour of the theme in use."""
    line.setPen(pen(theme.colours().cursor))
