"""STR by tool, model, project or kind of work, every group pulled towards the whole."""

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from ledger.core.figures import Shrunken, Summary
from ledger.core.formatting import count, dash, percent, short, span
from ledger.core.text_safety import one_line
from ledger.flows.insights.drill_down import DrillDown
from ledger.metrics.ratio import INTERVAL_BLOCKS
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.legend import Entry, Legend, Mark
from ledger.ui.charts.row_chart import LEFT, RIGHT, RowChart
from ledger.ui.charts.scales import reach
from ledger.ui.charts.table import Cell, Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.formatting import round_step, ticks
from ledger.ui.theme import Type

ROW = 36
HEAD = 26  # pixels for the headings
FOOT = 26
MORE = 20  # pixels for how many rows found no room
NAME_SHARE = 0.24
NAME_WIDEST = 220
HEADINGS = (("STR", 128), ("half-hours", 84), ("tagged", 64))  # and their widths, at the right
WILD = 3.0
TICKS = 6
NO_LABEL = "–"
LEGEND = (
    Entry(Mark.POINT, "pulled towards the whole", "series"),
    Entry(Mark.LINE, "95 % interval", "series"),
    Entry(Mark.RING, "its own figures alone", "series"),
    Entry(Mark.BAND, "what untagged could make of it", "bounds"),
    Entry(Mark.DASHES, "the whole", "trend"),
)


