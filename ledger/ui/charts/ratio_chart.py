"""STR over time: what one got per million tokens, how sure that is, and how much is tagged."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QWidget

from ledger.core.figures import Change, RatioSeries
from ledger.core.figures import Mark as Event
from ledger.core.formatting import count, day, days, percent, short, span
from ledger.flows.insights.changes import MATURE_DAYS
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.axes import ValueAxis
from ledger.ui.charts.day_chart import DayChart
from ledger.ui.charts.event_marks import EventMarks
from ledger.ui.charts.ink import pen
from ledger.ui.charts.legend import Entry, Mark
from ledger.ui.charts.plot import Band, Numbers, cursor_line, numbers, recolour_cursor
from ledger.ui.charts.scales import reach
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour

NO_DAYS = RatioSeries(
    days=(), lower=(), upper=(), point=(), low=(), high=(), smooth=(), coverage=(), blocks=(),
    window_days=28,
)  # fmt: skip
LEGEND = (
    Entry(Mark.LINE, "rolling", "series"),
    Entry(Mark.DOTS, "assumes untagged is like the rest", "series"),
    Entry(Mark.LINE, "smoothed", "trend"),
    Entry(Mark.BAND, "about 90 % interval", "interval"),
    Entry(Mark.BAND, "what untagged could make of it", "bounds"),
)
YOUNG = Entry(Mark.HATCH, "not settled yet", "text_faint")
CHANGED = Entry(Mark.BAND, "a change, as wide as its date is uncertain", "accent_soft")
NEW = {
    "tool": Entry(Mark.SQUARE, "new tool", "text_soft"),
    "model": Entry(Mark.DIAMOND, "new model", "text_soft"),
}
COVERAGE_HEIGHT = 72
HEIGHT = 400
HEADROOM = 1.08
MARKED_HEADROOM = 1.22  # the names of what was new stand above the lines
DAYS_A_WEEK = 7
WILD = 2.5  # bands taller than this many times the lines are cut off rather than flatten them
COLUMNS = (
    Column("Day", Kind.TEXT),
    Column("STR, rolling", Kind.RATIO),
    Column("Interval from", Kind.RATIO),
    Column("Interval to", Kind.RATIO),
    Column("At least", Kind.RATIO),
    Column("At most", Kind.RATIO),
    Column("Smoothed", Kind.RATIO),
    Column("Half-hours", Kind.COUNT),
    Column("Tagged", Kind.SHARE),
)


class RatioChart(DayChart):
    """Draws a RatioSeries above its coverage, on one axis of days."""

    def __init__(
        self, names: Mapping[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        """`names` gives tools the names people know."""
        super().__init__("Signal per million tokens over time", LEGEND, HEIGHT, parent)
        self._names = names or {}
        self.series = NO_DAYS
        self.today = date.min
        self._top = self.plot.add(ValueAxis(lambda value: f"{value:g}"), last=False)
        self._bottom = self.plot.add(ValueAxis(_strip_label, (0.5, 1.0)), last=True)
        self._bottom.setMaximumHeight(COVERAGE_HEIGHT)
        self._bounds, self._interval, self._coverage = Band(), Band(), Band()
        self._unsettled, self._shift, self._stretch = Band(), Band(), Band()
        self._events = EventMarks()
        self.change: Change | None = None
        self.events: tuple[Event, ...] = ()
        self._all_events: tuple[Event, ...] = ()
        self._sure, self._assumed, self._smooth = (pg.PlotCurveItem() for _ in range(3))
        self._dot = pg.ScatterPlotItem(size=9)
        self._cursors = (cursor_line(), cursor_line())
        self._height = self._ceiling = 1.0
        self._drawn: tuple[Entry, ...] = ()
        self._add_layers()
        self.recolour()

    def _add_layers(self) -> None:
        layers = (self._shift, self._stretch, self._bounds, self._interval, self._unsettled,
                  self._events, self._smooth, self._assumed, self._sure, self._cursors[0],
                  self._dot)  # fmt: skip
        for height, item in enumerate(layers):
            item.setZValue(height)
            self._top.add(item)
        self._bottom.add(self._coverage)
        self._bottom.add(self._cursors[1])
        self._bottom.setYRange(0, 1.0, padding=0)

    def show_figures(self, series: RatioSeries, today: date) -> None:
        """Show a series; days less than a week before `today` are not settled yet.

        What `show_causes` showed stays, as far as its days are among these.
        """
        self.forget_position()
        self.series, self.today = series, today
        x = np.array([day.toordinal() for day in series.days], dtype=np.float64)
        point, smooth = numbers(series.point), numbers(series.smooth)
        lower, upper = numbers(series.lower), numbers(series.upper)
        low, high = numbers(series.low), numbers(series.high)
        coverage = numbers(series.coverage)
        assumed = ~(coverage == 1)
        self._bounds.show_values(x, lower, upper)
        self._interval.show_values(x, low, high)
        self._sure.setData(x, np.where(assumed, np.nan, point), connect="finite")
        self._assumed.setData(x, np.where(assumed, point, np.nan), connect="finite")
        self._smooth.setData(x, smooth, connect="finite")
        self._coverage.show_values(x, np.where(np.isnan(coverage), np.nan, 0.0), coverage)
        layers = (point[~assumed], point[assumed], smooth, low, upper)
        is_layer_drawn = (not np.isnan(values).all() for values in layers)
        self._drawn = tuple(
            entry for entry, is_drawn in zip(LEGEND, is_layer_drawn, strict=True) if is_drawn
        )
        lines = max(_largest(point), _largest(smooth))
        bands = max(map(_largest, (low, high, lower, upper)))
        self._ceiling = reach(lines, bands, WILD) or 1.0
        self.show_causes(self._all_events, self.change)
        if len(x):
            self.show_days(series.days[0], series.days[-1])

    def show_causes(self, events: tuple[Event, ...], change: Change | None) -> None:
        """Show tools and models used for the first time, and the change that a scan found."""
        shown = frozenset(self.series.days)
        self._all_events, self.change = events, change
        self.events = tuple(event for event in events if event.day in shown)
        self._height = self._ceiling * (MARKED_HEADROOM if self.events else HEADROOM)
        self._top.setYRange(0, self._height, padding=0)
        kinds = {event.kind for event in self.events}
        young = (YOUNG,) if shown and self._is_young(self.series.days[-1]) else ()
        new = tuple(entry for kind, entry in NEW.items() if kind in kinds)
        more = (*young, *new, *((CHANGED,) if change else ()))
        self.legend.show_entries((*self._drawn, *more))
        named = [event._replace(name=self._name(event)) for event in self.events]
        self._events.show_events(named, self._height)
        self._unsettled.show_stretch(self.unsettled_days(), self._height)
        self._shift.show_stretch(self.change_days(), self._height)

    def _name(self, event: Event) -> str:
        return self._names.get(event.name, event.name) if event.kind == "tool" else event.name

    def _is_young(self, when: date) -> bool:
        return when.toordinal() > self.today.toordinal() - MATURE_DAYS

    def unsettled_days(self) -> tuple[float, float] | None:
        """Return between which ordinals days are not settled yet; None where all are."""
        young = [day.toordinal() for day in self.series.days if self._is_young(day)]
        return (young[0] - 0.5, young[-1] + 0.5) if young else None

    def change_days(self) -> tuple[float, float] | None:
        """Return between which ordinals a change lies, as far as these days reach; None without."""
        if self.change is None or not self.series.days:
            return None
        middle, spread = self.change.week.toordinal(), DAYS_A_WEEK * self.change.weeks_either_way
        first, last = self.series.days[0].toordinal() - 0.5, self.series.days[-1].toordinal() + 0.5
        low, high = np.clip([middle - spread, middle + spread], first, last)
        return float(low), float(high)

    def points(self) -> int:
        """Return the number of days."""
        return len(self.series.days)

    def reading(self, position: int) -> str:
        """Return the figures of the window that ends with a day in words."""
        series, at = self.series, position
        parts = [f"{series.window_days} days to {day(series.days[at], year=True)}"]
        point, low, high = series.point[at], series.low[at], series.high[at]
        if point is not None:
            parts.append(f"{short(point)} half-hours of kept work per million tokens")
        if low is not None and high is not None:
            parts.append(span(low, high))
        lower, upper = series.lower[at], series.upper[at]
        if lower is not None and upper is not None and lower != upper:
            parts.append(f"untagged could make it {short(lower)} to {short(upper)}")
        parts.append(count(series.blocks[at], "half-hour"))
        covered = series.coverage[at]
        if covered is not None:
            parts.append(f"{percent(covered)} tagged")
        if self._is_young(series.days[at]):
            parts.append("not settled yet")
        new = [
            f"{event.kind} {self._name(event)}"
            for event in self.events
            if event.day == series.days[at]
        ]
        if new:
            parts.append(f"first use of {' and '.join(new)}")
        return " · ".join(parts)

    def choice(self, position: int) -> DrillDown:
        """Return the days that a point is made of."""
        last = self.series.days[position]
        return DrillDown(first=last - timedelta(days=self.series.window_days - 1), last=last)

    def choice_between(self, first: int, last: int) -> DrillDown:
        """Return the days of a stretch."""
        return DrillDown(first=self.series.days[first], last=self.series.days[last])

    def stretch_reading(self, first: int, last: int) -> str:
        """Return the days of a stretch."""
        length = count(last - first + 1, "day")
        return f"{days(self.series.days[first], self.series.days[last])} · {length}"

    def table(self) -> Table:
        """Return the series day by day."""
        series = self.series
        dates = [day.isoformat() for day in series.days]
        columns = (dates, series.point, series.low, series.high, series.lower, series.upper,
                   series.smooth, series.blocks, series.coverage)  # fmt: skip
        return Table(COLUMNS, tuple(zip(*columns, strict=True)))

    def recolour(self) -> None:
        """Take on the colours of the theme in use."""
        colours = theme.colours()
        self.plot.recolour()
        self._bounds.brush = QBrush(qcolour(colours.bounds))
        self._interval.brush = QBrush(qcolour(colours.interval, 0.75))
        self._coverage.brush = QBrush(qcolour(colours.line_strong))
        self._shift.brush = QBrush(qcolour(colours.accent_soft))
        self._stretch.brush = QBrush(qcolour(colours.hover))
        self._unsettled.brush = QBrush(
            qcolour(colours.text_faint, 0.35), Qt.BrushStyle.BDiagPattern
        )
        self._sure.setPen(pen(colours.series, 2.25))
        self._assumed.setPen(pen(colours.series, 2.25, Qt.PenStyle.DotLine))
        self._smooth.setPen(pen(colours.trend, 1.5))
        self._dot.setPen(pen(colours.surface, 2))
        self._dot.setBrush(qcolour(colours.series))
        for line in self._cursors:
            recolour_cursor(line)
        self.update()

    def show_mark(self) -> None:
        """Draw the upright line and the dot on the day that is pointed at."""
        at, ends = self.position, self.stretch()
        for line in self._cursors:
            line.setVisible(at is not None)
        self._dot.setData([], [])
        ordinals = [float(self.series.days[end].toordinal()) for end in ends or ()]
        self._stretch.show_stretch((ordinals[0], ordinals[1]) if ordinals else None, self._height)
        if at is None:
            return
        x = self.series.days[at].toordinal()
        for line in self._cursors:
            line.setPos(x)
        point = self.series.point[at]
        if point is not None:
            self._dot.setData([x], [point])

    def position_of(self, ordinal: float) -> int:
        """Return the point of a day."""
        return round(ordinal) - self.series.days[0].toordinal()


def _strip_label(share: float) -> str:
    """Name the strip in its middle; its top is everything."""
    return "" if share == 1 else "tagged"


def _largest(values: Numbers) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.max()) if len(finite) else 0.0
