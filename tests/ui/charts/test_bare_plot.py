"""One plot and nothing else."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from ledger.ui.charts.axes import ValueAxis
from ledger.ui.charts.plot import Band, DayPlot


@pytest.fixture
def plots(qtbot):
    plot = DayPlot()
    for last in (False, True):
        plot.add(ValueAxis(str), last=last)
    plot.show_days(0, 100)
    qtbot.addWidget(plot)
    plot.resize(600, 300)
    plot.show()
    return plot


def test_the_axes_follow_the_view(plots):
    first = plots.plots[0]
    first.setYRange(0, 8)
    first.setXRange(20, 40)
    assert first.left.range == pytest.approx([0, 8])
    assert first.bottom.range == pytest.approx([20, 40])
    assert first.viewRange()[0] == pytest.approx([20, 40])


def test_plots_above_each_other_show_the_same_days(plots):
    plots.plots[0].setXRange(20, 40)
    boxes = [plot.vb.sceneBoundingRect() for plot in plots.plots]
    assert plots.plots[1].viewRange()[0] == pytest.approx([20, 40])
    assert boxes[0].left() == pytest.approx(boxes[1].left())
    assert boxes[0].width() == pytest.approx(boxes[1].width())
    assert boxes[0].bottom() <= boxes[1].top()


def test_only_the_last_plot_carries_the_days(plots):
    assert [plot.bottom.isVisible() for plot in plots.plots] == [False, True]
    assert plots.plots[0].bottom.height() == 0


def test_an_item_comes_and_goes_and_the_view_stays(plots):
    item, first = Band(), plots.plots[0]
    before = first.viewRange()
    first.add(item)
    assert item.getViewBox() is first.vb
    first.remove(item)
    assert item.getViewBox() is None
    assert first.viewRange() == before


def test_no_hidden_menus_are_made(qtbot):
    before = sum(isinstance(widget, QMenu) for widget in QApplication.allWidgets())
    plot = DayPlot()
    plot.add(ValueAxis(str), last=True)
    qtbot.addWidget(plot)
    after = sum(isinstance(widget, QMenu) for widget in QApplication.allWidgets())
    assert after == before
