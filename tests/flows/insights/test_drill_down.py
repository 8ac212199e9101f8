"""From a point of a chart to the interactions it is made of."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.columns import Columns
from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Kind, Tag
from ledger.flows.insights.drill_down import DrillDown, narrow, pick
from ledger.metrics.chart_data import week_hours
from ledger.metrics.frame import Frame

DAY, HOUR = 86_400, 3600
MONDAY = int(datetime(2026, 11, 16, tzinfo=UTC).timestamp())
MTE = 20_000_000


def frame(*rows):
    """Return a frame; a row is (time_s, session, te, tag); blocks follow from the time."""
    columns = Columns(projects=("/p",), models=("m",))
    for n, (time_s, session, te, tag) in enumerate(sorted(rows)):
        values = {
            "id": n + 1, "time_s": time_s, "session": session, "project": 0, "tool": 0,
            "origin": 0, "tag": int(tag), "intent": 0, "owner": n, "model": 0,
            "quarter": time_s // 900, "requests": 1, "unknown": 0, "input": 1, "cache_read": 0,
            "cache_write": 0, "output": 0, "reasoning": 0, "te_low": te, "te": te, "te_high": te,
        }  # fmt: skip
        for name, value in values.items():
            getattr(columns, name).append(value)
    return Frame.of(columns)


@pytest.fixture
def made():
    return frame(
        (MONDAY + 9 * HOUR, 1, MTE, Tag.KEPT),
        (MONDAY + 9 * HOUR + 60, 1, 2 * MTE, Tag.THROWN_AWAY),
        (MONDAY + 10 * HOUR, 2, 4 * MTE, Tag.KEPT),
        (MONDAY + 11 * HOUR, 2, MTE, 0),
    )


def test_days_become_a_stretch_of_seconds():
    chosen = narrow(ANY, DrillDown(first=date(2026, 10, 5), last=date(2026, 10, 11)), zone=UTC)
    assert chosen.until_s - chosen.since_s == 7 * DAY
    assert datetime.fromtimestamp(chosen.since_s, UTC).date() == date(2026, 10, 5)


def test_a_choice_leaves_the_other_parts_of_the_filter():
    before = Filter(projects=frozenset({"/p"}), since_s=5)
    after = narrow(before, DrillDown(tool="codex"))
    assert after == Filter(projects=frozenset({"/p"}), since_s=5, tools=frozenset({"codex"}))


def test_each_part_narrows_its_own():
    choice = DrillDown(model="m", project="/p", kind=Kind.FIX, tag=Tag.EDITED)
    chosen = narrow(ANY, choice)
    assert chosen == Filter(
        models=frozenset({"m"}), projects=frozenset({"/p"}), kinds=frozenset({Kind.FIX}),
        tags=frozenset({Tag.EDITED}),
    )  # fmt: skip
    assert not choice.picks


def test_untagged_can_be_chosen():
    assert narrow(ANY, DrillDown(tag=0)).tags == frozenset({0})


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        (DrillDown(session=2), {3, 4}),
        (DrillDown(mte=(2.0, 4.0)), {2, 3}),
        (DrillDown(block_mte=(3.0, 3.0)), {1, 2}),
        (DrillDown(block_mte=(3.5, float("inf"))), {3}),
        (DrillDown(hour=(0, 9)), {1, 2}),
        (DrillDown(hour=(1, 9)), set()),
    ],
)
def test_what_no_filter_can_say_is_picked_one_by_one(made, choice, ids):
    assert choice.picks
    assert narrow(ANY, choice, made, UTC).ids == frozenset(ids)


def test_a_block_with_something_untagged_belongs_to_no_curve(made):
    assert 4 not in pick(made, made.select(ANY), DrillDown(block_mte=(0.0, 99.0)), UTC)


def test_only_what_passes_the_filter_is_picked(made):
    chosen = narrow(Filter(tags=frozenset({Tag.KEPT})), DrillDown(session=1), made, UTC)
    assert chosen.ids == frozenset({1})


@settings(max_examples=25)
@given(
    st.lists(st.integers(MONDAY, MONDAY + 14 * DAY), min_size=1, max_size=30),
    st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-9))]),
)
def test_the_hours_hold_every_interaction_once(times, zone):
    made = frame(*((time_s, 1, MTE, Tag.KEPT) for time_s in times))
    everything = made.select(ANY)
    blocks = week_hours(made, everything, zone=zone).blocks
    found = [
        pick(made, everything, DrillDown(hour=(day, hour)), zone)
        for day in range(7)
        for hour in range(24)
    ]
    assert sorted(one for ids in found for one in ids) == made.id.tolist()
    assert [bool(ids) for ids in found] == [number > 0 for row in blocks for number in row]
