"""Scales of charts painted by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from ledger.ui.charts.scales import (
    LogScale,
    height_of,
    log_scale,
    paint_reference_line,
    paint_sizes,
    paint_values,
    plot_area,
    reach,
)

AREA = QRectF(50, 10, 700, 200)
SIZE = st.floats(1e-4, 1e5)


@settings(max_examples=40)
@given(st.lists(SIZE, min_size=1, max_size=8), st.floats(60, 3000))
def test_every_size_stands_inside_and_larger_ones_further_right(sizes, width):
    scale = log_scale(sizes, QRectF(50, 10, width, 100))
    places = [scale.x(size) for size in sorted(sizes)]
    assert places == sorted(places)
    assert all(50 <= x <= 50 + width + 1e-6 for x in places)


@settings(max_examples=40)
@given(SIZE, st.floats(1.3, 1e6), st.floats(100, 3000))
def test_named_sizes_are_round_and_lie_on_the_scale(low, factor, width):
    for value in LogScale(low, low * factor, 0, width).ticks():
        assert f"{value:.0e}"[0] in "125"
        assert low * 0.99 <= value <= low * factor * 1.01


def test_what_lies_outside_stands_at_the_end():
    scale = LogScale(1.0, 10.0, 0.0, 100.0)
    assert (scale.x(0.001), scale.x(999.0)) == (0.0, 100.0)
    assert scale.x(10**0.5) == pytest.approx(50.0)


def test_one_size_stands_in_the_middle():
    assert log_scale([2.0, 2.0], AREA).x(2.0) == pytest.approx(AREA.center().x())
    assert log_scale([], AREA).ticks()


@pytest.mark.parametrize(
    ("estimates", "spread", "expected"),
    [(4.0, 9.0, 9.0), (4.0, 90.0, 12.0), (4.0, 1.0, 4.0), (0.0, 90.0, 90.0), (0.0, 0.0, 0.0)],
)
def test_a_scale_reaches_above_every_estimate_and_above_what_is_not_wild(
    estimates, spread, expected
):
    assert reach(estimates, spread, 3.0) == expected


def test_nothing_stands_at_the_foot_and_the_top_above():
    assert height_of(0.0, 4.0, AREA) == AREA.bottom()
    assert height_of(4.0, 4.0, AREA) == AREA.top()
    assert height_of(99.0, 4.0, AREA) == AREA.top()


def test_an_area_is_never_turned_inside_out():
    area = plot_area(10, 10, 200)
    assert area.width() > 0
    assert area.height() > 0


def test_axes_and_reference_lines_are_drawn(qapp):
    image = QImage(800, 300, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_sizes(painter, log_scale([0.1, 10.0], AREA), AREA)
    below = image.copy(0, 212, 800, 80)
    paint_values(painter, [0.0, 1.0], 1.0, AREA, str)
    beside = image.copy(0, 0, 48, 230)
    paint_reference_line(painter, 740, AREA, "words that find no room at the right end")
    painter.end()
    blank = QImage(800, 300, QImage.Format.Format_RGB32)
    blank.fill(0)
    assert below != blank.copy(0, 212, 800, 80)
    assert beside != blank.copy(0, 0, 48, 230)
    assert image.copy(755, 0, 45, 10) == blank.copy(755, 0, 45, 10)
