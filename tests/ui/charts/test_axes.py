"""Days and values that have room on an axis."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.ui.charts.axes import DateAxis, SizeAxis, ValueAxis, days_marked, month_name

LAST = date(2026, 11, 22).toordinal()


@given(st.integers(0, 40_000), st.floats(60, 3000))
def test_named_days_lie_on_the_axis_and_have_room(length, pixels):
    first = LAST - length
    marked, _ = days_marked(first, LAST, pixels)
    assert all(first <= day <= LAST for day in marked)
    assert len(marked) <= max(pixels / 40, 2) + 1


def test_a_few_days_are_named_one_by_one():
    marked, months = days_marked(LAST - 6, LAST, 800)
    assert marked == list(range(LAST - 6, LAST + 1))
    assert not months


def test_some_weeks_are_named_by_their_mondays():
    marked, months = days_marked(LAST - 60, LAST, 800)
    assert not months
    assert {date.fromordinal(day).weekday() for day in marked} == {0}


def test_a_year_is_named_by_months_with_the_year_for_january():
    marked, months = days_marked(LAST - 364, LAST, 800)
    assert months
    assert {date.fromordinal(day).day for day in marked} == {1}
    assert month_name(date(2026, 1, 1).toordinal()) == "2026"
    assert month_name(date(2026, 10, 1).toordinal()) == "Oct"


def test_decades_keep_the_year_of_january():
    marked, _ = days_marked(LAST - 12_000, LAST, 400)
    assert {date.fromordinal(day).month for day in marked} == {1}


def test_the_axis_writes_days_or_months(qapp):
    axis = DateAxis()
    [(spacing, values)] = axis.tickValues(LAST - 3.5, LAST + 0.5, 800)
    assert axis.tickStrings(values, 1, spacing)[-1] == "22 Nov"
    [(spacing, values)] = axis.tickValues(LAST - 330.5, LAST + 0.5, 800)
    assert "2026" in axis.tickStrings(values, 1, spacing)


def test_values_are_round_or_the_only_ones(qapp):
    axis = ValueAxis(lambda value: f"{value:g}")
    [(spacing, values)] = axis.tickValues(0, 4.2, 200)
    assert axis.tickStrings(values, 1, spacing) == ["0", "1", "2", "3", "4"]
    assert ValueAxis(str, (0.5,)).tickValues(0, 1, 40) == [(1.0, [0.5])]


@pytest.mark.parametrize("pixels", [1, 20])
def test_a_tiny_axis_still_has_an_answer(qapp, pixels):
    assert DateAxis().tickValues(LAST - 400, LAST, pixels)
    assert ValueAxis(str).tickValues(0, 7, pixels)


def test_sizes_are_named_by_their_tokens(qapp):
    axis = SizeAxis()
    [(spacing, values)] = axis.tickValues(-2.1, 1.1, 900)
    labels = axis.tickStrings(values, 1, spacing)
    assert labels[0].replace("\u202f", " ") == "10 k"
    assert labels[-1].replace("\u202f", " ") == "10 M"
