"""Two sides within the same work: how many times as much signal per token the first one gave."""

from collections.abc import Callable, Iterator
from math import ceil, log, log2
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from ledger.core.figures import Arm, Comparison, Verdict
from ledger.core.formatting import count, short, span
from ledger.core.text_safety import one_line
from ledger.flows.insights.charts import simpson_words, verdict_words
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.ink import pen
from ledger.ui.charts.row_chart import LEFT, RIGHT, RowChart
from ledger.ui.charts.table import Column, Kind, Table
from ledger.ui.colours import qcolour
from ledger.ui.theme import Type

ROW = 34.0
HEAD = 30.0
FOOT = 44.0
NAME_SHARE = 0.29
NAME_WIDEST = 240.0
FIGURE = 116.0  # pixels for the figure of one side
AFTER_SENTENCE = 12.0
FEWEST, MOST = 1, 4  # doublings to either side of the scale
NOTHING = "–"
TOGETHER, CRUDE = "Like with like", "All work together"
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

    name: str
    ratio: float | None
    low: float | None
    high: float | None
    first: Arm
    second: Arm
    is_whole: bool  # the figure that counts


def rate(arm: Arm) -> float | None:
    """Return the signal per million tokens of one side; None where nothing was spent."""
    return arm.worth / arm.mte if arm.mte > 0 else None


def rows_of(comparison: Comparison) -> list[Row]:
    """Return what is drawn: like with like first, then everything, then each shared work."""
    shared = (
        _together([first for _, first, _ in comparison.strata]),
        _together([second for _, _, second in comparison.strata]),
    )
    rows = []
    if comparison.ratio is not None:
        rows.append(
            Row(TOGETHER, comparison.ratio, comparison.low, comparison.high, *shared, is_whole=True)
        )
    rows.append(Row(CRUDE, comparison.crude, None, None, *comparison.arms, is_whole=False))
    for name, first, second in comparison.strata:
        first_rate, second_rate = rate(first), rate(second)
        ratio = first_rate / second_rate if first_rate is not None and second_rate else None
        rows.append(Row(name, ratio, None, None, first, second, is_whole=False))
    return rows


def _together(arms: list[Arm]) -> Arm:
    return Arm(
        worth=sum(arm.worth for arm in arms),
        mte=sum(arm.mte for arm in arms),
        blocks=sum(arm.blocks for arm in arms),
    )


