"""Is it changing? Signal per token over time, with what was new and the change that is sure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from ledger.core.days import start_of
from ledger.core.figures import RatioSeries
from ledger.flows.insights import charts, drill_down, headline
from ledger.flows.insights.changes import MATURE_DAYS
from ledger.flows.insights.charts import TOOL_NAMES, change_words
from ledger.flows.insights.headline import TOO_LITTLE, lacking, too_little
from ledger.host.settings import DEFAULTS
from ledger.metrics.changes import change_scan, marks
from ledger.metrics.ratio import INTERVAL_BLOCKS, INTERVAL_DAYS
from ledger.metrics.tally import summary_of
from ledger.metrics.trends import ratio_series
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.ratio_chart import RatioChart
from ledger.ui.pages.charts.question import NOTHING_TAGGED, DrawContext, Question


class Changing(Question):
    """One chart: the ratio."""

    def __init__(self) -> None:
        self.ratio_chart = RatioChart(TOOL_NAMES)
        self.ratio = ChartPanel(
            self.ratio_chart,
            "Signal per token over time",
            ratio_words(DEFAULTS.window_days),
            "trend",
        )
        super().__init__((self.ratio,))
        self._lacks = ""  # of the newest window

    def draw(self, context: DrawContext) -> Iterator[None]:
        """Draw the line first; what explains it comes a moment later."""
        self.ratio.explain(ratio_words(context.window_days))
        series = ratio_series(
            context.frame,
            context.selection,
            window_days=context.window_days,
            edited_worth=context.worth,
        )
        empty = _empty(context, series)
        if empty:
            self.ratio.show_empty(*empty)
            return
        self.ratio_chart.show_figures(series, context.today)
        if series.low[-1] is not None:
            self._lacks = ""
        self._show()  # what was lacking stays until the next piece: the chart is not to jump
        yield
        if series.low[-1] is None:
            self._lacks = _by_answers(context) or self._newest_lacks(context)
        self._draw_causes(context)
        self._show()

    def _show(self) -> None:
        self.ratio.show_chart(
            " ".join(part for part in (self._change_sentence(), self._lacks) if part)
        )

    def _draw_causes(self, context: DrawContext) -> None:
        """Show what was new, and the change that is left when the newest week is."""
        settled = start_of(context.today - timedelta(days=MATURE_DAYS))
        until = min(context.filter.until_s or settled, settled)
        selection = context.frame.select(replace(context.filter, until_s=until))
        change = change_scan(context.frame, selection, edited_worth=context.worth)
        self.ratio_chart.show_causes(marks(context.frame, context.selection), change)

    def _change_sentence(self) -> str:
        change = self.ratio_chart.change
        return change_words(change) if change else ""

    def _newest_lacks(self, context: DrawContext) -> str:
        """Say what the newest window of the ratio needs for an estimate."""
        newest = self.ratio_chart.choice(self.ratio_chart.points() - 1)
        selection = context.frame.select(drill_down.narrow(context.filter, newest))
        figures = summary_of(
            context.frame, selection, "all", edited_worth=context.worth, interval=False
        )
        needed = charts.tags_needed(context.frame, selection, figures)
        return f"The newest {context.window_days} days: {lacking(figures, needed)}"


def _by_answers(context: DrawContext) -> str:
    """Say what sampled answers make of everything that is shown; "" where they do not tell."""
    if not context.frame.questions:
        return ""
    summary = summary_of(context.frame, context.selection, "all", edited_worth=context.worth)
    statement = headline.ratio(summary) if summary.ratio.sampled else None
    return f"All that is shown: {statement.text}" if statement else ""


def _empty(context: DrawContext, series: RatioSeries) -> tuple[str, str] | None:
    """Return why there is no line, None where there is one."""
    if not any(series.coverage):
        return NOTHING_TAGGED
    # Where one window has an interval there is enough work, and nobody need count it.
    if any(low is not None for low in series.low) or _is_plenty(series.blocks):
        return None
    summary = summary_of(
        context.frame, context.selection, "all", edited_worth=context.worth, interval=False
    )
    return (TOO_LITTLE, lacking(summary)) if too_little(summary) else None


def _is_plenty(blocks: tuple[int, ...]) -> bool:
    """Whether rolling windows alone prove blocks and days enough; a rise is a day with blocks."""
    rises = sum(now > before for before, now in pairwise((0, *blocks)))
    return max(blocks, default=0) >= INTERVAL_BLOCKS and rises >= INTERVAL_DAYS


def ratio_words(days: int) -> str:
    """Say what the ratio is."""
    return (
        f"Half-hours of work you kept, for each million tokens of the {days} days before. "
        "Tokens are weighted by what they cost."
    )
