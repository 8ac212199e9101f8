"""Does size matter? What work is worth by its size, when to stop, sessions, and what it costs."""

from collections.abc import Iterator

from ledger.flows.insights.charts import sizes_words, stop_words, worth_words
from ledger.metrics.chart_data import MOST_DOTS, sessions
from ledger.metrics.curves import MIN_WORTH_CURVE_BLOCKS, sizes, stop_loss, worth_curve
from ledger.metrics.ratio import INTERVAL_BLOCKS
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.session_chart import SessionChart
from ledger.ui.charts.sizes_chart import SizesChart
from ledger.ui.charts.stop_loss_chart import StopLossChart
from ledger.ui.charts.worth_chart import WorthChart
from ledger.ui.pages.charts.question import DrawContext, Question, lacking_blocks

SESSIONS = (
    "Each dot is a session: its size to the right, the kept share of its tagged tokens upwards. "
    "Dots of one worth are spread a little so that none hides another. A click lists a session."
)


class Size(Question):
    """Four charts: worth by size, the stop-loss curve, sessions, and cost."""

    def __init__(self) -> None:
        self.worth_chart, self.stop_chart = WorthChart(), StopLossChart()
        self.session_chart, self.sizes_chart = SessionChart(), SizesChart()
        self.worth = ChartPanel(
            self.worth_chart,
            "What work is worth by its size",
            "Average worth of a half-hour of work by the tokens it took. Flat means that size "
            "does not matter.",
            "worth-curve",
        )
        self.stop = ChartPanel(
            self.stop_chart,
            "When is it time to stop?",
            "Of the half-hours of work that passed a size: the share that ended up kept.",
            "stop-loss",
        )
        self.sessions = ChartPanel(self.session_chart, "Sessions", SESSIONS, "sessions")
        self.sizes = ChartPanel(
            self.sizes_chart,
            "What an interaction costs",
            "Interactions by the tokens they took, on a scale on which every step is ten times "
            "the one before.",
            "sizes",
        )
        super().__init__((self.worth, self.stop, self.sessions, self.sizes))

    def draw(self, context: DrawContext) -> Iterator[None]:
        """Draw one chart after the other."""
        self._draw_worth(context)
        yield
        self._draw_stop(context)
        yield
        dots = sessions(context.frame, context.selection, edited_worth=context.worth)
        yield
        self.session_chart.show_figures(dots)
        note = f"{MOST_DOTS:,} sessions are drawn, evenly picked of more.".replace(",", "\u202f")
        self.sessions.show_chart(note if len(dots) == MOST_DOTS else "")
        yield
        costs = sizes(context.frame, context.selection)
        self.sizes_chart.show_figures(costs)
        if self.sizes_chart.points():
            self.sizes.show_chart(sizes_words(costs))
        else:
            self.sizes.show_empty("No sizes are known.", "These logs tell no token counts.")

    def _draw_worth(self, context: DrawContext) -> None:
        curve = worth_curve(context.frame, context.selection, edited_worth=context.worth)
        self.worth_chart.show_figures(curve)
        if curve.bins:
            self.worth.show_chart(worth_words(curve))
        else:
            self.worth.show_empty(*lacking_blocks(context, curve.blocks, MIN_WORTH_CURVE_BLOCKS))

    def _draw_stop(self, context: DrawContext) -> None:
        curve = stop_loss(context.frame, context.selection, edited_worth=context.worth)
        self.stop_chart.show_figures(curve)
        if curve.stops:
            self.stop.show_chart(stop_words(curve))
        else:
            self.stop.show_empty(*lacking_blocks(context, curve.blocks, INTERVAL_BLOCKS))
