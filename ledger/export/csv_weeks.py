"""The review as CSV: one row per week and nothing finer."""

from ledger.core.report import Report
from ledger.export.sheet import csv_text

HEAD = (
    "week",
    "interactions",
    "kept",
    "edited",
    "thrown_away",
    "untagged",
    "token_equivalents_rounded",
    "str_lower",
    "str_upper",
    "str_point",
    "str_low",
    "str_high",
    "coverage",
    "window_days",
)


def render(report: Report) -> bytes:
    """Return the weeks of a report."""
    return csv_text(
        HEAD,
        (
            (
                week.monday.isoformat(),
                *(week.interactions, week.kept, week.edited, week.thrown_away, week.untagged),
                round(week.token_equivalents),
                *(week.lower, week.upper, week.point, week.low, week.high, week.coverage),
                report.trend.window_days,
            )
            for week in report.trend.weeks
        ),
    )
