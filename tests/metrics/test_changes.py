from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from ledger.core.figures import Mark
from ledger.core.filters import ANY, Filter
from ledger.metrics.changes import FEWEST_WEEKS, cache_share_by_day, change_scan, marks
from tests.metrics.kinds import HOUR, kinds_frame
from tests.metrics.rows import MONDAY_S, Row, frame, spent
from tests.metrics.simulation import Blocks, World, drawn

MONDAY = date(2026, 6, 1)
DAY_S = 86_400


def scanned(blocks, zone=UTC):
    made = blocks.frame()
    return change_scan(made, made.select(), zone=zone)


def changed(weeks, factor, at, seed=1, sigma=1.0):
    """Return weeks of work in which tokens per block are multiplied from a week on."""
    blocks = drawn(np.random.default_rng(seed), World(days=7 * weeks, sigma=sigma))
    blocks.mte[blocks.day >= 7 * at] *= factor
    return blocks


def test_a_threefold_change_is_found_with_its_week_and_size():
    found = scanned(changed(14, 3, 6))
    assert found is not None
    assert abs(found.week - (MONDAY + timedelta(weeks=6))) <= timedelta(weeks=2)
    assert found.weeks_either_way == 2
    assert 0.2 < found.factor < 0.5
    assert found.p <= 0.05


def test_a_change_back_is_a_factor_above_one():
    assert scanned(changed(14, 1 / 3, 6)).factor > 2


def test_nothing_is_found_where_nothing_changed():
    assert scanned(changed(14, 1, 6)) is None


def test_less_than_ten_weeks_are_too_few():
    assert scanned(changed(FEWEST_WEEKS - 1, 10, 5)) is None
    assert scanned(changed(FEWEST_WEEKS, 10, 5)) is not None


def test_a_slight_change_is_not_claimed_within_a_quarter():
    slight = {"sigma": 0.1, "factor": 1.3, "at": 6}
    assert scanned(changed(13, **slight)) is None
    assert scanned(changed(16, **slight)) is not None


def test_weeks_that_are_hardly_tagged_or_hardly_worked_say_nothing():
    blocks = changed(14, 3, 6)
    blocks.tag = np.where((blocks.day >= 35) & (blocks.day < 70), 0, blocks.tag)
    assert scanned(blocks) is None  # nine of fourteen weeks are left
    few = changed(14, 3, 6)
    some = (few.day < 35) | (np.arange(len(few.day)) % 42 < 3) | (few.day >= 70)
    less = Blocks(few.mte[some], few.tag[some])
    less.time_s, less.day = few.time_s[some], few.day[some]
    assert scanned(less) is None


@pytest.mark.parametrize("tags", [[], [3] * 600])
def test_no_work_and_no_worth_have_no_change(tags):
    assert scanned(Blocks(np.full(len(tags), 1.0), np.asarray(tags, dtype=int))) is None


def test_weeks_begin_on_local_mondays():
    blocks = changed(14, 6, 6, sigma=0.3)
    blocks.time_s = blocks.time_s - blocks.time_s[0] % 86_400 + 23 * 3600  # 23:00 UTC
    here, east = (scanned(blocks, zone) for zone in (UTC, ZoneInfo("Asia/Tokyo")))
    assert here.week.weekday() == east.week.weekday() == 0


def test_the_same_weeks_always_give_the_same_p():
    assert scanned(changed(14, 2, 6)) == scanned(changed(14, 2, 6))


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


def share(days, read):
    made = kinds_frame(*((24 * HOUR * n, 1, 1) for n in range(days)), read=read)
    return cache_share_by_day(made, made.select(ANY))


def test_the_share_is_of_all_that_went_in():
    found = share(12, 3000)
    assert found.value == pytest.approx(0.75)
    assert found.low == pytest.approx(0.75)
    assert found.high <= 1
    assert found.days == 12


def test_few_days_or_no_cache_say_nothing():
    assert share(4, 3000) is None
    assert share(12, 0) is None
    assert share(0, 0) is None
