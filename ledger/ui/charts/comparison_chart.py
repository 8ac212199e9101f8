"""Two sides within the same work: how many times as much signal per token the first one gave."""

from collections.abc import Callable, Iterator
from math import ceil, log, log2
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from ledger.core.cleaning import one_line
from ledger.core.curves import Arm, Comparison, Verdict
from ledger.core.phrasing import count, short, span
from ledger.flows.choosing import Choice
from ledger.flows.curve_words import simpson_words, verdict_words
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.painted import PaintedChart
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

ROW = 34.0
HEAD = 30.0
FOOT = 44.0
MOST_ROWS = 12
NAME_SHARE = 0.29
NAME_WIDEST = 240.0
FIGURE = 116.0  # pixels for the figure of one side
AFTER_WORDS = 12.0
FEWEST, MOST = 1, 4  # doublings to either side of the scale
NOTHING = "–"
TOGETHER, CRUDE = "Like with like", "All work together"
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
COLUMNS = (
    Column("Work", Kind.TEXT),
    Column("Times as much", Kind.RATIO),
    Column("Interval from", Kind.RATIO),
    Column("Interval to", Kind.RATIO),
    Column("First: STR", Kind.RATIO),
    Column("First: half-hours", Kind.COUNT),
    Column("First: tokens", Kind.MTE),
    Column("Second: STR", Kind.RATIO),
    Column("Second: half-hours", Kind.COUNT),
    Column("Second: tokens", Kind.MTE),
)


class Row(NamedTuple):
    """One line: the work, how many times as much, the interval, and both sides."""

    words: str
    ratio: float | None
    low: float | None
    high: float | None
    first: Arm
    second: Arm
    is_whole: bool  # the figure that counts


def rate(arm: Arm) -> float | None:
    """Return the signal per million tokens of one side; None where nothing was spent."""
    return arm.worth / arm.mte if arm.mte > 0 else None


def rows_of(found: Comparison) -> list[Row]:
    """Return what is drawn: like with like first, then everything, then each shared work."""
    shared = (
        _together([first for _, first, _ in found.strata]),
        _together([second for _, _, second in found.strata]),
    )
    rows = []
    if found.ratio is not None:
        rows.append(Row(TOGETHER, found.ratio, found.low, found.high, *shared, is_whole=True))
    rows.append(Row(CRUDE, found.crude, None, None, *found.arms, is_whole=False))
    for words, first, second in found.strata:
        a, b = rate(first), rate(second)
        ratio = a / b if a is not None and b else None
        rows.append(Row(words, ratio, None, None, first, second, is_whole=False))
    return rows


def _together(arms: list[Arm]) -> Arm:
    return Arm(sum(a.worth for a in arms), sum(a.mte for a in arms), sum(a.blocks for a in arms))


