"""Which gives more? Tools, models, projects or kinds of work, pulled towards the whole."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt

from ledger.metrics.shrinkage import shrunken
from ledger.metrics.tally import summary_by_group, summary_of
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.group_chart import GroupChart
from ledger.ui.charts.options import Options
from ledger.ui.pages.charts.question import NOTHING_TAGGED, DrawContext, Question
from ledger.ui.pages.charts.sides import GROUP_NAMES, OPTIONS, By, choice_of, namer

TITLE = "Signal per token by group"


class Groups(Question):
    """One chart, and the choice of what its rows are."""

    def __init__(self) -> None:
        self.by: By = "tool"
        self.chart = GroupChart()
        self.options = Options(OPTIONS)
        self.options.show_option(self.by)
        self.panel = ChartPanel(
            self.chart, "Signal per token by group", _sentence("tool"), "shrinkage"
        )
        super().__init__((self.panel,))
        self.column.insertWidget(0, self.options, 0, Qt.AlignmentFlag.AlignLeft)
        self.options.chosen.connect(self._on_by)

    def draw(self, context: DrawContext) -> Iterator[None]:
        """Draw the groups."""
        by = self.by
        self.options.show_option(by)
        self.panel.explain(_sentence(by))
        groups = shrunken(context.frame, context.selection, by, edited_worth=context.worth)
        yield
        if not any(group.coverage for group in groups):
            self.panel.show_empty(*NOTHING_TAGGED)
            return
        bounds = summary_by_group(
            context.frame, context.selection, by, edited_worth=context.worth, interval=False
        )
        overall = summary_of(context.frame, context.selection, "all", edited_worth=context.worth)
        self.chart.ask_by(GROUP_NAMES[by], namer(context.frame, by), partial(choice_of, by))
        self.chart.show_figures(groups, bounds, overall.ratio.point)
        self.panel.show_chart()

    def _on_by(self, by: By) -> None:
        self.by = by
        self.asked_anew.emit()


def _sentence(by: By) -> str:
    return (
        "Half-hours of kept work per million tokens. A group with little work is pulled towards "
        f"the whole by as much as it is uncertain. You chose which {GROUP_NAMES[by]} got which job."
    )
