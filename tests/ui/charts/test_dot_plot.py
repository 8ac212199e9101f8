"""Many dots, and the one that is meant."""

import numpy as np
import pytest
from pyqtgraph import ScatterPlotItem
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication

from ledger.ui.charts.axes import SizeAxis, ValueAxis
from ledger.ui.charts.dot_plot import CLOSEST, DotPlot, Dots
from ledger.ui.charts.legend import Mark

X, Y = np.array([0.0, 1.0, 2.0]), np.array([0.1, 0.5, 0.9])


@pytest.fixture
def plot(qtbot):
    widget = DotPlot(SizeAxis(), ValueAxis(str))
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show()
    widget.show_dots(X, Y, [Dots(X, Y, Mark.POINT, filled=True)], "#0a6068")
    widget.show_range(0.0, 2.0, 0.0, 1.0)
    return widget


def scene_of(plot, at):
    """Return where a dot lies in the scene."""
    return plot.plots[0].vb.mapViewToScene(QPointF(X[at], Y[at]))


def dots_at(plot, place):
    """Return the scatters that have a dot at a place of the scene."""
    scatters = [item for item in plot.scene().items() if isinstance(item, ScatterPlotItem)]
    return [item for item in scatters if len(item.pointsAt(item.mapFromScene(place)))]


def test_the_nearest_dot_is_meant(plot):
    for at in range(3):
        assert plot.nearest(scene_of(plot, at) + QPointF(5, -4)) == at


def test_far_from_every_dot_none_is_meant(plot):
    assert plot.nearest(scene_of(plot, 1) + QPointF(40, 0)) is None
    assert plot.nearest(QPointF(-9, -9)) is None


def test_one_can_neither_pan_beyond_the_dots_nor_zoom_into_nothing(plot):
    box = plot.plots[0].vb
    box.setXRange(-50, 50, padding=0)
    low, high = box.viewRange()[0]
    assert low >= -0.5
    assert high <= 2.5
    box.setXRange(1.0, 1.0001, padding=0)
    low, high = box.viewRange()[0]
    assert high - low >= CLOSEST * 0.99


def test_a_mark_comes_and_goes(plot):
    before = plot.grab().toImage()
    plot.mark(QPointF(1, 0.5))
    assert plot.grab().toImage() != before
    plot.mark(None)
    assert plot.grab().toImage() == before


def test_other_dots_replace_the_first(plot):
    none = np.empty(0)
    drawn = [scene_of(plot, at) for at in range(3)]
    assert all(dots_at(plot, place) for place in drawn)
    plot.show_dots(none, none, [Dots(none, none, Mark.SQUARE, filled=False)], "#0a6068")
    assert not any(dots_at(plot, place) for place in drawn)
    assert plot.nearest(QPointF(100, 100)) is None


def test_the_pointer_leaving_lets_go(plot, qtbot):
    with qtbot.waitSignal(plot.hovered) as hovered:
        QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert hovered.args == [None]
