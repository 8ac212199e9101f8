from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.days import day_of, start_of
from ledger.core.filters import Filter
from ledger.metrics.intervals import interval
from ledger.metrics.tally import summary_of
from ledger.metrics.trends import calendar, daily, ratio_series, rolling_intervals, smoothed, stack
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

DAY_S = 86_400
MTE = 20_000_000


def window_summary(made, day, window, **more):
    """Return the summary of the days up to and including this one."""
    wanted = Filter(
        since_s=start_of(day - timedelta(days=window - 1), UTC),
        until_s=start_of(day + timedelta(days=1), UTC),
    )
    return summary_of(made, made.select(wanted), zone=UTC, **more)


@given(ledgers(days=6), st.integers(1, 7))
def test_every_day_has_the_bounds_of_its_window(rows, window):
    made = frame(rows)
    series = ratio_series(made, made.select(), zone=UTC, window_days=window)
    for at, day in enumerate(series.days):
        expected = window_summary(made, day, window, interval=False)
        assert series.lower[at] == expected.ratio.lower
        assert series.upper[at] == expected.ratio.upper
        assert series.coverage[at] == expected.coverage
        assert series.blocks[at] == expected.ratio.blocks


def worked(days, blocks_a_day, *, tag=lambda number: 1 + number % 3, every=1, intent=lambda n: 0):
    """Return work on every so-many-eth day, uneven in tokens."""
    rows = []
    for number in range(days * blocks_a_day):
        day, at = divmod(number, blocks_a_day)
        time_s = MONDAY_S + day * every * DAY_S + at * 1800
        te = 400_000 + number * number * 12_345 % 3_000_000
        rows.append(
            Row(number, time_s, tag=tag(number), intent=intent(number), uses=(spent(te, time_s),))
        )
    return rows


@pytest.mark.parametrize(
    ("days", "blocks", "every", "intent"),
    [(20, 4, 1, 0), (9, 6, 3, 0), (5, 10, 4, 0), (24, 9, 2, 3)],
    ids=["days", "blocks", "blocks of few days", "with experiments"],
)
def test_every_day_has_the_interval_and_point_of_its_window(days, blocks, every, intent):
    kind = (lambda number: int(number % intent == 0)) if intent else (lambda number: 0)
    made = frame(worked(days, blocks, every=every, intent=kind))
    series = ratio_series(made, made.select(), zone=UTC, window_days=14)
    said = 0
    for at, day in enumerate(series.days):
        expected = window_summary(made, day, 14).ratio
        assert series.low[at] == pytest.approx(expected.low)
        assert series.high[at] == pytest.approx(expected.high)
        assert series.point[at] == pytest.approx(expected.point)
        assert (series.smooth[at] is None) == (series.point[at] is None)
        said += series.point[at] is not None
    assert said > 3


def test_the_series_stays_silent_where_the_gates_are_closed():
    made = frame(worked(20, 4, tag=lambda number: 1 if number % 3 == 0 else 0))
    series = ratio_series(made, made.select(), zone=UTC)
    assert set(series.point) == set(series.low) == set(series.smooth) == {None}
    assert all(value is not None for value in series.lower)
    assert series.blocks[-1] == 80


def test_points_of_partly_tagged_windows_lie_within_their_bounds():
    made = frame(worked(30, 4, tag=lambda number: number % 4))
    series = ratio_series(made, made.select(), zone=UTC)
    said = [at for at, value in enumerate(series.point) if value is not None]
    assert len(said) > 10
    for at in said:
        assert series.lower[at] < series.point[at] < series.upper[at]


def test_a_zero_worth_window_has_no_interval():
    made = frame(worked(12, 4, tag=lambda number: 3))
    series = ratio_series(made, made.select(), zone=UTC)
    assert set(series.low) == {None}
    assert set(series.upper) == {0.0}


def test_an_empty_selection_has_no_days():
    made = frame(worked(3, 2))
    series = ratio_series(made, made.select(Filter(tools=frozenset({"codex"}))), zone=UTC)
    assert series.days == series.lower == series.blocks == ()


