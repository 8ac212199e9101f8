from datetime import UTC, date

import pytest

from ledger.core.curves import Mark
from ledger.core.filters import Filter
from ledger.metrics.marks import marks
from tests.metrics.rows import MONDAY_S, Row, frame, spent

DAY_S = 86_400


def used(number, day, tool="claude-code", model="old", **more):
    time_s = MONDAY_S + day * DAY_S + number
    return Row(number, time_s, tool=tool, uses=(spent(5, time_s, model=model),), **more)


def found(rows, **wanted):
    made = frame(rows)
    return marks(made, made.select(Filter(**wanted)), zone=UTC)


LEDGER = [
    *(used(n, n) for n in range(6)),
    *(used(10 + n, 8 + n, model="new") for n in range(5)),
    *(used(20 + n, 9 + n, model="tried") for n in range(4)),
    used(30, 12, tool="codex"),
    used(40, 20),
]


def test_tools_and_models_first_used_after_the_first_week_are_marked():
    assert found(LEDGER) == (
        Mark(date(2026, 6, 9), "model", "new"),
        Mark(date(2026, 6, 13), "tool", "codex"),
    )


@pytest.mark.parametrize(("day", "count"), [(6, 0), (7, 1)])
def test_in_the_first_week_everything_is_new(day, count):
    rows = [used(0, 0), *(used(1 + n, day, model="new") for n in range(5))]
    assert len(found(rows)) == count


def test_a_filter_makes_nothing_look_new():
    rows = [*LEDGER, *(used(50 + n, 15, project="/p/b") for n in range(5))]
    assert found(rows, projects=frozenset({"/p/b"})) == ()


def test_only_what_the_selection_holds_is_marked():
    assert found(LEDGER, models=frozenset({"new"})) == (Mark(date(2026, 6, 9), "model", "new"),)


def test_only_days_of_the_selection_are_marked():
    assert found(LEDGER, since_s=MONDAY_S + 10 * DAY_S) == (
        Mark(date(2026, 6, 13), "tool", "codex"),
    )


def test_nothing_has_no_marks():
    assert found([]) == ()
