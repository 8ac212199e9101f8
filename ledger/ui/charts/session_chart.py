"""Every session by its size and by what its tagged tokens became; a click lists what it holds."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from ledger.core.days import day_of
from ledger.core.figures import SessionDot
from ledger.core.formatting import count, day, percent, tokens
from ledger.core.vocabulary import TOOL_TITLES
from ledger.flows.insights.drill_down import DrillDown
from ledger.ui import theme
from ledger.ui.charts.axes import SizeAxis, ValueAxis
from ledger.ui.charts.chart import Chart
from ledger.ui.charts.dot_plot import DotPlot, Dots
from ledger.ui.charts.legend import Entry, Legend, Mark
from ledger.ui.charts.plot import Numbers
from ledger.ui.charts.table import Column, Kind, Table

HEIGHT = 360
UNTAGGED_Y = -0.16
LOWEST, HIGHEST = -0.26, 1.08
SPREAD = 0.045  # of the height of the scale: dots of one worth would hide each other
LEFT_WIDTH = 66
HALF = 0.5  # tagged share from which a dot is filled
SHAPES = (Mark.POINT, Mark.SQUARE, Mark.TRIANGLE, Mark.DIAMOND)
NAMES = {str(tool): title for tool, title in TOOL_TITLES.items()}
COLUMNS = (
    Column("Begun", Kind.TEXT),
    Column("Tool", Kind.TEXT),
    Column("Tokens", Kind.MTE),
    Column("Interactions", Kind.COUNT),
    Column("Kept share of tagged", Kind.SHARE),
    Column("Tagged", Kind.SHARE),
)


class SessionChart(Chart):
    """Draws SessionDots: size on a logarithmic axis, worth upwards, untagged ones on a shelf."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sessions by size and worth", parent)
        self.dots: tuple[SessionDot, ...] = ()
        self._x: Numbers = np.empty(0)
        self._y: Numbers = np.empty(0)
        self.plot = DotPlot(
            SizeAxis(), ValueAxis(_worth_label, (UNTAGGED_Y, 0.0, 0.5, 1.0), LEFT_WIDTH)
        )
        self.legend = Legend(())
        self.lay_out(self.legend, self.plot)
        self.setFixedHeight(HEIGHT)
        self.plot.hovered.connect(self.point_to)
        self.plot.clicked.connect(self._on_clicked)
        self.recolour()

    def show_figures(self, dots: Sequence[SessionDot]) -> None:
        """Show other sessions; those without a known size are left out."""
        self.forget_position()
        self.dots = tuple(
            sorted((dot for dot in dots if dot.mte > 0), key=lambda dot: (dot.mte, dot.session))
        )
        self._x = np.log10([dot.mte for dot in self.dots]) if self.dots else np.empty(0)
        worth = [UNTAGGED_Y if dot.worth is None else dot.worth for dot in self.dots]
        self._y = np.array(worth, dtype=np.float64) + _spread([dot.session for dot in self.dots])
        self._show_legend()
        self._draw()
        if self.dots:
            self.plot.show_range(self._x.min(), self._x.max(), LOWEST, HIGHEST)

    def _tools(self) -> list[str]:
        """Return the tools that have sessions, those of the ledger's own order first."""
        tools = {dot.tool for dot in self.dots}
        return [tool for tool in NAMES if tool in tools] + sorted(tools - NAMES.keys())

    def _show_legend(self) -> None:
        shapes = [
            Entry(SHAPES[n % len(SHAPES)], NAMES.get(tool, tool), "series")
            for n, tool in enumerate(self._tools())
        ]
        more = (
            Entry(Mark.RING, "less than half of it tagged", "series"),
            Entry(Mark.LABEL, count(len(self.dots), "session")),
        )
        self.legend.show_entries((*shapes, *more))

    def _draw(self) -> None:
        colours = theme.colours()
        tool = np.array([dot.tool for dot in self.dots])
        filled = np.array([dot.coverage >= HALF for dot in self.dots], dtype=np.bool_)
        groups = []
        for n, name in enumerate(self._tools()):
            shape = SHAPES[n % len(SHAPES)]
            for is_filled in (False, True):
                rows = (tool == name) & (filled == is_filled)
                groups.append(Dots(self._x[rows], self._y[rows], shape, is_filled))
        self.plot.show_dots(self._x, self._y, groups, colours.series)

    def points(self) -> int:
        """Return the number of sessions."""
        return len(self.dots)

    def reading(self, position: int) -> str:
        """Return the figures of a session in words."""
        dot = self.dots[position]
        parts = [
            f"{NAMES.get(dot.tool, dot.tool)}, {day(day_of(dot.time_s), year=True)}",
            f"{tokens(dot.mte)} tokens in {count(dot.interactions, 'interaction')}",
        ]
        if dot.worth is None:
            return " · ".join((*parts, "untagged"))
        share_text = f"{percent(dot.worth)} of what is tagged was kept"
        return " · ".join((*parts, share_text, f"{percent(dot.coverage)} tagged"))

    def choice(self, position: int) -> DrillDown:
        """Return a session."""
        return DrillDown(session=self.dots[position].session)

    def table(self) -> Table:
        """Return the sessions, the largest first."""
        rows = (
            (day_of(dot.time_s).isoformat(), NAMES.get(dot.tool, dot.tool), dot.mte,
             dot.interactions, dot.worth, dot.coverage)
            for dot in reversed(self.dots)
        )  # fmt: skip
        return Table(COLUMNS, tuple(rows))

    def recolour(self) -> None:
        """Take on the colours of the theme in use."""
        self.plot.recolour()
        self._draw()
        self.update()

    def show_mark(self) -> None:
        """Draw a ring around the session that is pointed at."""
        self.plot.mark(None if self.position is None else self.place(self.position))

    def place(self, position: int) -> QPointF:
        """Return where the dot of a session lies: powers of ten of MTE, and worth."""
        return QPointF(self._x[position], self._y[position])

    def _on_clicked(self, position: int, listing: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.point_to(position)
        self.choose_marked(listing=listing)


def _spread(sessions: Sequence[int]) -> Numbers:
    """Return for each session a small step up or down, always the same for the same one."""
    mixed = (np.array(sessions, dtype=np.uint64) * np.uint64(2654435761)) % np.uint64(1 << 32)
    steps: Numbers = (mixed / float(1 << 32) - 0.5) * 2 * SPREAD
    return steps


def _worth_label(worth: float) -> str:
    return "untagged" if worth < 0 else percent(worth)
