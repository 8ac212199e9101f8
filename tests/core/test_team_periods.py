from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import TeamError
from ledger.core.team_periods import Period, last_four_weeks

PARTS = st.tuples(st.integers(2001, 2090), st.just(0), st.integers(1, 13)).map(
    lambda it: Period(*it)
)
QUARTERS = st.tuples(st.integers(2001, 2090), st.integers(1, 4)).map(lambda it: Period(*it))


def test_a_quarter_has_the_days_of_its_three_months():
    quarter = Period.read("2026-Q4")
    assert (quarter.starts, quarter.ends) == (date(2026, 10, 1), date(2027, 1, 1))
    assert quarter.words == "1 October 2026 to 31 December 2026 (UTC)"


def test_thirteen_parts_make_an_iso_year():
    assert Period.read("2026-P01").starts == date(2025, 12, 29)
    assert Period.read("2026-P07").words == "15 June 2026 to 12 July 2026 (UTC)"


def test_the_last_part_of_a_long_year_has_five_weeks():
    last = Period.read("2026-P13")  # 2026 has 53 weeks
    assert last.ends - last.starts == timedelta(weeks=5)
    assert Period.read("2025-P13").ends - Period.read("2025-P13").starts == timedelta(weeks=4)


@settings(max_examples=40)
@given(PARTS | QUARTERS)
def test_periods_follow_each_other_without_a_gap(period):
    assert period.after().starts == period.ends
    assert period.starts < period.ends
    assert Period.read(str(period)) == period


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-Q5", "2026-Q0", "2026-P14", "2026-P7", "1999-Q1", "2026-Q3 ", "２０２６-Q3"],
)
def test_what_is_no_period_is_refused_with_a_way_out(text):
    with pytest.raises(TeamError, match="2026-Q3"):
        Period.read(text)


def test_a_period_has_ended_at_the_midnight_after_its_last_day():
    period = Period.read("2026-P07")
    assert not period.has_ended(period.until_s - 1)
    assert period.has_ended(period.until_s)
    assert period.until_s - period.since_s == 28 * 86_400


def test_the_last_two_periods_are_recent_and_the_third_is_not():
    period = Period.read("2026-P07")
    now_s = Period.read("2026-P09").until_s - 1
    assert period.is_recent(now_s)
    assert not period.is_recent(now_s + 1)
    assert not period.is_recent(period.until_s - 1)


@settings(max_examples=40)
@given(st.integers(Period(2010, part=1).since_s, Period(2080, part=1).since_s))
def test_the_last_four_weeks_are_over_and_the_next_are_not(now_s):
    last = last_four_weeks(now_s)
    assert last.has_ended(now_s)
    assert not last.after().has_ended(now_s)


def test_only_periods_that_share_a_day_overlap():
    assert Period.read("2026-Q3").overlaps(Period.read("2026-P07"))
    assert not Period.read("2026-Q4").overlaps(Period.read("2026-P07"))
    assert not Period.read("2026-P08").overlaps(Period.read("2026-P07"))
