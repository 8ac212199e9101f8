"""Tokens by what became of them: kept, edited, thrown away and untagged above each other."""

from datetime import date, timedelta

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QWidget

from ledger.core.figures import Stack
from ledger.core.formatting import days, percent, tokens
from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.axes import ValueAxis
from ledger.ui.charts.day_chart import DayChart
from ledger.ui.charts.ink import TAG_NAMES, hatch
from ledger.ui.charts.legend import Entry, Mark
from ledger.ui.charts.plot import Band, Numbers, Patterns
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import TAG_ORDER, qcolour

NO_PERIODS = Stack(starts=(), step="day", kept=(), edited=(), thrown_away=(), untagged=())
LEGEND = tuple(Entry(Mark.TAG, TAG_NAMES[int(tag)], tag=int(tag)) for tag in TAG_ORDER)
GAP = 0.16  # of a period, left free beside its bar
HATCHED_BARS = 130  # with more bars than this each is too thin for a pattern
HEIGHT = 270
HEADROOM = 1.06
DAYS_A_WEEK = 7
LONGEST_MONTH = 31
COLUMNS = (
    Column("From", Kind.TEXT),
    Column("To", Kind.TEXT),
    *(Column(TAG_NAMES[int(tag)].capitalize(), Kind.MTE) for tag in TAG_ORDER),
)


def period_end(start: date, step: str) -> date:
    """Return the last day of the period that begins on `start`."""
    if step == "week":
        return start + timedelta(days=DAYS_A_WEEK - 1)
    if step == "month":
        later = start.replace(day=1) + timedelta(days=LONGEST_MONTH + 1)
        return later.replace(day=1) - timedelta(days=1)
    return start


def layers(stack: Stack) -> list[tuple[int, Numbers]]:
    """Return each tag with its MTE per period, from the ground up."""
    values = {
        int(Tag.KEPT): stack.kept,
        int(Tag.EDITED): stack.edited,
        int(Tag.THROWN_AWAY): stack.thrown_away,
        UNTAGGED: stack.untagged,
    }
    return [(int(tag), np.array(values[int(tag)], dtype=np.float64)) for tag in TAG_ORDER]


class StackChart(DayChart):
    """Draws a Stack as bars over days, weeks or months."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tokens by what became of them", LEGEND, HEIGHT, parent)
        self.stack = NO_PERIODS
        self.ends: list[date] = []
        self._plot = self.plot.add(ValueAxis(_size_label), last=True)
        self._marked = Band()
        self._plot.add(self._marked)
        self._bars: list[pg.GraphicsObject] = []
        self._top = 1.0
        self.recolour()

    def show_figures(self, stack: Stack) -> None:
        """Show another stack."""
        self.forget_position()
        self.stack = stack
        self.ends = [period_end(start, stack.step) for start in stack.starts]
        totals = sum((values for _, values in layers(stack)), np.zeros(len(stack.starts)))
        top = float(totals.max()) if len(totals) else 0.0
        self._top = top * HEADROOM or 1.0
        self._plot.setYRange(0, self._top, padding=0)
        self._draw_bars()
        if stack.starts:
            self.show_days(stack.starts[0], self.ends[-1])

    def _draw_bars(self) -> None:
        for bar in self._bars:
            self._plot.remove(bar)
        self._bars = []
        if not self.stack.starts:
            return
        first = np.array([start.toordinal() for start in self.stack.starts], dtype=np.float64)
        width = np.array([end.toordinal() for end in self.ends]) - first + 1
        gap = width * (GAP if len(first) <= HATCHED_BARS else 0.0)
        ground = np.zeros(len(first))
        for tag, values in layers(self.stack):
            box = {"x0": first - 0.5 + gap / 2, "width": width - gap, "y0": ground}
            self._add_bars(tag, values, box)
            ground = ground + values

    def _add_bars(self, tag: int, values: Numbers, box: dict[str, Numbers]) -> None:
        positive = values > 0
        if not positive.any():
            return
        box = {name: part[positive] for name, part in box.items()} | {"height": values[positive]}
        colours = theme.colours()
        self._add(pg.BarGraphItem(brush=qcolour(colours.tag(tag)), pen=pg.mkPen(None), **box))
        pattern = hatch(colours, tag)
        if pattern is not None and len(values) <= HATCHED_BARS:
            parts = zip(box["x0"], box["y0"], box["width"], box["height"], strict=True)
            self._add(Patterns([QRectF(*map(float, part)) for part in parts], pattern))

    def _add(self, item: pg.GraphicsObject) -> None:
        self._plot.add(item)
        self._bars.append(item)

    def points(self) -> int:
        """Return the number of periods."""
        return len(self.stack.starts)

    def reading(self, position: int) -> str:
        """Return the figures of a period in words."""
        parts = [days(self.stack.starts[position], self.ends[position])]
        values = [(tag, float(column[position])) for tag, column in layers(self.stack)]
        total = sum(value for _, value in values)
        if not total:
            return f"{parts[0]} · no tokens"
        parts += [
            f"{TAG_NAMES[tag]} {tokens(value)} ({percent(value / total)})"
            for tag, value in values
            if value
        ]
        return " · ".join(parts)

    def choice(self, position: int) -> DrillDown:
        """Return the days of a period."""
        return DrillDown(first=self.stack.starts[position], last=self.ends[position])

    def choice_between(self, first: int, last: int) -> DrillDown:
        """Return the days of several periods."""
        return DrillDown(first=self.stack.starts[first], last=self.ends[last])

    def stretch_reading(self, first: int, last: int) -> str:
        """Return the days of a stretch, and what it cost."""
        total = sum(float(column[first : last + 1].sum()) for _, column in layers(self.stack))
        return f"{days(self.stack.starts[first], self.ends[last])} · {tokens(total)}"

    def table(self) -> Table:
        """Return the stack period by period."""
        starts = [start.isoformat() for start in self.stack.starts]
        ends = [end.isoformat() for end in self.ends]
        columns = [values.tolist() for _, values in layers(self.stack)]
        return Table(COLUMNS, tuple(zip(starts, ends, *columns, strict=True)))

    def recolour(self) -> None:
        """Take on the colours of the theme in use."""
        self.plot.recolour()
        self._marked.brush = QBrush(qcolour(theme.colours().hover))
        self._draw_bars()
        self.update()

    def show_mark(self) -> None:
        """Lay a pale ground behind the bars that are pointed at."""
        if self.position is None:
            self._marked.show_stretch(None, self._top)
            return
        first, last = self.stretch() or (self.position, self.position)
        start, end = self.stack.starts[first].toordinal(), self.ends[last].toordinal()
        self._marked.show_stretch((start - 0.5, end + 0.5), self._top)

    def position_of(self, ordinal: float) -> int:
        """Return the period of a day."""
        firsts = np.array([start.toordinal() for start in self.stack.starts])
        return int(np.searchsorted(firsts, round(ordinal), side="right")) - 1


def _size_label(mte: float) -> str:
    """Return a round number of tokens: “2 bn”, “5 M”, “250 k”."""
    for unit, size in (("bn", 1000.0), ("M", 1.0)):
        if mte >= size:
            return f"{mte / size:g} {unit}"
    return f"{mte * 1000:g} k" if mte else "0"