def test_half_is_forgotten_in_a_half_life():
    worth = np.asarray([1.0] + [0.0] * 14)
    line = smoothed(worth, np.full(15, 1), 14.0)
    whole = sum(0.5 ** (day / 14) for day in range(15))
    assert line[-1] == pytest.approx(0.5 / whole)


def test_what_a_day_without_tokens_earned_counts_on_the_next_day():
    line = smoothed(np.asarray([1.0, 0.0, 3.0]), np.asarray([0, 2, 0]), 14.0)
    assert line == [None, 0.5, 0.5]


def test_unknown_requests_lower_a_window_as_they_lower_a_summary():
    rows = [
        replace(row, uses=(*row.uses, spent(0, row.time_s, unknown=1))) if row.id % 9 == 0 else row
        for row in worked(16, 4)
    ]
    made = frame(rows)
    series = ratio_series(made, made.select(), zone=UTC)
    expected = window_summary(made, series.days[-1], 28).ratio
    for name in ("lower", "upper", "point", "low", "high"):
        assert getattr(series, name)[-1] == pytest.approx(getattr(expected, name))


@given(ledgers(days=6), st.integers(1, 9))
def test_rolling_sums_are_sums_of_the_days_of_the_window(rows, window):
    made = frame(rows)
    each = daily(made, made.select(), UTC, 50).sums
    over = each.over(window)
    for name in each._fields:
        column = getattr(each, name)
        for day in range(len(column)):
            expected = column[max(0, day - window + 1) : day + 1].sum(axis=0)
            assert np.allclose(getattr(over, name)[day], expected, rtol=0, atol=1e-6)


def test_days_reach_from_the_first_to_the_last_with_data():
    rows = [
        Row(1, MONDAY_S - 9 * DAY_S, tool="codex"),
        Row(2, MONDAY_S, tag=1, uses=(spent(5, MONDAY_S + 2 * DAY_S),)),
    ]
    made = frame(rows)
    from ledger.core.filters import Filter

    found = daily(made, made.select(Filter(tools=frozenset({"claude-code"}))), UTC, 50)
    assert found.days == tuple(date(2026, 6, day) for day in (1, 2, 3))
    assert found.sums.lower.tolist() == [100, 0, 0]
    assert found.sums.te.tolist() == [[0, 0], [0, 0], [5, 0]]
    assert found.sums.active.tolist() == [1, 0, 0]


def test_without_data_there_are_no_days():
    made = frame([])
    found = daily(made, made.select(), UTC, 50)
    assert found.days == ()
    assert found.sums.over(28).blocks.tolist() == []


def ends_of(days, window, capped):
    rows = [
        Row(day, MONDAY_S + day * DAY_S, tag=1 + day % 3, intent=int(day % 5 == 4),
            uses=(spent(20 + day * day % 17, MONDAY_S + day * DAY_S),))
        for day in range(days)
    ]  # fmt: skip
    made = frame(rows)
    selection = made.select()
    each = daily(made, selection, UTC, 50)
    return each, rolling_intervals(made, selection, each, made.days(UTC), capped, window)


def test_no_window_asked_for_no_interval():
    assert ends_of(12, 5, {})[1] == {}


def test_a_window_draws_its_own_days():
    each, found = ends_of(30, 12, {20: False, 29: True})
    first = each.sums.guess[9:21], 4.0 * each.sums.te[9:21, 0]
    assert found[20] == pytest.approx(interval(*first))
    second = each.sums.guess[18:30], 3.0 * each.sums.te[18:30].sum(axis=1)
    assert found[29] == pytest.approx(interval(*second))


