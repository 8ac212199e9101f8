"""How many interactions cost how much, by what became of them."""

from itertools import pairwise
from math import nextafter, sqrt

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.core.curves import Sizes
from ledger.core.phrasing import count, tokens
from ledger.core.words import UNTAGGED, Tag
from ledger.flows.choosing import Choice
from ledger.ui import theme
from ledger.ui.charts.ink import TAG_WORDS, fill_tag
from ledger.ui.charts.legend import Entry, Legend, Mark
from ledger.ui.charts.painted import PaintedChart
from ledger.ui.charts.scales import (
    POST,
    LogScale,
    log_scale,
    paint_post,
    paint_sizes,
    paint_values,
    plot_area,
)
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import TAG_ORDER, qcolour
from ledger.ui.round_steps import ticks

HEIGHT = 310
GAP = 1.0
VALUE_ROOM = 34.0
NONE = Sizes(
    edges=(), kept=(), edited=(), thrown_away=(), untagged=(), median_mte=0.0, top_share=None
)
KEY = tuple(Entry(Mark.TAG, TAG_WORDS[int(tag)], tag=int(tag)) for tag in TAG_ORDER)
COLUMNS = (
    Column("From", Kind.MTE),
    Column("To", Kind.MTE),
    *(Column(TAG_WORDS[int(tag)].capitalize(), Kind.COUNT) for tag in TAG_ORDER),
)


class SizesChart(PaintedChart):
    """Draws Sizes as bars on a logarithmic axis of cost, with a post at the median."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Interactions by their cost", parent)
        self.sizes = NONE
        self._key = Legend(KEY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._key)
        layout.addStretch(1)
        self.setFixedHeight(HEIGHT)

    def show_figures(self, sizes: Sizes) -> None:
        """Show other sizes."""
        self.forget_position()
        self.sizes = sizes
        self.update()

    def layers(self) -> list[tuple[int, tuple[int, ...]]]:
        """Return each tag with its counts, from the ground up."""
        values = {
            int(Tag.KEPT): self.sizes.kept,
            int(Tag.EDITED): self.sizes.edited,
            int(Tag.THROWN_AWAY): self.sizes.thrown_away,
            UNTAGGED: self.sizes.untagged,
        }
        return [(int(tag), values[int(tag)]) for tag in TAG_ORDER]

    def points(self) -> int:
        """Return the number of bars."""
        return max(len(self.sizes.edges) - 1, 0)

    def total(self, position: int) -> int:
        """Return how many interactions a bar stands for."""
        return sum(values[position] for _, values in self.layers())

    def reading(self, position: int) -> str:
        """Return the figures of a bar in words."""
        low, high = self.sizes.edges[position : position + 2]
        parts = [f"{tokens(low)} to {tokens(high)} tokens"]
        parts.append(count(self.total(position), "interaction"))
        parts += [
            f"{TAG_WORDS[tag]} {values[position]:,}".replace(",", "\u202f")
            for tag, values in self.layers()
            if values[position]
        ]
        return " · ".join(parts)

    def choice(self, position: int) -> Choice:
        """Return the interactions of a bar."""
        low, high = self.sizes.edges[position : position + 2]
        return Choice(mte=(low, nextafter(high, 0.0)))

    def table(self) -> Table:
        """Return the bars one by one."""
        columns = [values for _, values in self.layers()]
        edges = self.sizes.edges
        return Table(COLUMNS, tuple(zip(edges[:-1], edges[1:], *columns, strict=True)))

    def sizeHint(self) -> QSize:
        """Return the height of the chart."""
        return QSize(480, HEIGHT)

    def _area(self) -> QRectF:
        above = self._key.heightForWidth(self.width())
        return plot_area(self.width(), self.height(), above + POST)

    def _scale(self, area: QRectF) -> LogScale:
        return log_scale(self.sizes.edges, area)

    def paint(self, painter: QPainter) -> None:
        """Draw the axes, the bars and the median."""
        area = self._area()
        scale = self._scale(area)
        top = max((self.total(n) for n in range(self.points())), default=0) * 1.06 or 1.0
        values = [value for value in ticks(top, int(area.height() / VALUE_ROOM)) if value % 1 == 0]
        paint_values(painter, values, top, area, _whole)
        paint_sizes(painter, scale, area)
        for position in range(self.points()):
            self._paint_bar(painter, position, scale, area, top)
        if self.sizes.median_mte > 0:
            words = f"half cost less than {tokens(self.sizes.median_mte)}"
            paint_post(painter, scale.x(self.sizes.median_mte), area, words)

    def _paint_bar(
        self, painter: QPainter, position: int, scale: LogScale, area: QRectF, top: float
    ) -> None:
        left, right = (scale.x(edge) for edge in self.sizes.edges[position : position + 2])
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

    def position_at(self, place: QPointF) -> int | None:
        """Return the bar under the pointer."""
        area = self._area()
        if not self.points() or not area.contains(place):
            return None
        scale, edges = self._scale(area), self.sizes.edges
        middles = [scale.x(sqrt(a * b)) for a, b in pairwise(edges)]
        away = [abs(x - place.x()) for x in middles]
        return away.index(min(away))


def _whole(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f")
