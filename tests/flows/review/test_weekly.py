from datetime import UTC, date, timedelta
from itertools import pairwise

from ledger.core.report import Period
from ledger.flows.review.names import names
from ledger.flows.review.recipe import Recipe
from ledger.flows.review.weekly import trend
from ledger.metrics.trends import ratio_series
from tests.metrics.rows import frame as frame_of
from tests.reviews import QUARTER, START_S, a_frame, context_of, ledger_rows


def trend_of(frame=None, period=QUARTER):
    context = context_of(frame or a_frame(), period)
    return trend(
        context, period, names(context.frame, context.mine, ()), Recipe(period=period.name)
    )


def test_weeks_follow_each_other_and_hold_everything():
    weeks = trend_of().weeks
    assert weeks[0].monday == date(2026, 6, 29)
    assert {b.monday - a.monday for a, b in pairwise(weeks)} == {timedelta(days=7)}
    assert sum(week.interactions for week in weeks) == 240
    assert sum(week.kept + week.edited + week.thrown_away + week.untagged for week in weeks) == 240


def test_a_week_ends_with_the_window_of_its_sunday():
    frame = a_frame()
    series = ratio_series(frame, frame.select(), zone=UTC)
    week = trend_of(frame).weeks[5]
    at = series.days.index(week.monday + timedelta(days=6))
    assert abs(week.point - series.point[at]) < 0.01 * week.point


def test_the_window_reaches_back_before_the_period_but_the_weeks_do_not():
    august = Period(name="2026-08", first=date(2026, 8, 1), last=date(2026, 8, 31))
    weeks = trend_of(period=august).weeks
    assert weeks[0].monday == date(2026, 7, 27)
    assert weeks[0].interactions == 6, "two days of that week are in August"
    assert weeks[0].point is not None


def test_a_week_without_anything_is_told_as_such():
    rows = [row for row in ledger_rows() if not 14 <= (row.time_s - START_S) // 86_400 < 27]
    weeks = trend_of(frame_of(rows)).weeks
    assert 0 in [week.interactions for week in weeks]


def test_no_work_no_weeks():
    later = Period(name="2027-Q1", first=date(2027, 1, 1), last=date(2027, 3, 31))
    assert trend_of(period=later).weeks == ()
