"""Does size matter? What work is worth by its size, when to stop, sessions, and what it costs."""

from ledger.core.figures import SessionDot, Sizes, StopLoss, WorthCurve
from ledger.flows.insights.charts import sizes_words, stop_words, worth_words
from ledger.metrics.chart_data import MOST_DOTS, sessions
from ledger.metrics.curves import MIN_WORTH_CURVE_BLOCKS, sizes, stop_loss, worth_curve
from ledger.metrics.ratio import INTERVAL_BLOCKS
from ledger.ui.charts.session_chart import SessionChart
from ledger.ui.charts.sizes_chart import SizesChart
from ledger.ui.charts.stop_loss_chart import StopLossChart
from ledger.ui.charts.worth_chart import WorthChart
from ledger.ui.pages.charts.question import (
    ChartRow,
    DrawContext,
    Empty,
    TableOfCharts,
    lacking_blocks,
)


def _say_worth(context: DrawContext, curve: WorthCurve) -> str | Empty:
    if curve.bins:
        return worth_words(curve)
    return lacking_blocks(context, curve.blocks, MIN_WORTH_CURVE_BLOCKS)


def _say_stop(context: DrawContext, curve: StopLoss) -> str | Empty:
    if curve.stops:
        return stop_words(curve)
    return lacking_blocks(context, curve.blocks, INTERVAL_BLOCKS)


def _say_sessions(_context: DrawContext, dots: list[SessionDot]) -> str:
    if len(dots) < MOST_DOTS:
        return ""
    return f"{MOST_DOTS:,} sessions are drawn, evenly picked of more.".replace(",", "\u202f")


def _say_sizes(_context: DrawContext, found: Sizes) -> str | Empty:
    if len(found.edges) > 1:
        return sizes_words(found)
    return Empty("No sizes are known.", "These logs tell no token counts.")


class Size(TableOfCharts):
    """Four charts: worth by size, the stop-loss curve, sessions, and cost."""

    rows = (
        ChartRow(
            WorthChart,
            "What work is worth by its size",
            "Average worth of a half-hour of work by the tokens it took. Flat means that size "
            "does not matter.",
            "worth-curve",
            lambda context: worth_curve(
                context.frame, context.selection, edited_worth=context.worth
            ),
            _say_worth,
        ),
        ChartRow(
            StopLossChart,
            "When is it time to stop?",
            "Of the half-hours of work that passed a size: the share that ended up kept.",
            "stop-loss",
            lambda context: stop_loss(context.frame, context.selection, edited_worth=context.worth),
            _say_stop,
        ),
        ChartRow(
            SessionChart,
            "Sessions",
            "Each dot is a session: its size to the right, the kept share of its tagged tokens "
            "upwards. Dots of one worth are spread a little so that none hides another. A click "
            "lists a session.",
            "sessions",
            lambda context: sessions(context.frame, context.selection, edited_worth=context.worth),
            _say_sessions,
        ),
        ChartRow(
            SizesChart,
            "What an interaction costs",
            "Interactions by the tokens they took, on a scale on which every step is ten times "
            "the one before.",
            "sizes",
            lambda context: sizes(context.frame, context.selection),
            _say_sizes,
        ),
    )
