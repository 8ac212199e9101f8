"""Axes that read like a calendar and a ruler: “5 Oct”, “Oct”, “2026”; 0, 2, 4."""

from collections.abc import Callable
from datetime import date
from math import log10

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from ledger.core.formatting import day, tokens
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.scales import LogScale
from ledger.ui.colours import qcolour
from ledger.ui.formatting import ticks
from ledger.ui.theme import Type

LEFT_WIDTH = 48
HALF_LINE = 10
LABEL_ROOM = 76  # pixels a date needs beside the next one
MONTH_ROOM = 46
VALUE_ROOM = 32  # pixels between two values on the left axis
DAYS_A_MONTH = 30.44
DAY_STEPS = (1, 2, 7, 14)
MONTH_STEPS = (1, 2, 3, 6)


def days_marked(first: int, last: int, pixels: float) -> tuple[list[int], bool]:
    """Return the ordinals of the days to name between two, and whether they name months.

    Weeks begin on Monday. There are no more of them than `pixels` have room for.
    """
    most = max(pixels / LABEL_ROOM, 1)
    for step in DAY_STEPS:
        if (last - first) / step <= most:
            start = first + (-first + 1) % step  # ordinal 1 was a Monday
            return list(range(start, last + 1, step)), False
    return _months_marked(first, last, max(pixels / MONTH_ROOM, 1)), True


def _months_marked(first: int, last: int, most: float) -> list[int]:
    months = (last - first) / DAYS_A_MONTH
    step = next((n for n in MONTH_STEPS if months / n <= most), 12)
    while months / step > most:
        step *= 2
    start, end = date.fromordinal(max(first, 1)), date.fromordinal(max(last, 1))
    counts = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    months_named = (date(month // 12, month % 12 + 1, 1) for month in counts if month % step == 0)
    ordinals = (month.toordinal() for month in months_named)
    return [ordinal for ordinal in ordinals if first <= ordinal <= last]


def month_name(ordinal: int) -> str:
    """Return “Oct”, and the year in place of January."""
    value = date.fromordinal(ordinal)
    return str(value.year) if value.month == 1 else f"{value:%b}"


class DateAxis(pg.AxisItem):
    """A bottom axis over days (`date.toordinal`)."""

    def __init__(self) -> None:
        super().__init__("bottom", maxTickLength=0)
        self.names_months = False

    def tickValues(self, low: float, high: float, pixels: float) -> list[tuple[float, list[int]]]:
        """Return one level of days that have room."""
        first, last = int(low) + 1, int(high)
        values, self.names_months = days_marked(first, max(last, first), pixels)
        return [(1.0, values)]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Return the days in words."""
        if self.names_months:
            return [month_name(int(value)) for value in values]
        return [day(date.fromordinal(int(value))) for value in values]


class SizeAxis(pg.AxisItem):
    """A bottom axis of sizes, given as powers of ten of MTE: “10 k”, “1 M”, “10 M”."""

    def __init__(self) -> None:
        super().__init__("bottom", maxTickLength=0)

    def tickValues(self, low: float, high: float, pixels: float) -> list[tuple[float, list[float]]]:
        """Return one level of round sizes that have room."""
        scale = LogScale(10.0**low, 10.0**high, 0.0, pixels)
        return [(1.0, [log10(value) for value in scale.ticks()])]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Return the sizes in words."""
        return [tokens(10.0**value) for value in values]


class ValueAxis(pg.AxisItem):
    """A left axis from 0 up, whose round values carry the grid."""

    def __init__(
        self,
        format_value: Callable[[float], str],
        only: tuple[float, ...] = (),
        width: int = LEFT_WIDTH,
    ) -> None:
        """`only` names the values to show when they are not to be found."""
        super().__init__("left", maxTickLength=0)
        self.format_value, self.only = format_value, only
        self.setGrid(255)
        self.setWidth(width)

    def tickValues(
        self, _low: float, high: float, pixels: float
    ) -> list[tuple[float, list[float]]]:
        """Return one level of round values."""
        if self.only:
            return [(1.0, list(self.only))]
        return [(1.0, ticks(high, max(int(pixels / VALUE_ROOM), 1)))]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Return the values in words."""
        return [self.format_value(value) for value in values]

    def boundingRect(self) -> QRectF:
        """Leave room for half a line of words above the highest and below the lowest value."""
        rect: QRectF = super().boundingRect()
        return rect.adjusted(0, -HALF_LINE, 0, HALF_LINE)


def style_axis(axis: pg.AxisItem) -> None:
    """Give an axis the colours and type of the theme in use: words and a grid, no frame."""
    colours = theme.colours()
    axis.setPen(pg.mkPen(None))
    axis.setTickPen(pen(colours.grid))
    axis.setTextPen(qcolour(colours.axis))
    axis.setStyle(
        tickFont=theme.current().font(Type.CAPTION, tabular=True),
        tickLength=0,
        tickAlpha=255,
        tickTextOffset=8,
        hideOverlappingLabels=False,
    )