class ComparisonChart(PaintedChart):
    """Draws a Comparison; what it says stands above its rows, a warning first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Two sides within the same work", parent)
        self.found: Comparison | None = None
        self.rows: list[Row] = []
        self.first = self.second = ""
        self._choose: Callable[[bool], Choice] | None = None

    def show_figures(
        self,
        found: Comparison,
        first: str,
        second: str,
        choose: Callable[[bool], Choice] | None = None,
    ) -> None:
        """Show another comparison of sides with these names.

        `choose` tells what the first (True) or the second side narrows to.
        """
        self.forget_position()
        self.found, self.first, self.second = found, one_line(first), one_line(second)
        self.rows, self._choose = rows_of(found), choose
        self._fit()
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        """Return what the comparison says, a warning first."""
        return " ".join(words for words in (self.warning(), self.verdict()) if words)

    def warning(self) -> str:
        """Return the warning, "" for none."""
        return simpson_words(self.found, self.first, self.second) if self.found else ""

    def verdict(self) -> str:
        """Return the verdict; one of no difference also with the ratio that it rests on."""
        if self.found is None:
            return ""
        said = verdict_words(self.found, self.first, self.second)
        return " ".join((said, *self._rests_on(self.found)))

    def _rests_on(self, found: Comparison) -> Iterator[str]:
        if found.verdict is not Verdict.NO_DIFFERENCE or found.ratio is None:
            return
        interval = ""
        if found.low is not None and found.high is not None:
            interval = f", {span(found.low, found.high)}"
        yield f"{self.first} gave {short(found.ratio)} times as much{interval}."

    def points(self) -> int:
        """Return the number of rows drawn; the table holds the rest."""
        return min(len(self.rows), MOST_ROWS)

    def reading(self, position: int) -> str:
        """Return the figures of a row in words."""
        row = self.rows[position]
        parts = [row.words]
        if row.ratio is not None:
            parts.append(f"{self.first} gave {short(row.ratio)} times as much as {self.second}")
        if row.low is not None and row.high is not None:
            parts.append(span(row.low, row.high))
        for name, arm in ((self.first, row.first), (self.second, row.second)):
            value, work = rate(arm), count(arm.blocks, "half-hour")
            figure = "nothing spent" if value is None else f"{short(value)} per million tokens"
            parts.append(f"{name}: {work if row.is_whole else f'{figure} in {work}'}")
        return " · ".join(parts)

    def choice(self, position: int) -> Choice | None:
        """Return the side that did better in a row; both sides at once are no filter."""
        row = self.rows[position]
        if self._choose is None or row.ratio is None:
            return None
        return self._choose(row.ratio >= 1)

    def table(self) -> Table:
        """Return all rows, also those that found no room."""
        rows = (
            (r.words, r.ratio, r.low, r.high, rate(r.first), r.first.blocks, r.first.mte,
             rate(r.second), r.second.blocks, r.second.mte)
            for r in self.rows
        )  # fmt: skip
        return Table(COLUMNS, tuple(rows))

    def step(self, key: Qt.Key) -> int:
        """Move by rows, with either pair of arrows."""
        down = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        return down.get(key, 0) or {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(key, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the words in the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Return the height of the words and the rows."""
        return QSize(480, round(self._above() + HEAD + ROW * max(self.points(), 1) + FOOT))

    def _above(self) -> float:
        """Return the height of the words."""
        return sum(box.height() + AFTER_WORDS for _, _, box in self._said())

    def _said(self) -> list[tuple[str, str, QRectF]]:
        """Return each sentence above the rows with its ink and its box."""
        metrics = QFontMetricsF(theme.current().font(Type.STRONG))
        said, y = [], 0.0
        for words, ink in ((self.warning(), "warning"), (self.verdict(), "text")):
            if not words:
                continue
            room = QRectF(0, 0, max(self.width(), 200), 1000)
            box = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words)
            said.append((words, ink, QRectF(0, y, room.width(), box.height())))
            y += box.height() + AFTER_WORDS
        return said

    def _area(self) -> QRectF:
        """Return where the marks stand, between the names and the figures."""
        left = min(self.width() * NAME_SHARE, NAME_WIDEST)
        right = self.width() - 2 * FIGURE - 12
        return QRectF(left, self._above() + HEAD, max(right - left, 40), ROW * self.points())

    def _doublings(self) -> int:
        """Return how many doublings the scale reaches to either side."""
        known = [v for row in self.rows for v in (row.ratio, row.low, row.high) if v]
        far = max((abs(log2(value)) for value in known), default=1.0)
        return min(max(ceil(far), FEWEST), MOST)

    def paint(self, painter: QPainter) -> None:
        """Draw what is said, the scale, and every row."""
        painter.setFont(theme.current().font(Type.STRONG))
        for words, ink, box in self._said():
            painter.setPen(qcolour(getattr(theme.colours(), ink)))
            painter.drawText(box, Qt.TextFlag.TextWordWrap, words)
        area = self._area()
        self._paint_scale(painter, area)
        for position in range(self.points()):
            self._paint_row(painter, position, area)

    def _paint_scale(self, painter: QPainter, area: QRectF) -> None:
        colours, most = theme.colours(), self._doublings()
        painter.setFont(theme.current().font(Type.CAPTION))
        for power in range(-most, most + 1):
            x = _x(2.0**power, most, area)
            painter.setPen(pen(colours.cursor if power == 0 else colours.grid))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(qcolour(colours.axis))
            words = "equal" if power == 0 else f"{2 ** abs(power)}×"
            box = QRectF(x - 40, area.bottom() + 4, 80, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)
        below = QRectF(area.left(), area.bottom() + 22, area.width(), 18)
        metrics = QFontMetricsF(painter.font())
        half = area.width() / 2 - 8
        for name, words, side in (
            (self.second, "← more with {}", LEFT), (self.first, "more with {} →", RIGHT)
        ):  # fmt: skip
            text = words.format(name)
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, half)
            painter.drawText(below, side, fitting)
        self._paint_heads(painter)

    def _paint_heads(self, painter: QPainter) -> None:
        metrics, y = QFontMetricsF(painter.font()), self._above()
        for n, name in enumerate((self.first, self.second)):
            box = QRectF(self.width() - FIGURE * (2 - n), y, FIGURE, HEAD)
            words = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, FIGURE - 12)
            painter.drawText(box, RIGHT, words)

    def _paint_row(self, painter: QPainter, position: int, area: QRectF) -> None:
        colours, row = theme.colours(), self.rows[position]
        line = QRectF(0, area.top() + ROW * position, self.width(), ROW)
        if position == self.position:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolour(colours.hover, 0.6))
            painter.drawRoundedRect(line.adjusted(0, 2, 0, -2), 6, 6)
        font = theme.current().font(Type.STRONG if row.is_whole else Type.BODY)
        painter.setFont(font)
        painter.setPen(qcolour(colours.text if row.is_whole else colours.text_soft))
        room = area.left() - 20
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(one_line(row.words), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(8, line.top(), room, ROW), LEFT, words)
        painter.setFont(theme.current().font(Type.BODY, tabular=True))
        for n, arm in enumerate((row.first, row.second)):
            box = QRectF(self.width() - FIGURE * (2 - n), line.top(), FIGURE, ROW)
            painter.drawText(box, RIGHT, _figure(arm, is_whole=row.is_whole))
        self._paint_marks(painter, row, line.center().y(), area)

    def _paint_marks(self, painter: QPainter, row: Row, y: float, area: QRectF) -> None:
        colours, most = theme.colours(), self._doublings()
        if row.ratio is None:
            return
        middle = QPointF(_x(row.ratio, most, area), y)
        if row.low is not None and row.high is not None:
            painter.setPen(pen(colours.series, 3))
            low, high = (_x(value, most, area) for value in (row.low, row.high))
            painter.drawLine(QPointF(low, y), QPointF(high, y))
        if row.is_whole:
            painter.setPen(pen(colours.surface, 2))
            painter.setBrush(qcolour(colours.series))
            sides = (QPointF(-8, 0), QPointF(0, -8), QPointF(8, 0), QPointF(0, 8))
            painter.drawPolygon(QPolygonF([middle + side for side in sides]))
            return
        painter.setPen(pen(colours.series, 1.5))
        painter.setBrush(qcolour(colours.surface))
        painter.drawEllipse(middle, 4.5, 4.5)

    def position_at(self, place: QPointF) -> int | None:
        """Return the row under the pointer."""
        position = int((place.y() - self._area().top()) // ROW)
        return position if 0 <= position < self.points() else None


def _x(ratio: float, doublings: int, area: QRectF) -> float:
    """Return where a ratio stands, on a scale of doublings; what lies outside stands at the end."""
    share = log(ratio) / log(2) / doublings if ratio > 0 else -1.0
    return area.center().x() + area.width() / 2 * min(max(share, -1.0), 1.0)


def _figure(arm: Arm, *, is_whole: bool) -> str:
    """Return what one side gave, and in how many half-hours.

    Like with like has no figure of one side: sums over different work would contradict its ratio.
    """
    number = f"n\u202f{arm.blocks}"
    if is_whole:
        return number
    value = rate(arm)
    return f"{NOTHING if value is None else short(value)}  ({number})"
