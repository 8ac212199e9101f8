"""Dragging over a plot."""

from types import SimpleNamespace

import pytest
from pyqtgraph import Point
from PySide6.QtCore import QPointF, Qt

from ledger.ui.charts.axes import ValueAxis
from ledger.ui.charts.plot import DayPlot

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def plot(qtbot):
    made = DayPlot()
    made.add(ValueAxis(str), last=True)
    made.show_days(100, 200)
    made.plots[0].setXRange(120, 140, padding=0)
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def drag(plot, ended=True, button=LEFT, held=NONE):
    """Drag from 125 to 135."""
    box = plot.plots[0].vb
    start, end = (Point(box.mapFromView(QPointF(x, 0.5))) for x in (125, 135))
    event = SimpleNamespace(
        button=lambda: button, modifiers=lambda: held, accept=lambda: None,
        buttonDownPos=lambda *_: start, pos=lambda: end, lastPos=lambda: start,
        isFinish=lambda: ended, isStart=lambda: True, screenPos=lambda: end,
        lastScreenPos=lambda: start, buttonDownScreenPos=lambda *_: start,
    )  # fmt: skip
    box.mouseDragEvent(event)


def test_a_drag_tells_both_ends(plot, qtbot):
    with qtbot.waitSignal(plot.dragged) as dragged:
        drag(plot)
    start, end, ended = dragged.args
    assert (start, end) == (pytest.approx(125, abs=0.2), pytest.approx(135, abs=0.2))
    assert ended


def test_a_drag_with_shift_moves_the_plot_instead(plot, qtbot):
    with qtbot.assertNotEmitted(plot.dragged):
        drag(plot, held=Qt.KeyboardModifier.ShiftModifier)
    assert plot.plots[0].viewRange()[0][0] < 119


def test_a_plain_drag_does_not_move_the_plot(plot):
    drag(plot)
    assert plot.plots[0].viewRange()[0][0] == pytest.approx(120)


def test_while_one_drags_nothing_is_hovered(plot, qtbot):
    drag(plot, ended=False)
    place = plot.plots[0].vb.sceneBoundingRect().center()
    with qtbot.assertNotEmitted(plot.hovered):
        plot.scene().sigMouseMoved.emit(place)
    drag(plot, ended=True)
    with qtbot.waitSignal(plot.hovered):
        plot.scene().sigMouseMoved.emit(place)
