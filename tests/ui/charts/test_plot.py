"""What lies on a plot."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from ledger.ui.charts.axes import ValueAxis
from ledger.ui.charts.plot import Band, DayPlot, numbers, runs


def test_nothing_is_nan():
    assert np.isnan(numbers([None])[0])
    assert numbers([1.5])[0] == 1.5


def test_runs_are_the_unbroken_stretches():
    known = np.array([True, True, False, True, False])
    assert runs(known) == [slice(0, 2), slice(3, 4)]
    assert runs(np.array([], dtype=bool)) == []


def test_a_band_is_as_high_as_its_values(qapp):
    band = Band()
    assert band.boundingRect().isNull()
    band.show_values(np.array([1.0, 2, 3]), np.array([1, np.nan, 2]), np.array([4, 9, 5.0]))
    assert band.boundingRect().top() == 1
    assert band.boundingRect().bottom() == 5


@pytest.fixture
def plot(qtbot):
    made = DayPlot()
    made.add(ValueAxis(str), last=True)
    made.show_days(100, 150)
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


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
    "held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier]
)
def test_the_wheel_belongs_to_the_page_unless_ctrl_is_held(plot, held):
    centre = QPointF(plot.rect().center())
    event = QWheelEvent(
        centre, centre, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = plot.plots[0].viewRange()[0]
    plot.wheelEvent(event)
    zoomed = plot.plots[0].viewRange()[0] != before
    assert zoomed == (held is Qt.KeyboardModifier.ControlModifier)
    assert event.isAccepted() == zoomed
