"""STR by tool or by model: bounds, interval and point on one scale, the figures at the right."""

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger.core.cleaning import one_line
from ledger.core.figures import Summary
from ledger.flows.charting import Choice
from ledger.flows.headline import lacking, too_little
from ledger.flows.phrasing import count, dash, percent, short, span
from ledger.ui import theme
from ledger.ui.charts.chart import Chart
from ledger.ui.charts.ink import pen, round_step, ticks
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

ROW = 38
HEAD = 26
FOOT = 26
MOST_ROWS = 12
NAME_SHARE = 0.24
NAME_WIDEST = 220
WORDS = (("STR", 148), ("half-hours", 84), ("tagged", 64))  # headings and widths at the right
WILD = 3.0
TICKS = 6
NO_LABEL = "–"
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GroupChart(Chart):
    """Draws one row per group, most half-hours first."""

    def __init__(
        self,
        kind: str,
        names: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`kind` is “tool” or “model”; `names` gives keys the names people know."""
        super().__init__(f"Signal per million tokens by {kind}", parent)
        self.kind, self.names = kind, names or {}
        self.groups: list[Summary] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_figures(self, groups: list[Summary]) -> None:
        """Show other groups."""
        self.forget_position()
        self.groups = sorted(groups, key=lambda g: (-g.ratio.blocks, -g.mte, g.key))
        self.updateGeometry()
        self.update()

    def name(self, position: int) -> str:
        """Return the name of a group as people know it."""
        key = self.groups[position].key
        return one_line(self.names.get(key, key)) or f"unknown {self.kind}"

    def points(self) -> int:
        """Return the number of rows drawn; the table holds the rest."""
        return min(len(self.groups), MOST_ROWS)

    def reading(self, position: int) -> str:
        """Return the figures of a group in words."""
        group = self.groups[position]
        parts = [self.name(position), estimate_words(group)]
        lower, upper = group.ratio.lower, group.ratio.upper
        if lower is not None and upper is not None and lower != upper:
            parts.append(f"untagged could make it {short(lower)} to {short(upper)}")
        parts.append(f"{count(group.ratio.blocks, 'half-hour')} of work")
        if group.coverage is not None:
            parts.append(f"{percent(group.coverage)} tagged")
        return " · ".join(parts)

    def choice(self, position: int) -> Choice | None:
        """Return the tool or model of a row; None for what has no name to filter by."""
        key = self.groups[position].key
        if not key:
            return None
        return Choice(tool=key) if self.kind == "tool" else Choice(model=key)

    def table(self) -> Table:
        """Return all groups, also those that found no room."""
        columns = (
            Column(self.kind.capitalize(), Kind.TEXT),
            Column("STR", Kind.RATIO),
            Column("Interval from", Kind.RATIO),
            Column("Interval to", Kind.RATIO),
            Column("At least", Kind.RATIO),
            Column("At most", Kind.RATIO),
            Column("Half-hours", Kind.COUNT),
            Column("Interactions", Kind.COUNT),
            Column("Tokens", Kind.MTE),
            Column("Tagged", Kind.SHARE),
        )
        return Table(columns, tuple(self._row(n) for n in range(len(self.groups))))

    def _row(self, n: int) -> tuple[str | int | float | None, ...]:
        g, r = self.groups[n], self.groups[n].ratio
        figures = (r.point, r.low, r.high, r.lower, r.upper)
        return (self.name(n), *figures, r.blocks, g.interactions, g.mte, g.coverage)

    def step(self, key: Qt.Key) -> int:
        """Move by rows, with either pair of arrows."""
        down = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        return down.get(key, 0) or {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(key, 0)

    def sizeHint(self) -> QSize:
        """Return the height that the rows need."""
        return QSize(480, HEAD + ROW * max(self.points(), 1) + FOOT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scale and every row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        top = self._top()
        self._paint_scale(painter, area, top)
        for position in range(self.points()):
            self._paint_row(painter, position, area, top)
        painter.end()

    def _area(self) -> QRectF:
        """Return where the marks stand, between the names and the figures."""
        name = min(self.width() * NAME_SHARE, NAME_WIDEST)
        right = self.width() - sum(width for _, width in WORDS) - 12
        return QRectF(name, HEAD, max(right - name, 40), ROW * self.points())

    def _top(self) -> float:
        """Return where the scale ends: beyond the estimates, and beyond bounds unless wild."""
        shown = [g.ratio for g in self.groups[: self.points()]]
        sure = max((r.point or r.high or 0.0 for r in shown), default=0.0)
        far = max((max(r.high or 0.0, r.upper or 0.0) for r in shown), default=0.0)
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
            painter.drawText(QRectF(right - width, 0, width, HEAD), RIGHT, words)
            right -= width

    def _paint_row(self, painter: QPainter, position: int, area: QRectF, top: float) -> None:
        colours, group = theme.colours(), self.groups[position]
        row = QRectF(0, HEAD + ROW * position, self.width(), ROW)
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
        painter.setFont(theme.current().font(Type.BODY, tabular=True))
        self._paint_marks(painter, group, row.center().y(), area, top)
        self._paint_words(painter, group, row)

    def _paint_marks(
        self, painter: QPainter, group: Summary, y: float, area: QRectF, top: float
    ) -> None:
        colours, ratio = theme.colours(), group.ratio

        def x(value: float) -> float:
            return area.left() + area.width() * min(value / top, 1.0)

        painter.setPen(Qt.PenStyle.NoPen)
        if ratio.lower is not None and ratio.upper is not None:
            painter.setBrush(qcolour(colours.bounds))
            box = QRectF(x(ratio.lower), y - 8, max(x(ratio.upper) - x(ratio.lower), 2), 16)
            painter.drawRoundedRect(box, 3, 3)
            if ratio.upper > top:
                _paint_beyond(painter, QPointF(area.right(), y))
        if ratio.low is not None and ratio.high is not None:
            painter.setPen(pen(colours.series, 3))
            painter.drawLine(QPointF(x(ratio.low), y), QPointF(x(ratio.high), y))
        if ratio.point is not None:
            painter.setPen(pen(colours.series if ratio.assumed else colours.surface, 2))
            painter.setBrush(qcolour(colours.surface if ratio.assumed else colours.series))
            painter.drawEllipse(QPointF(x(ratio.point), y), 5.5, 5.5)

    def _paint_words(self, painter: QPainter, group: Summary, row: QRectF) -> None:
        colours = theme.colours()
        sure = group.ratio.low is not None
        covered = NO_LABEL if group.coverage is None else percent(group.coverage)
        words = (figure_words(group), str(group.ratio.blocks), covered)
        right = float(self.width())
        for text, (_, width) in reversed(list(zip(words, WORDS, strict=True))):
            painter.setPen(qcolour(colours.text if sure else colours.text_faint))
            painter.drawText(QRectF(right - width, row.top(), width, ROW), RIGHT, text)
            right -= width

    def _position_at(self, y: float) -> int | None:
        position = int((y - HEAD) // ROW)
        return position if 0 <= position < self.points() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point to the row under the pointer."""
        self.point_to(self._position_at(event.position().y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Narrow to the row that is clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.choose(self._position_at(event.position().y()))

    def leaveEvent(self, event: object) -> None:
        """Let go of the row when the pointer leaves."""
        self.point_to(None)
        super().leaveEvent(event)  # type: ignore[arg-type] # Qt hands its own event through


def _paint_beyond(painter: QPainter, tip: QPointF) -> None:
    """Draw a tip at the end of a bar that goes on beyond the scale."""
    x, y = tip.x() + 2, tip.y()
    painter.drawPolygon(QPolygonF([QPointF(x, y - 6), QPointF(x + 6, y), QPointF(x, y + 6)]))


def figure_words(group: Summary) -> str:
    """Return the shortest honest figure: “3.2 (2.6–4.0)”, “2.6–4.0”, or “too few”."""
    ratio = group.ratio
    if ratio.low is not None and ratio.high is not None:
        interval = dash(ratio.low, ratio.high)
        return interval if ratio.point is None else f"{short(ratio.point)} ({interval})"
    return "too few" if too_little(group) else "too few tags"


def estimate_words(group: Summary) -> str:
    """Return what can be said of a group, or what it lacks."""
    ratio = group.ratio
    if ratio.low is None or ratio.high is None:
        return lacking(group).rstrip(".")
    interval = span(ratio.low, ratio.high)
    if ratio.point is None:
        return f"{interval} half-hours of kept work per million tokens"
    return f"{short(ratio.point)} half-hours of kept work per million tokens, {interval}"
