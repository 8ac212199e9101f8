"""When do I work? The calendar, and the hours of the week."""

from ledger.metrics.chart_data import week_hours
from ledger.metrics.trends import calendar
from ledger.ui.charts.calendar_chart import CalendarChart
from ledger.ui.charts.hours_chart import HoursChart
from ledger.ui.pages.charts.question import ChartRow, TableOfCharts

SQUARES = "larger with more half-hours of work, stronger in colour the more of it was kept."


class Hours(TableOfCharts):
    """Two charts: the calendar and the week."""

    rows = (
        ChartRow(
            CalendarChart,
            "Calendar",
            f"Each square is a day: {SQUARES}",
            "calendar",
            lambda context: calendar(context.frame, context.selection, edited_worth=context.worth),
        ),
        ChartRow(
            HoursChart,
            "Hours of the week",
            f"Each square is an hour of the week, by your clock: {SQUARES}",
            "week-hours",
            lambda context: week_hours(
                context.frame, context.selection, edited_worth=context.worth
            ),
        ),
    )
