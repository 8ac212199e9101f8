"""Compare two: tools, models, projects or kinds of work, within the same work."""

from collections.abc import Iterator
from dataclasses import replace

from ledger.core.figures import Comparison
from ledger.flows.insights.drill_down import DrillDown
from ledger.metrics.comparison import compare
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.comparison_chart import ComparisonChart
from ledger.ui.pages.charts.question import DrawContext, Question
from ledger.ui.pages.charts.side_picker import SidePicker
from ledger.ui.pages.charts.sides import GROUP_NAMES, choice_of, largest_first, namer, work_label

SENTENCE = (
    "Signal per million tokens of one against the other, within the same project and kind of "
    "work, over long times also the same month: so less of what differs is the work itself. A ring "
    "is one such work alone, too little to compare by."
)


class Two(Question):
    """One chart, and the choice of the two."""

    def __init__(self) -> None:
        self.picker = SidePicker()
        self.chart = ComparisonChart()
        self.panel = ChartPanel(self.chart, "Compare two", SENTENCE, "comparisons")
        super().__init__((self.panel,))
        self.column.insertWidget(0, self.picker)
        self.picker.picked.connect(self.asked_anew)

    def draw(self, context: DrawContext) -> Iterator[None]:
        """Offer the groups there are, then draw the comparison of two."""
        by, named = self.picker.by, namer(context.frame, self.picker.by)
        keys = largest_first(context.frame, context.selection, by)
        self.picker.show_keys(keys, named)
        yield
        first, second = self.picker.pair()
        if len(keys) < 2:
            group_name = GROUP_NAMES[by]
            self.panel.show_empty(
                f"There is only one {group_name} here.",
                f"Take another filter, or compare by something else than {group_name}.",
            )
            return
        comparison = compare(
            context.frame, context.selection, by, first, second, edited_worth=context.worth
        )

        def side(is_first: bool) -> DrillDown:
            return choice_of(by, first if is_first else second)

        self.panel.explain(" ".join((SENTENCE, *comparison.notes)))
        shown = with_work(context, comparison)
        self.chart.show_figures(shown, named(first) or "unknown", named(second) or "unknown", side)
        self.panel.show_chart()


def with_work(context: DrawContext, comparison: Comparison) -> Comparison:
    """Return a comparison whose shared work is called as people call it."""
    strata = tuple((work_label(context.frame, name), a, b) for name, a, b in comparison.strata)
    return replace(comparison, strata=strata)
