from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.days import day_of
from ledger.metrics.blocks import (
    BLOCK_S,
    CODES,
    DECIDED,
    codes_with,
    index_blocks,
    lower_worth,
    tag_codes,
    upper_worth,
)
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

tagged = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=30)
ZONES = ("UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe")


@given(tagged)
def test_marks_say_which_tags_occur(pairs):
    slot = np.asarray([slot for slot, _ in pairs], dtype=np.intp)
    tag = np.asarray([tag for _, tag in pairs], dtype=np.int8)
    expected = [sum({1 << tag for place, tag in pairs if place == at}) for at in range(7)]
    assert tag_codes(slot, tag, 7).tolist() == expected


@pytest.mark.parametrize("code", range(1, CODES))
@pytest.mark.parametrize("edited", [0, 25, 50, 100])
def test_a_block_is_worth_its_best_between_the_worst_and_the_best_of_what_is_open(code, edited):
    tags = [tag for tag in range(4) if code >> tag & 1]
    worth = {1: 100, 2: edited, 3: 0}
    outcomes = {
        max(worth[tag or guess] for tag, guess in zip(tags, guesses, strict=True))
        for guesses in product((1, 2, 3), repeat=len(tags))
    }
    assert lower_worth(edited)[code] == min(outcomes)
    assert upper_worth(edited)[code] == max(outcomes)


def test_a_block_is_decided_when_it_has_something_kept_or_nothing_open():
    assert [code for code in range(CODES) if DECIDED[code]] == [
        code for code in range(1, CODES) if code & 2 or not code & 1
    ]
    assert codes_with(2).tolist() == [bool(code & 4) for code in range(CODES)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5000, 20_000)), max_size=40))
def test_blocks_are_half_hours_of_a_project_in_the_order_of_time(rows):
    project = np.asarray([one for one, _ in rows], dtype=np.int32)
    time_s = np.asarray([moment for _, moment in rows], dtype=np.int64)
    blocks = index_blocks(project, time_s)
    expected = sorted({(moment // BLOCK_S, one) for one, moment in rows})
    assert list(zip(blocks.half.tolist(), blocks.project.tolist(), strict=True)) == expected
    for at, (one, moment) in zip(blocks.of.tolist(), rows, strict=True):
        assert expected[at] == (moment // BLOCK_S, one)
    assert blocks.start_s.tolist() == [half * BLOCK_S for half, _ in expected]
    assert len(blocks) == len(expected)


def test_weeks_begin_on_monday():
    from tests.metrics.rows import MONDAY_S

    moments = np.asarray([MONDAY_S - 1, MONDAY_S, MONDAY_S + 7 * 86_400 - 1, MONDAY_S + 7 * 86_400])
    week = index_blocks(np.zeros(4, np.int32), moments).week
    assert np.diff(week).tolist() == [1, 0, 1]


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
