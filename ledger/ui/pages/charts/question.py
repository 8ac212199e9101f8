"""What every question of the Charts page is: a column of panels that draw when they are asked."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

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


def lacking_blocks(context: DrawContext, blocks: int, needed: int) -> tuple[str, str]:
    """Return why a curve over completely tagged work is empty, and how many tags it needs."""
    frame, selection = context.frame, context.selection
    tags = max(charts.tags_for_coverage(frame, selection), needed - blocks)
    way_out = []
    if blocks < needed:
        work = count(needed, "completely tagged half-hour")
        way_out.append(f"It needs {work} of work, {blocks} so far.")
    if tags > 0 and (frame.tag[selection.rows] == UNTAGGED).any():
        way_out.append(f"That takes at least {count(tags, 'more tag')}.")
    return TOO_LITTLE, " ".join(way_out)
