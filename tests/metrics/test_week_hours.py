from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.metrics.week_hours import week_hours
from tests.metrics.rows import HALF_S, Row, frame, ledgers, spent

ZONES = [UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/New_York")]


def hours(rows, zone=UTC, wanted=None, **more):
    made = frame(rows)
    return week_hours(made, made.select(wanted or Filter()), zone=zone, **more)


@settings(max_examples=40)
@given(ledgers(), st.sampled_from(ZONES))
def test_every_block_is_counted_at_the_local_hour_it_begins_in(rows, zone):
    expected = {}
    for _, half in {row.block for row in rows if row.is_prompted}:
        begin = datetime.fromtimestamp(half * HALF_S, UTC).astimezone(zone)
        key = begin.weekday(), begin.hour
        expected[key] = expected.get(key, 0) + 1
    found = hours(rows, zone)
    assert {
        (day, hour): count
        for day, row in enumerate(found.blocks)
        for hour, count in enumerate(row)
        if count
    } == expected


def at(moment, zone, **more):
    time_s = int(datetime.fromisoformat(moment).replace(tzinfo=zone).timestamp())
    return Row(1, time_s, uses=(spent(100, time_s),), **more)


@pytest.mark.parametrize(
    ("moment", "hour"),
    [("2026-03-29T09:15", 9), ("2026-10-25T09:15", 9), ("2026-10-25T01:45", 1)],
)
def test_days_on_which_clocks_change_keep_their_hours(moment, hour):
    zone = ZoneInfo("Europe/Berlin")
    found = hours([at(moment, zone)], zone)
    assert found.blocks[6][hour] == 1  # both are Sundays


def test_the_kept_share_is_of_what_is_tagged():
    berlin = ZoneInfo("Europe/Berlin")
    rows = [
        Row(n, at("2026-06-03T10:05", berlin).time_s, tag=tag, uses=(spent(te),))
        for n, (tag, te) in enumerate([(1, 100), (2, 100), (3, 200), (0, 900)])
    ]
    found = hours(rows, berlin)
    assert found.kept_share[2][10] == pytest.approx(150 / 400)
    assert hours(rows, berlin, edited_worth=100).kept_share[2][10] == pytest.approx(0.5)
    assert sum(share is not None for row in found.kept_share for share in row) == 1


def test_automation_begins_no_block():
    row = at("2026-06-03T10:05", UTC, origin=4, tag=3)
    found = hours([row])
    assert sum(map(sum, found.blocks)) == 0
    assert found.kept_share[2][10] == 0.0


def test_an_empty_selection_is_an_empty_week():
    found = hours([])
    assert len(found.blocks) == len(found.kept_share) == 7
    assert {len(row) for row in found.blocks} == {24}
    assert sum(map(sum, found.blocks)) == 0
