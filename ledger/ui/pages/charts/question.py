"""What every question of the Charts page is: a column of panels that draw when they are asked."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ledger.core.filters import Filter
from ledger.core.formatting import count
from ledger.core.vocabulary import UNTAGGED
from ledger.flows.insights import charts
from ledger.flows.insights.headline import TOO_LITTLE
from ledger.metrics.frame import Frame, Selection
from ledger.ui import theme
from ledger.ui.abstract import check_complete
from ledger.ui.charts.chart import Chart
from ledger.ui.charts.chart_panel import ChartPanel

WIDEST = 1240
NOTHING_TAGGED = ("Nothing is tagged yet.", "Tag a few interactions, and this chart begins.")


class DrawContext(NamedTuple):
    """What is to be drawn: the ledger, the filter and what it leaves over, and the settings."""

    frame: Frame
    selection: Selection
    filter: Filter
    worth: int  # of “edited”, in percent
    window_days: int
    today: date


class Question(QScrollArea):
    """Panels below each other; a class that does not say how they are drawn is refused.

    Signals:
        asked_anew(): the person changed what this question is about; draw it again.
    """

    asked_anew = Signal()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        check_complete(cls)

    def __init__(self, panels: tuple[ChartPanel, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panels = panels
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        space = theme.current().space
        ground, inside = QWidget(), QWidget()
        ground.setObjectName("canvas")
        inside.setMaximumWidth(WIDEST)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(space.l)
        for panel in panels:
            self.column.addWidget(panel)
        row = QHBoxLayout(ground)
        row.setContentsMargins(space.xl, space.s, space.xl, space.xl)
        row.addWidget(inside, 100, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.setWidget(ground)

    @abstractmethod
    def draw(self, context: DrawContext) -> Iterator[None]:
        """Draw every panel; each `yield` ends a piece."""


class Empty(NamedTuple):
    """What stands in the place of a chart that has nothing to show."""

    cause: str
    way_out: str = ""


def nothing_to_say(_context: DrawContext, _figures: Any) -> str:
    """Stand for a chart that says nothing beyond what it shows."""
    return ""


class ChartRow(NamedTuple):
    """One chart of a question: a row of its table.

    `compute` returns what the chart's `show_figures` takes; `say` the note above the chart, or
    `Empty` where these figures are nothing to look at. The anchor is a heading of docs/measure/.
    """

    chart: Callable[[], Chart]
    title: str
    sentence: str
    anchor: str
    compute: Callable[[DrawContext], Any]
    say: Callable[[DrawContext, Any], str | Empty] = nothing_to_say


class TableOfCharts(Question):
    """A question whose charts need nothing but their rows; they are drawn one after the other."""

    rows: ClassVar[tuple[ChartRow, ...]] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        charts_of_rows = (row.chart() for row in self.rows)
        super().__init__(
            tuple(
                ChartPanel(chart, row.title, row.sentence, row.anchor)
                for chart, row in zip(charts_of_rows, self.rows, strict=True)
            ),
            parent,
        )

    def draw(self, context: DrawContext) -> Iterator[None]:
        """Compute and show one chart after the other."""
        for panel, row in zip(self.panels, self.rows, strict=True):
            figures = row.compute(context)
            yield
            chart: Any = panel.chart
            chart.show_figures(figures)
            note = row.say(context, figures)
            if isinstance(note, Empty):
                panel.show_empty(*note)
            else:
                panel.show_chart(note)
            yield

    def panel(self, anchor: str) -> ChartPanel:
        """Return the panel of a chart; raises KeyError where no row has this anchor."""
        return {panel.anchor: panel for panel in self.panels}[anchor]


def lacking_blocks(context: DrawContext, blocks: int, needed: int) -> Empty:
    """Return why a curve over completely tagged work is empty, and how many tags it needs."""
    frame, selection = context.frame, context.selection
    tags = max(charts.tags_for_coverage(frame, selection), needed - blocks)
    way_out = []
    if blocks < needed:
        work = count(needed, "completely tagged half-hour")
        way_out.append(f"It needs {work} of work, {blocks} so far.")
    if tags > 0 and (frame.tag[selection.rows] == UNTAGGED).any():
        way_out.append(f"That takes at least {count(tags, 'more tag')}.")
    return Empty(TOO_LITTLE, " ".join(way_out))
