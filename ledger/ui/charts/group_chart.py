"""STR by tool, model, project or kind of work, every group pulled towards the whole."""

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ledger.core.cleaning import one_line
from ledger.core.curves import Shrunken
from ledger.core.figures import Summary
from ledger.core.phrasing import count, dash, percent, short, span
from ledger.flows.choosing import Choice
from ledger.metrics.gates import INTERVAL_BLOCKS
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.legend import HEIGHT as KEY_HEIGHT
from ledger.ui.charts.legend import Entry, Legend, Mark
from ledger.ui.charts.painted import PaintedChart
from ledger.ui.charts.table import Cell, Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.round_steps import round_step, ticks
from ledger.ui.theme import Type

ROW = 36
HEAD = 26 + KEY_HEIGHT
FOOT = 26
MORE = 20  # pixels for how many rows found no room
MOST_ROWS = 12
NAME_SHARE = 0.24
NAME_WIDEST = 220
WORDS = (("STR", 128), ("half-hours", 84), ("tagged", 64))  # headings and widths at the right
WILD = 3.0
TICKS = 6
NO_LABEL = "–"
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
KEY = (
    Entry(Mark.POINT, "pulled towards the whole", "series"),
    Entry(Mark.LINE, "95 % interval", "series"),
    Entry(Mark.RING, "its own figures alone", "series"),
    Entry(Mark.BAND, "what untagged could make of it", "bounds"),
    Entry(Mark.DASHES, "the whole", "trend"),
)


