"""What lies on a plot, and dragging over it."""

from types import SimpleNamespace

import numpy as np
import pytest
from pyqtgraph import Point
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from ledger.ui.charts.axes import ValueAxis
from ledger.ui.charts.plot import Band, DayPlot, numbers, runs

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def test_nothing_is_nan():
    assert np.isnan(numbers([None])[0])
    assert numbers([1.5])[0] == 1.5


def test_runs_are_the_unbroken_stretches():
    mask = np.array([True, True, False, True, False])
    assert runs(mask) == [slice(0, 2), slice(3, 4)]
    assert runs(np.array([], dtype=bool)) == []


def test_a_band_is_as_high_as_its_values(qapp):
    band = Band()
    assert band.boundingRect().isNull()
    band.show_values(np.array([1.0, 2, 3]), np.array([1, np.nan, 2]), np.array([4, 9, 5.0]))
    assert band.boundingRect().top() == 1
    assert band.boundingRect().bottom() == 5


def test_a_stretch_reaches_from_day_to_day_or_nowhere(qapp):
    band = Band()
    band.show_stretch((10.0, 14.0), 3.0)
    area = band.boundingRect()
    assert (area.center().x(), area.top(), area.bottom()) == (12, 0, 3)
    band.show_stretch(None, 3.0)
    assert band.boundingRect().isNull()


@pytest.fixture
def plot(qtbot):
    widget = DayPlot()
    widget.add(ValueAxis(str), last=True)
    widget.show_days(100, 150)
    qtbot.addWidget(widget)
    widget.resize(600, 200)
    widget.show()
    return widget


def test_one_can_not_pan_beyond_the_days(plot):
    plot.plots[0].setXRange(0, 1000, padding=0)
    low, high = plot.plots[0].viewRange()[0]
    assert low >= 100
    assert high <= 150


def test_a_place_is_a_day_and_outside_is_none(plot):
    box = plot.plots[0].vb.sceneBoundingRect()
    assert plot.day_at(box.center()) == pytest.approx(125, abs=1)
    assert np.isnan(plot.day_at(QPointF(-5, -5)))


@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]
)
def test_the_wheel_belongs_to_the_page_unless_ctrl_is_held(plot, modifier):
    centre = QPointF(plot.rect().center())
    event = QWheelEvent(
        centre, centre, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, modifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = plot.plots[0].viewRange()[0]
    plot.wheelEvent(event)
    has_zoomed = plot.plots[0].viewRange()[0] != before
    assert has_zoomed == (modifier is Qt.KeyboardModifier.ControlModifier)
    assert event.isAccepted() == has_zoomed


@pytest.fixture
def zoomed(qtbot):
    """Return a plot that shows fewer days than it has."""
    widget = DayPlot()
    widget.add(ValueAxis(str), last=True)
    widget.show_days(100, 200)
    widget.plots[0].setXRange(120, 140, padding=0)
    qtbot.addWidget(widget)
    widget.resize(600, 200)
    widget.show()
    return widget


def drag(plot, ended=True, button=LEFT, modifier=NONE):
    """Drag from 125 to 135."""
    box = plot.plots[0].vb
    start, end = (Point(box.mapFromView(QPointF(x, 0.5))) for x in (125, 135))
    event = SimpleNamespace(
        button=lambda: button, modifiers=lambda: modifier, accept=lambda: None,
        buttonDownPos=lambda *_: start, pos=lambda: end, lastPos=lambda: start,
        isFinish=lambda: ended, isStart=lambda: True, screenPos=lambda: end,
        lastScreenPos=lambda: start, buttonDownScreenPos=lambda *_: start,
    )  # fmt: skip
    box.mouseDragEvent(event)


def test_a_drag_tells_both_ends(zoomed, qtbot):
    with qtbot.waitSignal(zoomed.dragged) as dragged:
        drag(zoomed)
    start, end, ended = dragged.args
    assert (start, end) == (pytest.approx(125, abs=0.2), pytest.approx(135, abs=0.2))
    assert ended


def test_a_drag_with_shift_moves_the_plot_instead(zoomed, qtbot):
    with qtbot.assertNotEmitted(zoomed.dragged):
        drag(zoomed, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert zoomed.plots[0].viewRange()[0][0] < 119


def test_a_plain_drag_does_not_move_the_plot(zoomed):
    drag(zoomed)
    assert zoomed.plots[0].viewRange()[0][0] == pytest.approx(120)


def test_while_one_drags_nothing_is_hovered(zoomed, qtbot):
    drag(zoomed, ended=False)
    place = zoomed.plots[0].vb.sceneBoundingRect().center()
    with qtbot.assertNotEmitted(zoomed.hovered):
        zoomed.scene().sigMouseMoved.emit(place)
    drag(zoomed, ended=True)
    with qtbot.waitSignal(zoomed.hovered):
        zoomed.scene().sigMouseMoved.emit(place)