class GroupChart(RowChart):
    """Draws one row per group, most half-hours first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        widths = tuple(width for _heading, width in HEADINGS)
        name = "Signal per million tokens by group"
        super().__init__(name, ROW, widths, NAME_SHARE, NAME_WIDEST, parent)
        self.kind = ""
        self.groups: list[Shrunken] = []
        self.overall: float | None = None
        self._bounds: dict[str, tuple[float, float]] = {}
        self._named: Callable[[str], str] = str
        self._drill_down: Callable[[str], DrillDown] = lambda _key: DrillDown()
        self._legend = Legend(LEGEND)
        self.lay_out(self._legend)

    def ask_by(
        self, kind: str, named: Callable[[str], str], drill_down: Callable[[str], DrillDown]
    ) -> None:
        """Say what the groups are: “tool”, how a key is called, and what it narrows to."""
        self.kind, self._named, self._drill_down = kind, named, drill_down
        self.setAccessibleName(f"Signal per million tokens by {kind}")

    def show_figures(
        self, groups: Sequence[Shrunken], summaries: Sequence[Summary], overall: float | None
    ) -> None:
        """Show other groups; `summaries` hold their bounds, `whole` is the ratio of all."""
        self.forget_position()
        self.groups = sorted(groups, key=lambda group: (-group.blocks, -group.mte, group.key))
        self.overall = overall
        self._bounds = {
            summary.key: (summary.ratio.lower, summary.ratio.upper)
            for summary in summaries
            if summary.ratio.lower is not None and summary.ratio.upper is not None
        }
        self.fit()
        self.updateGeometry()
        self.update()

    def rows_in_all(self) -> int:
        """Return the number of groups."""
        return len(self.groups)

    def above(self) -> float:
        """Return the height of the legend and of the headings below it."""
        return HEAD + self._legend.heightForWidth(self.width())

    def below(self) -> float:
        """Return the height of the values of the scale, and of how many rows found no room."""
        return FOOT + (MORE if self.rows_in_all() > self.points() else 0)

    def name(self, position: int) -> str:
        """Return the name of a group as people know it."""
        return one_line(self._named(self.groups[position].key)) or f"unknown {self.kind}"

    def bounds(self, position: int) -> tuple[float, float] | None:
        """Return what the untagged could make of a group's ratio."""
        return self._bounds.get(self.groups[position].key)

    def reading(self, position: int) -> str:
        """Return the figures of a group in words."""
        group, bounds = self.groups[position], self.bounds(position)
        parts = [self.name(position), estimate_sentence(group)]
        if group.value is not None and group.raw is not None:
            parts.append(f"{short(group.raw)} by its own figures alone")
        if bounds is not None and bounds[0] != bounds[1]:
            low, high = bounds
            parts.append(f"untagged could make it {short(low)} to {short(high)}")
        parts.append(f"{count(group.blocks, 'half-hour')} of work")
        if group.coverage is not None:
            parts.append(f"{percent(group.coverage)} tagged")
        return " · ".join(parts)

    def choice(self, position: int) -> DrillDown | None:
        """Return the group of a row; None for what has no name to filter by."""
        key = self.groups[position].key
        return self._drill_down(key) if key else None

    def table(self) -> Table:
        """Return all groups, also those that found no room."""
        columns = (
            Column(self.kind.capitalize(), Kind.TEXT),
            Column("STR", Kind.RATIO),
            Column("Interval from", Kind.RATIO),
            Column("Interval to", Kind.RATIO),
            Column("Own figures", Kind.RATIO),
            Column("At least", Kind.RATIO),
            Column("At most", Kind.RATIO),
            Column("Half-hours", Kind.COUNT),
            Column("Tokens", Kind.MTE),
            Column("Tagged", Kind.SHARE),
        )
        return Table(columns, tuple(self._row(n) for n in range(len(self.groups))))

    def _row(self, n: int) -> tuple[Cell, ...]:
        group = self.groups[n]
        at_least, at_most = self.bounds(n) or (None, None)
        figures = (group.value, group.low, group.high, group.raw, at_least, at_most)
        return (self.name(n), *figures, group.blocks, group.mte, group.coverage)

    def paint(self, painter: QPainter) -> None:
        """Draw the scale, every row, and how many found no room."""
        area, end = self.area(), self.scale_end()
        self._paint_scale(painter, area, end)
        for position, group in enumerate(self.groups[: self.points()]):
            colour = theme.colours().text
            self.paint_name(painter, position, area, self.name(position), Type.BODY, colour)
            self._paint_marks(painter, position, area, end)
            self._paint_figures(painter, group, self.row_box(position, area))
        left_out = self.rows_in_all() - self.points()
        if left_out:
            painter.setFont(theme.current().font(Type.CAPTION))
            painter.setPen(qcolour(theme.colours().text_faint))
            box = QRectF(8, self.height() - MORE, self.width(), MORE)
            painter.drawText(box, LEFT, f"{left_out} more stand in the table.")

    def scale_end(self) -> float:
        """Return where the scale ends: beyond the estimates, and beyond the rest unless wild."""
        estimates, spread = 0.0, 0.0
        for position, group in enumerate(self.groups[: self.points()]):
            _lower, upper = self.bounds(position) or (0.0, 0.0)
            estimates = max(estimates, group.value or 0.0)
            spread = max(spread, group.high or 0.0, group.raw or 0.0, upper)
        end = reach(estimates, spread, WILD)
        step = round_step(end, TICKS)
        return ceil(end / step - 1e-9) * step if end else 1.0

    def _paint_scale(self, painter: QPainter, area: QRectF, end: float) -> None:
        colours = theme.colours()
        painter.setFont(theme.current().font(Type.CAPTION))
        for value in ticks(end, TICKS):
            x = area.left() + area.width() * value / end
            painter.setPen(pen(colours.grid))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(qcolour(colours.axis))
            box = QRectF(x - 30, area.bottom() + 4, 60, FOOT - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{value:g}")
        boxes = self.figure_boxes(area.top() - HEAD, HEAD)
        for (heading, _width), box in zip(HEADINGS, boxes, strict=True):
            painter.drawText(box, RIGHT, heading)
        if self.overall is not None and self.overall <= end:
            x = area.left() + area.width() * self.overall / end
            painter.setPen(pen(colours.trend, 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_marks(self, painter: QPainter, position: int, area: QRectF, end: float) -> None:
        colours, group = theme.colours(), self.groups[position]
        y = self.row_box(position, area).center().y()

        def x(value: float) -> float:
            return area.left() + area.width() * min(value / end, 1.0)

        painter.setPen(Qt.PenStyle.NoPen)
        bounds = self.bounds(position)
        if bounds is not None:
            painter.setBrush(qcolour(colours.bounds))
            box = QRectF(x(bounds[0]), y - 8, max(x(bounds[1]) - x(bounds[0]), 2), 16)
            painter.drawRoundedRect(box, 3, 3)
            if bounds[1] > end:
                _paint_beyond(painter, QPointF(area.right(), y))
        if group.value is None or group.low is None or group.high is None:
            return
        ink = colours.series if is_sure(group) else colours.text_faint
        painter.setPen(pen(ink, 3))
        painter.drawLine(QPointF(x(group.low), y), QPointF(x(group.high), y))
        if group.raw is not None and group.raw <= end:
            painter.setPen(pen(ink, 1.5))
            painter.setBrush(qcolour(colours.surface))
            painter.drawEllipse(QPointF(x(group.raw), y), 4, 4)
        painter.setPen(pen(colours.surface, 2))
        painter.setBrush(qcolour(ink))
        painter.drawEllipse(QPointF(x(group.value), y), 6, 6)

    def _paint_figures(self, painter: QPainter, group: Shrunken, row: QRectF) -> None:
        colours = theme.colours()
        coverage = NO_LABEL if group.coverage is None else percent(group.coverage)
        labels = (estimate_label(group), str(group.blocks), coverage)
        painter.setFont(theme.current().font(Type.BODY, tabular=True))
        painter.setPen(qcolour(colours.text if is_sure(group) else colours.text_faint))
        for label, box in zip(labels, self.figure_boxes(row.top(), row.height()), strict=True):
            painter.drawText(box, RIGHT, label)


def _paint_beyond(painter: QPainter, tip: QPointF) -> None:
    """Draw a tip at the end of a bar that goes on beyond the scale."""
    x, y = tip.x() + 2, tip.y()
    painter.drawPolygon(QPolygonF([QPointF(x, y - 6), QPointF(x + 6, y), QPointF(x, y + 6)]))


def is_sure(group: Shrunken) -> bool:
    """Return whether a group has the half-hours that an estimate of its own would need."""
    return group.value is not None and group.blocks >= INTERVAL_BLOCKS


def estimate_label(group: Shrunken) -> str:
    """Return the shortest honest figure: “3.2 (2.6–4.0)”, or “too few tags”."""
    if group.value is None or group.low is None or group.high is None:
        return "too few tags"
    return f"{short(group.value)} ({dash(group.low, group.high)})"


def estimate_sentence(group: Shrunken) -> str:
    """Return what can be said of a group, or what it lacks."""
    if group.value is None or group.low is None or group.high is None:
        return "an estimate needs half of its tokens tagged, and their numbers known"
    interval = span(group.low, group.high)
    return f"{short(group.value)} half-hours of kept work per million tokens, {interval}"
