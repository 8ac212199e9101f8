from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import TeamError
from ledger.core.team import (
    FIELDS,
    LEAST_BLOCKS,
    MTE,
    Counts,
    Period,
    Share,
    Vector,
    faults,
    last_four_weeks,
    rounded,
    total_faults,
)
from tests.teaming import PERIOD, QUARTER, card

BLOCKS = st.integers(0, 150)
HONEST = st.tuples(BLOCKS, BLOCKS, BLOCKS, BLOCKS, st.integers(0, 200 * MTE), st.floats(0, 1)).map(
    lambda drawn: Counts(
        sum(drawn[:4]), *drawn[:4], te=drawn[4], te_explore=int(drawn[4] * drawn[5])
    )
)


@settings(max_examples=100)
@given(HONEST, st.sampled_from([PERIOD, QUARTER]))
def test_x16_rounding_moves_a_number_by_half_a_step_at_most_and_always_the_same_way(counts, period):
    made = rounded(counts, period)
    assert made == rounded(counts, period)
    for field, true, value in zip(FIELDS[1:], counts, made[1:], strict=True):
        unit = MTE if field.name.startswith("te") else 1
        if value < field.cap_in(period):
            assert abs(value * unit - true) <= field.step * unit / 2
        else:
            assert true >= (value - field.step / 2) * unit


@settings(max_examples=100)
@given(HONEST, st.sampled_from([PERIOD, QUARTER]))
def test_no_honest_card_is_taken_for_a_false_one(counts, period):
    wrong = faults(rounded(counts, period), period)
    thin = rounded(counts, period).blocks < LEAST_BLOCKS
    assert wrong == ([f"It is about fewer than {LEAST_BLOCKS} half-hours."] if thin else [])


def test_a_quarter_may_hold_three_times_as_much():
    full = Counts(900, 900, 0, 0, 0, 900 * MTE, 900 * MTE)
    assert rounded(full, PERIOD) == Vector(1, 200, 200, 0, 0, 0, 100, 50)
    assert rounded(full, QUARTER) == Vector(1, 600, 600, 0, 0, 0, 300, 150)


@pytest.mark.parametrize(
    "change",
    [
        {"n": 2}, {"blocks": 41}, {"blocks": 205}, {"blocks": -5}, {"te": 101}, {"te": -1},
        {"te_explore": 51}, {"blocks": 15, "kept": 0}, {"te_explore": 11}, {"kept": 40},
        {"kept": 0, "edited": 0}, {"kept": 2**64},
    ],
)  # fmt: skip
def test_x11_a_card_that_cannot_be_is_noticed(change):
    good = card().vector
    assert faults(good, PERIOD) == []
    assert faults(good._replace(**change), PERIOD)


@pytest.mark.parametrize(
    "change", [{"blocks": 1005}, {"kept": 201}, {"te": 501}, {"blocks": 95}, {"te_explore": 60}]
)
def test_x11_sums_that_no_five_people_can_have_are_noticed(change):
    total = Vector(5, 200, 125, 25, 25, 25, 50, 10)
    assert total_faults(total, PERIOD) == []
    assert total_faults(total._replace(**change), PERIOD)


def test_every_number_is_explained():
    assert [field.name for field in FIELDS] == list(Vector._fields)
    assert all(len(field.words) > 20 for field in FIELDS)


def test_a_distance_is_there_only_beside_ones_own_value():
    assert Share(team=0.5).distance is None
    assert Share(team=0.5, own=0.75).distance == 0.25


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