def test_windows_that_hold_the_same_days_have_the_same_interval():
    rows = [
        Row(day, MONDAY_S + (day + day // 11 * 4) * DAY_S, tag=1 + day % 3,
            uses=(spent(20 + day * day % 17, MONDAY_S + (day + day // 11 * 4) * DAY_S),))
        for day in range(12)
    ]  # fmt: skip
    made = frame(rows)
    selection = made.select()
    each = daily(made, selection, UTC, 50)
    wanted = {10: False, 12: False, 14: True}
    found = rolling_intervals(made, selection, each, made.days(UTC), wanted, 30)
    assert found[10] == found[12]
    assert found[14] != found[12]


def test_an_empty_window_says_nothing():
    _, found = ends_of(5, 3, {0: False})
    assert found == {}


@given(ledgers(least=1), st.sampled_from(("day", "week", "month")))
def test_a_stack_adds_up_what_became_of_the_tokens(rows, step):
    made = frame(rows)
    found = stack(made, made.select(), step=step, zone=UTC)
    columns = (found.untagged, found.kept, found.edited, found.thrown_away)
    for tag, column in enumerate(columns):
        spent_on = sum(use.te for row in rows for use in row.uses if row.tag == tag)
        assert sum(column) * MTE == pytest.approx(spent_on)
        assert len(column) == len(found.starts)
    assert list(found.starts) == sorted(set(found.starts))


def test_weeks_begin_on_monday_and_months_on_the_first():
    rows = [
        Row(1, MONDAY_S - DAY_S, uses=(spent(MTE, MONDAY_S - DAY_S),)),
        Row(2, MONDAY_S + 3 * DAY_S, tag=1, uses=(spent(2 * MTE, MONDAY_S + 3 * DAY_S),)),
        Row(3, MONDAY_S + 5 * DAY_S, tag=2, uses=(spent(3 * MTE, MONDAY_S + 5 * DAY_S),)),
    ]
    made = frame(rows)
    weeks = stack(made, made.select(), step="week", zone=UTC)
    assert weeks.starts == (date(2026, 5, 25), date(2026, 6, 1))
    assert (weeks.untagged, weeks.kept, weeks.edited) == ((1, 0), (0, 2), (0, 3))
    months = stack(made, made.select(), step="month", zone=UTC)
    assert months.starts == (date(2026, 5, 1), date(2026, 6, 1))
    days = stack(made, made.select(), step="day", zone=UTC)
    assert len(days.starts) == 7
    assert days.thrown_away == (0,) * 7


def test_a_calendar_counts_the_blocks_a_person_began():
    rows = [
        Row(1, MONDAY_S, tag=1, uses=(spent(300, MONDAY_S),)),
        Row(2, MONDAY_S + 60, tag=2, intent=1, uses=(spent(100, MONDAY_S),)),
        Row(3, MONDAY_S + 1800, origin=4, uses=(spent(400, MONDAY_S),)),
        Row(4, MONDAY_S + 2 * DAY_S, tag=3, uses=(spent(50, MONDAY_S + 2 * DAY_S),)),
    ]
    made = frame(rows)
    found = calendar(made, made.select(), zone=UTC)
    assert found.days == tuple(date(2026, 6, day) for day in (1, 2, 3))
    assert found.blocks == (1, 0, 1)
    assert found.kept_share == (0.875, None, 0.0)
    assert found.coverage == (0.5, None, 1.0)
    assert calendar(made, made.select(), zone=UTC, edited_worth=0).kept_share == (0.75, None, 0.0)


@given(ledgers(least=1), st.sampled_from(("UTC", "Asia/Kathmandu", "America/St_Johns")))
def test_a_calendar_has_every_block_once(rows, name):
    made = frame(rows)
    found = calendar(made, made.select(), zone=ZoneInfo(name))
    assert sum(found.blocks) == len({row.block for row in rows if row.is_prompted})
    for row in rows:
        if row.is_prompted:
            assert found.blocks[found.days.index(day_of(row.block[1] * 1800, ZoneInfo(name)))]


def test_what_is_not_selected_is_not_shown():
    rows = [Row(1, MONDAY_S, uses=(spent(10),)), Row(2, MONDAY_S + DAY_S, tool="codex")]
    made = frame(rows)
    chosen = made.select(Filter(tools=frozenset({"codex"})))
    assert calendar(made, chosen, zone=UTC).days == (date(2026, 6, 2),)
    assert stack(made, chosen, zone=UTC).starts == ()
