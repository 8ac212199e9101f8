from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.days import day_of
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

ZONES = ("UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe")


@given(ledgers(least=1), st.sampled_from(ZONES))
def test_everything_lies_on_its_local_day(rows, name):
    zone = ZoneInfo(name)
    made = frame(rows)
    local = made.days(zone)
    for at, moment in zip(local.row, made.time_s.tolist(), strict=True):
        assert local.days[at] == day_of(moment, zone)
    for at, quarter in zip(local.portion, made.quarter.tolist(), strict=True):
        assert local.days[at] == day_of(quarter * 900, zone)
    for at, start in zip(local.block, made.blocks.start_s.tolist(), strict=True):
        assert local.days[at] == day_of(start, zone)


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 29, 23), (10, 25, 25)])
def test_a_day_may_have_23_or_25_hours(month, day, hours):
    moment = datetime(2026, month, day, tzinfo=UTC)
    start = int(moment.timestamp())
    local = frame([Row(1, start), Row(2, start + 86_400)]).days(ZoneInfo("Europe/Berlin"))
    at = local.days.index(moment.date())
    assert (local.starts[at + 1] - local.starts[at]) // 3600 == hours


def test_days_have_no_gaps_and_are_kept():
    made = frame([Row(1), Row(2, MONDAY_S + 3 * 86_400)])
    local = made.days(UTC)
    assert local.days == tuple(date(2026, 6, day) for day in range(1, 5))
    assert made.days(UTC) is local
    assert made.days(ZoneInfo("Asia/Tokyo")) is not local


def test_a_portion_may_come_days_after_its_prompt():
    later = MONDAY_S + 2 * 86_400
    local = frame([Row(1, uses=(spent(1, later),))]).days(UTC)
    assert (local.row.tolist(), local.portion.tolist()) == ([0], [2])
