from datetime import UTC

import pytest

from ledger.metrics.daily import daily
from ledger.metrics.intervals import interval
from ledger.metrics.rolling import rolling_intervals
from tests.metrics.rows import MONDAY_S, Row, frame, spent

DAY_S = 86_400


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