class ComparisonChart(RowChart):
    """Draws a Comparison; what it says stands above its rows, a warning first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        name = "Two sides within the same work"
        super().__init__(name, ROW, (FIGURE, FIGURE), NAME_SHARE, NAME_WIDEST, parent)
        self.comparison: Comparison | None = None
        self.rows: list[Row] = []
        self.first = self.second = ""
        self._choose: Callable[[bool], DrillDown] | None = None

    def show_figures(
        self,
        comparison: Comparison,
        first: str,
        second: str,
        choose: Callable[[bool], DrillDown] | None = None,
    ) -> None:
        """Show another comparison of sides with these names.

        `choose` tells what the first (True) or the second side narrows to.
        """
        self.forget_position()
        self.comparison, self.first, self.second = comparison, one_line(first), one_line(second)
        self.rows, self._choose = rows_of(comparison), choose
        self.fit()
        self.setAccessibleDescription(self.summary())
        self.update()

    def summary(self) -> str:
        """Return what the comparison says, a warning first."""
        return " ".join(sentence for sentence in (self.warning(), self.verdict()) if sentence)

    def warning(self) -> str:
        """Return the warning, "" for none."""
        return simpson_words(self.comparison, self.first, self.second) if self.comparison else ""

    def verdict(self) -> str:
        """Return the verdict; one of no difference also with the ratio that it rests on."""
        if self.comparison is None:
            return ""
        verdict = verdict_words(self.comparison, self.first, self.second)
        return " ".join((verdict, *self._rests_on(self.comparison)))

    def _rests_on(self, comparison: Comparison) -> Iterator[str]:
        if comparison.verdict is not Verdict.NO_DIFFERENCE or comparison.ratio is None:
            return
        interval = ""
        if comparison.low is not None and comparison.high is not None:
            interval = f", {span(comparison.low, comparison.high)}"
        yield f"{self.first} gave {short(comparison.ratio)} times as much{interval}."

    def rows_in_all(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def above(self) -> float:
        """Return the height of the sentences and of the headings below them."""
        return self._sentences_height() + HEAD

    def below(self) -> float:
        """Return the height of the scale and of what its ends mean."""
        return FOOT

    def reading(self, position: int) -> str:
        """Return the figures of a row in words."""
        row = self.rows[position]
        parts = [row.name]
        if row.ratio is not None:
            parts.append(f"{self.first} gave {short(row.ratio)} times as much as {self.second}")
        if row.low is not None and row.high is not None:
            parts.append(span(row.low, row.high))
        for name, arm in ((self.first, row.first), (self.second, row.second)):
            value, work = rate(arm), count(arm.blocks, "half-hour")
            figure = "nothing spent" if value is None else f"{short(value)} per million tokens"
            parts.append(f"{name}: {work if row.is_whole else f'{figure} in {work}'}")
        return " · ".join(parts)

    def choice(self, position: int) -> DrillDown | None:
        """Return the side that did better in a row; both sides at once are no filter."""
        row = self.rows[position]
        if self._choose is None or row.ratio is None:
            return None
        return self._choose(row.ratio >= 1)

    def table(self) -> Table:
        """Return all rows, also those that found no room."""
        rows = (
            (row.name, row.ratio, row.low, row.high, rate(row.first), row.first.blocks,
             row.first.mte, rate(row.second), row.second.blocks, row.second.mte)
            for row in self.rows
        )  # fmt: skip
        return Table(COLUMNS, tuple(rows))

    def _sentences_height(self) -> float:
        return sum(box.height() + AFTER_SENTENCE for _, _, box in self.sentences())

    def sentences(self) -> list[tuple[str, str, QRectF]]:
        """Return each sentence above the rows with its colour in the palette and its box."""
        metrics = QFontMetricsF(theme.current().font(Type.STRONG))
        sentences, y = [], 0.0
        for sentence, colour in ((self.warning(), "warning"), (self.verdict(), "text")):
            if not sentence:
                continue
            room = QRectF(0, 0, max(self.width(), 200), 1000)
            box = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, sentence)
            sentences.append((sentence, colour, QRectF(0, y, room.width(), box.height())))
            y += box.height() + AFTER_SENTENCE
        return sentences

    def doublings(self) -> int:
        """Return how many doublings the scale reaches to either side."""
        ratios = [ratio for row in self.rows for ratio in (row.ratio, row.low, row.high) if ratio]
        far = max((abs(log2(ratio)) for ratio in ratios), default=1.0)
        return min(max(ceil(far), FEWEST), MOST)

    def paint(self, painter: QPainter) -> None:
        """Draw the sentences, the scale, and every row."""
        painter.setFont(theme.current().font(Type.STRONG))
        for sentence, colour, box in self.sentences():
            painter.setPen(qcolour(getattr(theme.colours(), colour)))
            painter.drawText(box, Qt.TextFlag.TextWordWrap, sentence)
        area = self.area()
        self._paint_scale(painter, area)
        for position in range(self.points()):
            self._paint_row(painter, position, area)

    def _paint_scale(self, painter: QPainter, area: QRectF) -> None:
        colours, most = theme.colours(), self.doublings()
        painter.setFont(theme.current().font(Type.CAPTION))
        for power in range(-most, most + 1):
            x = _x(2.0**power, most, area)
            painter.setPen(pen(colours.cursor if power == 0 else colours.grid))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(qcolour(colours.axis))
            label = "equal" if power == 0 else f"{2 ** abs(power)}×"
            box = QRectF(x - 40, area.bottom() + 4, 80, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, label)
        below = QRectF(area.left(), area.bottom() + 22, area.width(), 18)
        metrics = QFontMetricsF(painter.font())
        half = area.width() / 2 - 8
        for name, label, side in (
            (self.second, "← more with {}", LEFT), (self.first, "more with {} →", RIGHT)
        ):  # fmt: skip
            fitting = metrics.elidedText(label.format(name), Qt.TextElideMode.ElideMiddle, half)
            painter.drawText(below, side, fitting)
        boxes = self.figure_boxes(area.top() - HEAD, HEAD)
        for name, box in zip((self.first, self.second), boxes, strict=True):
            heading = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, FIGURE - 12)
            painter.drawText(box, RIGHT, heading)

    def _paint_row(self, painter: QPainter, position: int, area: QRectF) -> None:
        colours, row = theme.colours(), self.rows[position]
        kind = Type.STRONG if row.is_whole else Type.BODY
        colour = colours.text if row.is_whole else colours.text_soft
        self.paint_name(painter, position, area, one_line(row.name), kind, colour)
        painter.setFont(theme.current().font(Type.BODY, tabular=True))
        box = self.row_box(position, area)
        arms = zip((row.first, row.second), self.figure_boxes(box.top(), ROW), strict=True)
        for arm, figure_box in arms:
            painter.drawText(figure_box, RIGHT, figure_label(arm, is_whole=row.is_whole))
        self._paint_marks(painter, row, box.center().y(), area)

    def _paint_marks(self, painter: QPainter, row: Row, y: float, area: QRectF) -> None:
        colours, most = theme.colours(), self.doublings()
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


def _x(ratio: float, doublings: int, area: QRectF) -> float:
    """Return where a ratio stands, on a scale of doublings; what lies outside stands at the end."""
    share = log(ratio) / log(2) / doublings if ratio > 0 else -1.0
    return area.center().x() + area.width() / 2 * min(max(share, -1.0), 1.0)


def figure_label(arm: Arm, *, is_whole: bool) -> str:
    """Return what one side gave, and in how many half-hours.

    Like with like has no figure of one side: sums over different work would contradict its ratio.
    """
    number = f"n\u202f{arm.blocks}"
    if is_whole:
        return number
    value = rate(arm)
    return f"{NOTHING if value is None else short(value)}  ({number})"
