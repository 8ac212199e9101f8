from datetime import UTC

import pytest
from hypothesis import given

from ledger.core.filters import Filter
from ledger.metrics.plan import DAYS_A_MONTH, fee_share
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

DAY_S = 86_400
CODEX, CLAUDE = (Filter(tools=frozenset({tool})) for tool in ("codex", "claude-code"))


def share(rows, wanted=None, days=None):
    made = frame(rows)
    return fee_share(made, made.select(wanted or Filter()), 30, days, UTC)


def used(identity, day, te, **more):
    time_s = MONDAY_S + day * DAY_S
    return Row(identity, time_s, uses=(spent(te, time_s),), **more)


def test_the_fee_runs_from_the_first_to_the_last_day_used():
    rows = [used(1, 0, 10), used(2, 9, 10)]
    assert share(rows) == pytest.approx(30 * 10 / DAYS_A_MONTH)


def test_the_days_of_the_period_go_before_those_used():
    assert share([used(1, 0, 10)], days=28) == pytest.approx(30 * 28 / DAYS_A_MONTH)


def test_a_part_takes_its_part_of_the_fee():
    rows = [used(1, 0, 10), used(2, 0, 30, tool="codex"), used(3, 5, 1000)]
    assert share(rows, CODEX) == pytest.approx(30 / DAYS_A_MONTH * 0.75)


def test_where_nothing_was_used_no_fee_is_shared():
    assert share([]) is None
    assert share([Row(1)]) is None
    assert share([used(1, 0, 0)]) is None


@given(ledgers(least=1))
def test_tools_share_the_whole_fee(rows):
    every = [
        Filter(tools=frozenset({str(tool)}))
        for tool in ("claude-code", "codex", "gemini-cli", "other")
    ]
    whole = share(rows, days=28)
    parts = [share(rows, one, days=28) for one in every]
    if whole is not None:
        # Each part is measured against its own days, so together they are no less than the whole.
        assert sum(part or 0 for part in parts) >= whole * (1 - 1e-9)
