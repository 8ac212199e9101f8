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

    def draw(self, stage: DrawContext) -> Iterator[None]:
        """Draw the line first; what explains it comes a moment later."""
        self.ratio.explain(ratio_words(stage.window_days))
        series = ratio_series(
            stage.frame,
            stage.selection,
            window_days=stage.window_days,
            edited_worth=stage.worth,
        )
        empty = _empty(stage, series)
        if empty:
            self.ratio.show_empty(*empty)
            return
        self.ratio_chart.show_figures(series, stage.today)
        if series.low[-1] is not None:
            self._lacks = ""
        self._show()  # what was lacking stays until the next piece: the chart is not to jump
        yield
        if series.low[-1] is None:
            self._lacks = _by_answers(stage) or self._newest_lacks(stage)
        self._draw_causes(stage)
        self._show()

    def _show(self) -> None:
        self.ratio.show_chart(" ".join(part for part in (self._said(), self._lacks) if part))

    def _draw_causes(self, stage: DrawContext) -> None:
        """Show what was new, and the change that is left when the newest week is."""
        settled = start_of(stage.today - timedelta(days=MATURE_DAYS))
        until = min(stage.filter.until_s or settled, settled)
        selection = stage.frame.select(replace(stage.filter, until_s=until))
        change = change_scan(stage.frame, selection, edited_worth=stage.worth)
        self.ratio_chart.show_causes(marks(stage.frame, stage.selection), change)

    def _said(self) -> str:
        change = self.ratio_chart.change
        return change_words(change) if change else ""

    def _newest_lacks(self, stage: DrawContext) -> str:
        """Say what the newest window of the ratio needs for an estimate."""
        newest = self.ratio_chart.choice(self.ratio_chart.points() - 1)
        selection = stage.frame.select(drill_down.narrow(stage.filter, newest))
        figures = summary_of(
            stage.frame, selection, "all", edited_worth=stage.worth, interval=False
        )
        needed = charts.tags_needed(stage.frame, selection, figures)
        return f"The newest {stage.window_days} days: {lacking(figures, needed)}"


def _by_answers(stage: DrawContext) -> str:
    """Say what sampled answers make of everything that is shown; "" where they do not tell."""
    if not stage.frame.questions:
        return ""
    whole = summary_of(stage.frame, stage.selection, "all", edited_worth=stage.worth)
    said = headline.ratio(whole) if whole.ratio.sampled else None
    return f"All that is shown: {said.text}" if said else ""


def _empty(stage: DrawContext, series: RatioSeries) -> tuple[str, str] | None:
    """Return why there is no line, None where there is one."""
    if not any(series.coverage):
        return NOTHING_TAGGED
    # Where one window has an interval there is enough work, and nobody need count it.
    if any(low is not None for low in series.low) or _is_plenty(series.blocks):
        return None
    whole = summary_of(
        stage.frame, stage.selection, "all", edited_worth=stage.worth, interval=False
    )
    return (TOO_LITTLE, lacking(whole)) if too_little(whole) else None


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
