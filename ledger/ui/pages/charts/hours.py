"""When do I work? The calendar, and the hours of the week."""

from collections.abc import Iterator

from ledger.metrics.chart_data import week_hours
from ledger.metrics.trends import calendar
from ledger.ui.charts.calendar_chart import CalendarChart
from ledger.ui.charts.chart_panel import ChartPanel
from ledger.ui.charts.hours_chart import HoursChart
from ledger.ui.pages.charts.question import DrawContext, Question

SQUARES = "larger with more half-hours of work, stronger in colour the more of it was kept."


class Hours(Question):
    """Two charts: the calendar and the week."""

    def __init__(self) -> None:
        self.calendar_chart, self.hours_chart = CalendarChart(), HoursChart()
        self.calendar = ChartPanel(
            self.calendar_chart, "Calendar", f"Each square is a day: {SQUARES}", "calendar"
        )
        self.hours = ChartPanel(
            self.hours_chart,
            "Hours of the week",
            f"Each square is an hour of the week, by your clock: {SQUARES}",
            "week-hours",
        )
        super().__init__((self.calendar, self.hours))

    def draw(self, context: DrawContext) -> Iterator[None]:
        """Draw the calendar, then the week."""
        self.calendar_chart.show_figures(calendar(context.frame, context.selection))
        self.calendar.show_chart()
        yield
        hours = week_hours(context.frame, context.selection, edited_worth=context.worth)
        self.hours_chart.show_figures(hours)
        self.hours.show_chart()
