"""Where did the tokens go? By what became of them over time, and from tool to model to outcome."""

from collections.abc import Iterator

from ledger.flows.insights import charts
from ledger.flows.insights.charts import TOOL_NAMES, Step
from ledger.metrics.chart_data import flow
from ledger.metrics.trends import stack
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.flow_chart import FlowChart
from ledger.ui.charts.options import STEPS, Options
from ledger.ui.charts.stack_chart import StackChart
from ledger.ui.pages.charts.question import DrawContext, Question


class Spending(Question):
    """Two charts: the stack and the flow."""

    def __init__(self) -> None:
        self.stack_chart, self.flow_chart = StackChart(), FlowChart(TOOL_NAMES)
        self.steps = Options(STEPS)
        self._step: Step | None = None  # None: whatever fits the length
        self.stack = ChartPanel(
            self.stack_chart,
            "Where the tokens went",
            "Tokens, weighted by what they cost, by what became of the output.",
            "outcomes",
        )
        self.stack.extras.addWidget(self.steps)
        self.flow = ChartPanel(
            self.flow_chart,
            "From tool to model to outcome",
            "Each ribbon is as wide as the tokens it carries.",
            "flow",
        )
        super().__init__((self.stack, self.flow))
        self.steps.chosen.connect(self._on_step)

    def draw(self, context: DrawContext) -> Iterator[None]:
        """Draw the stack, then the flow."""
        step = self._step or charts.fitting_step(context.frame, context.selection)
        self.steps.show_option(step)
        self.stack_chart.show_figures(stack(context.frame, context.selection, step=step))
        self.stack.show_chart()
        yield
        self.flow_chart.show_figures(flow(context.frame, context.selection))
        self.flow.show_chart()

    def _on_step(self, step: Step) -> None:
        self._step = step
        self.asked_anew.emit()
