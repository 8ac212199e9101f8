"""How many interactions cost how much, by what became of them."""

from itertools import pairwise
from math import nextafter, sqrt

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ledger.core.figures import Sizes
from ledger.core.formatting import count, tokens
from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.ink import TAG_NAMES, fill_tag
from ledger.ui.charts.legend import Entry, Mark
from ledger.ui.charts.painted import AreaChart
from ledger.ui.charts.scales import (
    REFERENCE_LABEL,
    LogScale,
    log_scale,
    paint_reference_line,
    paint_sizes,
    paint_values,
)
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import TAG_ORDER, qcolour
from ledger.ui.formatting import ticks

HEIGHT = 310
GAP = 1.0
VALUE_ROOM = 34.0
NONE = Sizes(
    edges=(), kept=(), edited=(), thrown_away=(), untagged=(), median_mte=0.0, top_share=None
)
LEGEND = tuple(Entry(Mark.TAG, TAG_NAMES[int(tag)], tag=int(tag)) for tag in TAG_ORDER)
COLUMNS = (
    Column("From", Kind.MTE),
    Column("To", Kind.MTE),
    *(Column(TAG_NAMES[int(tag)].capitalize(), Kind.COUNT) for tag in TAG_ORDER),
)


class SizesChart(AreaChart[Sizes]):
    """Draws Sizes as bars on a logarithmic axis of cost, with a reference line at the median."""

    def __init__(self, parent: QWidget | None = None) -> None:
        name = "Interactions by their cost"
        super().__init__(name, NONE, LEGEND, HEIGHT, above=REFERENCE_LABEL, parent=parent)

    def layers(self) -> list[tuple[int, tuple[int, ...]]]:
        """Return each tag with its counts, from the ground up."""
        values = {
            int(Tag.KEPT): self.figures.kept,
            int(Tag.EDITED): self.figures.edited,
            int(Tag.THROWN_AWAY): self.figures.thrown_away,
            UNTAGGED: self.figures.untagged,
        }
        return [(int(tag), values[int(tag)]) for tag in TAG_ORDER]

    def points(self) -> int:
        """Return the number of bars."""
        return max(len(self.figures.edges) - 1, 0)

    def total(self, position: int) -> int:
        """Return how many interactions a bar stands for."""
        return sum(values[position] for _, values in self.layers())

    def reading(self, position: int) -> str:
        """Return the figures of a bar in words."""
        low, high = self.figures.edges[position : position + 2]
        parts = [f"{tokens(low)} to {tokens(high)} tokens"]
        parts.append(count(self.total(position), "interaction"))
        parts += [
            f"{TAG_NAMES[tag]} {values[position]:,}".replace(",", "\u202f")
            for tag, values in self.layers()
            if values[position]
        ]
        return " · ".join(parts)

    def choice(self, position: int) -> DrillDown:
        """Return the interactions of a bar."""
        low, high = self.figures.edges[position : position + 2]
        return DrillDown(mte=(low, nextafter(high, 0.0)))

    def table(self) -> Table:
        """Return the bars one by one."""
        columns = [values for _, values in self.layers()]
        edges = self.figures.edges
        return Table(COLUMNS, tuple(zip(edges[:-1], edges[1:], *columns, strict=True)))

    def middles(self, area: QRectF) -> list[float]:
        """Return the middles of the bars, as the logarithmic axis sees them."""
        scale = self._scale(area)
        return [scale.x(sqrt(low * high)) for low, high in pairwise(self.figures.edges)]

    def _scale(self, area: QRectF) -> LogScale:
        return log_scale(self.figures.edges, area)

    def paint(self, painter: QPainter) -> None:
        """Draw the axes, the bars and the median."""
        area = self.area()
        scale = self._scale(area)
        top = max((self.total(n) for n in range(self.points())), default=0) * 1.06 or 1.0
        values = [value for value in ticks(top, int(area.height() / VALUE_ROOM)) if value % 1 == 0]
        paint_values(painter, values, top, area, _whole)
        paint_sizes(painter, scale, area)
        for position in range(self.points()):
            self._paint_bar(painter, position, scale, area, top)
        if self.figures.median_mte > 0:
            label = f"half cost less than {tokens(self.figures.median_mte)}"
            paint_reference_line(painter, scale.x(self.figures.median_mte), area, label)

    def _paint_bar(
        self, painter: QPainter, position: int, scale: LogScale, area: QRectF, top: float
    ) -> None:
        left, right = (scale.x(edge) for edge in self.figures.edges[position : position + 2])
        if position == self.position:
            ground = QRectF(left, area.top(), right - left, area.height())
            painter.fillRect(ground, qcolour(theme.colours().hover))
        floor = area.bottom()
        for tag, values in self.layers():
            height = area.height() * values[position] / top
            if height > 0:
                box = QRectF(left + GAP, floor - height, max(right - left - 2 * GAP, 1), height)
                fill_tag(painter, box, theme.colours(), tag)
                floor -= height


def _whole(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f")