class GroupChart(PaintedChart):
    """Draws one row per group, most half-hours first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Signal per million tokens by group", parent)
        self.kind = ""
        self.groups: list[Shrunken] = []
        self.whole: float | None = None
        self._bounds: dict[str, tuple[float, float]] = {}
        self._named: Callable[[str], str] = str
        self._chosen: Callable[[str], Choice] = lambda _key: Choice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._key = Legend(KEY)
        layout.addWidget(self._key)
        layout.addStretch(1)

    def ask_by(
        self, kind: str, named: Callable[[str], str], chosen: Callable[[str], Choice]
    ) -> None:
        """Say what the groups are: “tool”, how a key is called, and what it narrows to."""
        self.kind, self._named, self._chosen = kind, named, chosen
        self.setAccessibleName(f"Signal per million tokens by {kind}")

    def show_figures(
        self, groups: Sequence[Shrunken], summaries: Sequence[Summary], whole: float | None
    ) -> None:
        """Show other groups; `summaries` hold their bounds, `whole` is the ratio of all."""
        self.forget_position()
        self.groups = sorted(groups, key=lambda g: (-g.blocks, -g.mte, g.key))
        self.whole = whole
        both = ((s.key, s.ratio.lower, s.ratio.upper) for s in summaries)
        self._bounds = {k: (a, b) for k, a, b in both if a is not None and b is not None}
        self._fit()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the key in the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)

    def _head(self) -> int:
        """Return the height of the key and of the headings below it."""
        return HEAD - KEY_HEIGHT + self._key.heightForWidth(self.width())

    def name(self, position: int) -> str:
        """Return the name of a group as people know it."""
        return one_line(self._named(self.groups[position].key)) or f"unknown {self.kind}"

    def bounds(self, position: int) -> tuple[float, float] | None:
        """Return what the untagged could make of a group's ratio."""
        return self._bounds.get(self.groups[position].key)

    def points(self) -> int:
        """Return the number of rows drawn; the table holds the rest."""
        return min(len(self.groups), MOST_ROWS)

    def reading(self, position: int) -> str:
        """Return the figures of a group in words."""
        group, bounds = self.groups[position], self.bounds(position)
        parts = [self.name(position), estimate_words(group)]
        if group.value is not None and group.raw is not None:
            parts.append(f"{short(group.raw)} by its own figures alone")
        if bounds is not None and bounds[0] != bounds[1]:
            low, high = bounds
            parts.append(f"untagged could make it {short(low)} to {short(high)}")
        parts.append(f"{count(group.blocks, 'half-hour')} of work")
        if group.coverage is not None:
            parts.append(f"{percent(group.coverage)} tagged")
        return " · ".join(parts)

    def choice(self, position: int) -> Choice | None:
        """Return the group of a row; None for what has no name to filter by."""
        key = self.groups[position].key
        return self._chosen(key) if key else None

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
        g = self.groups[n]
        at_least, at_most = self.bounds(n) or (None, None)
        figures = (g.value, g.low, g.high, g.raw, at_least, at_most)
        return (self.name(n), *figures, g.blocks, g.mte, g.coverage)

    def step(self, key: Qt.Key) -> int:
        """Move by rows, with either pair of arrows."""
        down = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        return down.get(key, 0) or {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(key, 0)

    def sizeHint(self) -> QSize:
        """Return the height that the rows need."""
        more = MORE if len(self.groups) > MOST_ROWS else 0
        return QSize(480, self._head() + ROW * max(self.points(), 1) + FOOT + more)

    def paint(self, painter: QPainter) -> None:
        """Draw the scale, every row, and how many found no room."""
        area, top = self._area(), self._top()
        self._paint_scale(painter, area, top)
        for position in range(self.points()):
            self._paint_row(painter, position, area, top)
        left_out = len(self.groups) - self.points()
        if left_out:
            painter.setFont(theme.current().font(Type.CAPTION))
            painter.setPen(qcolour(theme.colours().text_faint))
            box = QRectF(8, self.height() - MORE, self.width(), MORE)
            painter.drawText(box, LEFT, f"{left_out} more stand in the table.")

    def _area(self) -> QRectF:
        """Return where the marks stand, between the names and the figures."""
        name = min(self.width() * NAME_SHARE, NAME_WIDEST)
        right = self.width() - sum(width for _, width in WORDS) - 12
        return QRectF(name, self._head(), max(right - name, 40), ROW * self.points())

    def _top(self) -> float:
        """Return where the scale ends: beyond the estimates, and beyond the rest unless wild."""
        shown = range(self.points())
        sure = max((self.groups[n].value or 0.0 for n in shown), default=0.0)
        ends = [self.bounds(n) or (0.0, 0.0) for n in shown]
        far = max(
            (max(self.groups[n].high or 0.0, self.groups[n].raw or 0.0, ends[n][1]) for n in shown),
            default=0.0,
        )
        top = min(far, sure * WILD) if sure else far
        step = round_step(top, TICKS)
        return ceil(top / step - 1e-9) * step if top else 1.0

    def _paint_scale(self, painter: QPainter, area: QRectF, top: float) -> None:
        colours = theme.colours()
        painter.setFont(theme.current().font(Type.CAPTION))
        for value in ticks(top, TICKS):
            x = area.left() + area.width() * value / top
            painter.setPen(pen(colours.grid))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(qcolour(colours.axis))
            box = QRectF(x - 30, area.bottom() + 4, 60, FOOT - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{value:g}")
        right = float(self.width())
        for words, width in reversed(WORDS):
            box = QRectF(right - width, area.top() - HEAD + KEY_HEIGHT, width, HEAD - KEY_HEIGHT)
            painter.drawText(box, RIGHT, words)
            right -= width
        if self.whole is not None and self.whole <= top:
            x = area.left() + area.width() * self.whole / top
            painter.setPen(pen(colours.trend, 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_row(self, painter: QPainter, position: int, area: QRectF, top: float) -> None:
        colours = theme.colours()
        row = QRectF(0, area.top() + ROW * position, self.width(), ROW)
        if position == self.position:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolour(colours.hover, 0.6))
            painter.drawRoundedRect(row.adjusted(0, 2, 0, -2), 6, 6)
        font = theme.current().font(Type.BODY)
        painter.setFont(font)
        painter.setPen(qcolour(colours.text))
        room = area.left() - 20
        name = QFontMetricsF(font).elidedText(
            self.name(position), Qt.TextElideMode.ElideMiddle, room
        )
        painter.drawText(QRectF(8, row.top(), room, ROW), LEFT, name)
        self._paint_marks(painter, position, area, top)
        painter.setFont(theme.current().font(Type.BODY, tabular=True))
        self._paint_words(painter, self.groups[position], row)

    def _paint_marks(self, painter: QPainter, position: int, area: QRectF, top: float) -> None:
        colours, group = theme.colours(), self.groups[position]
        y = area.top() + ROW * (position + 0.5)

        def x(value: float) -> float:
            return area.left() + area.width() * min(value / top, 1.0)

        painter.setPen(Qt.PenStyle.NoPen)
        bounds = self.bounds(position)
        if bounds is not None:
            painter.setBrush(qcolour(colours.bounds))
            box = QRectF(x(bounds[0]), y - 8, max(x(bounds[1]) - x(bounds[0]), 2), 16)
            painter.drawRoundedRect(box, 3, 3)
            if bounds[1] > top:
                _paint_beyond(painter, QPointF(area.right(), y))
        if group.value is None or group.low is None or group.high is None:
            return
        ink = colours.series if is_sure(group) else colours.text_faint
        painter.setPen(pen(ink, 3))
        painter.drawLine(QPointF(x(group.low), y), QPointF(x(group.high), y))
        if group.raw is not None and group.raw <= top:
            painter.setPen(pen(ink, 1.5))
            painter.setBrush(qcolour(colours.surface))
            painter.drawEllipse(QPointF(x(group.raw), y), 4, 4)
        painter.setPen(pen(colours.surface, 2))
        painter.setBrush(qcolour(ink))
        painter.drawEllipse(QPointF(x(group.value), y), 6, 6)

    def _paint_words(self, painter: QPainter, group: Shrunken, row: QRectF) -> None:
        colours = theme.colours()
        sure = is_sure(group)
        covered = NO_LABEL if group.coverage is None else percent(group.coverage)
        words = (figure_words(group), str(group.blocks), covered)
        right = float(self.width())
        for text, (_, width) in reversed(list(zip(words, WORDS, strict=True))):
            painter.setPen(qcolour(colours.text if sure else colours.text_faint))
            painter.drawText(QRectF(right - width, row.top(), width, ROW), RIGHT, text)
            right -= width

    def position_at(self, place: QPointF) -> int | None:
        """Return the row under the pointer."""
        position = int((place.y() - self._head()) // ROW)
        return position if 0 <= position < self.points() else None


def _paint_beyond(painter: QPainter, tip: QPointF) -> None:
    """Draw a tip at the end of a bar that goes on beyond the scale."""
    x, y = tip.x() + 2, tip.y()
    painter.drawPolygon(QPolygonF([QPointF(x, y - 6), QPointF(x + 6, y), QPointF(x, y + 6)]))


def is_sure(group: Shrunken) -> bool:
    """Return whether a group has the half-hours that an estimate of its own would need."""
    return group.value is not None and group.blocks >= INTERVAL_BLOCKS


def figure_words(group: Shrunken) -> str:
    """Return the shortest honest figure: “3.2 (2.6–4.0)”, or “too few tags”."""
    if group.value is None or group.low is None or group.high is None:
        return "too few tags"
    return f"{short(group.value)} ({dash(group.low, group.high)})"


def estimate_words(group: Shrunken) -> str:
    """Return what can be said of a group, or what it lacks."""
    if group.value is None or group.low is None or group.high is None:
        return "an estimate needs half of its tokens tagged, and their numbers known"
    interval = span(group.low, group.high)
    return f"{short(group.value)} half-hours of kept work per million tokens, {interval}"
