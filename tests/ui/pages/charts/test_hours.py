"""When do I work?"""

from ledger.ui.pages.charts.hours import Hours


def test_calendar_and_week_are_drawn(draw, context):
    question = draw(Hours(), context())
    assert question.panel("calendar").chart.points() == 60
    week = question.panel("week-hours").chart
    assert sum(week.blocks(n) for n in range(week.points())) == 60
