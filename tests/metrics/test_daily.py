from datetime import UTC, date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ledger.metrics.daily import daily
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

DAY_S = 86_400


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
