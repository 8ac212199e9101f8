from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.days import day_of
from ledger.core.filters import Filter
from ledger.metrics.periods import calendar, stack
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent

DAY_S = 86_400
MTE = 20_000_000


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
    found = calendar(made, made.select(), UTC)
    assert found.days == tuple(date(2026, 6, day) for day in (1, 2, 3))
    assert found.blocks == (1, 0, 1)
    assert found.kept_share == (0.875, None, 0.0)
    assert found.coverage == (0.5, None, 1.0)


@given(ledgers(least=1), st.sampled_from(("UTC", "Asia/Kathmandu", "America/St_Johns")))
def test_a_calendar_has_every_block_once(rows, name):
    made = frame(rows)
    found = calendar(made, made.select(), ZoneInfo(name))
    assert sum(found.blocks) == len({row.block for row in rows if row.is_prompted})
    for row in rows:
        if row.is_prompted:
            assert found.blocks[found.days.index(day_of(row.block[1] * 1800, ZoneInfo(name)))]


def test_what_is_not_selected_is_not_shown():
    rows = [Row(1, MONDAY_S, uses=(spent(10),)), Row(2, MONDAY_S + DAY_S, tool="codex")]
    made = frame(rows)
    chosen = made.select(Filter(tools=frozenset({"codex"})))
    assert calendar(made, chosen, UTC).days == (date(2026, 6, 2),)
    assert stack(made, chosen, zone=UTC).starts == ()
