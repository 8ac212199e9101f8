from dataclasses import replace
from datetime import UTC, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.days import start_of
from ledger.core.filters import Filter
from ledger.metrics.summary import summary
from ledger.metrics.trends import ratio_series, smoothed
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

DAY_S = 86_400


def window_summary(made, day, window, **more):
    """Return the summary of the days up to and including this one."""
    wanted = Filter(
        since_s=start_of(day - timedelta(days=window - 1), UTC),
        until_s=start_of(day + timedelta(days=1), UTC),
    )
    return summary(made, made.select(wanted), zone=UTC, **more)


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
