"""Figures in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import formatting


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0 %"),
        (0.004, "under 1 %"),
        (0.61, "61 %"),
        (0.995, "over 99 %"),
        (1.0, "100 %"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_everything(share, words):
    assert formatting.percent(share).replace("\u202f", " ") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (0.0123, "0.012"),
        (0.03, "0.030"),
        (0.42, "0.42"),
        (0.996, "1.0"),
        (3.21, "3.2"),
        (9.96, "10"),
        (1234, "1\u202f234"),
    ],
)
def test_a_number_shows_two_figures_that_matter(value, words):
    assert formatting.short(value) == words


@given(st.floats(0.0001, 1e6))
def test_a_short_number_is_within_six_percent_of_the_value(value):
    shown = float(formatting.short(value).replace("\u202f", ""))
    assert shown == pytest.approx(value, rel=0.06)


def test_both_ends_of_an_interval_are_equally_exact():
    assert formatting.span(0.9, 3.81) == "between 0.9 and 3.8"
    assert formatting.dash(2.6, 4.0) == "2.6–4.0"


def test_a_small_lower_end_is_not_rounded_to_nothing():
    assert formatting.dash(0.04, 3.8) == "0.040–3.8"


@pytest.mark.parametrize(
    ("mte", "words"),
    [
        (0, "0"),
        (0.0001, "under 1 k"),
        (0.83, "830 k"),
        (4.21, "4.2 M"),
        (0.99951, "1.0 M"),
        (1234, "1.2 bn"),
    ],
)
def test_tokens_are_told_in_thousands_and_millions(mte, words):
    assert formatting.tokens(mte).replace("\u202f", " ") == words


def test_one_of_a_thing_has_no_plural():
    assert formatting.count(1, "tag") == "1 tag"
    assert formatting.count(0, "tag") == "0 tags"
    assert formatting.count(2, "day") == "2 days"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 10, 5), date(2026, 10, 5), "5 Oct 2026"),
        (date(2026, 10, 5), date(2026, 10, 11), "5–11 Oct 2026"),
        (date(2026, 9, 28), date(2026, 10, 4), "28 Sep – 4 Oct 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 Dec 2025 – 4 Jan 2026"),
    ],
)
def test_a_stretch_of_days_names_month_and_year_once(first, last, words):
    assert formatting.days(first, last) == words


def test_an_interval_of_shares_is_said_in_percent():
    words = formatting.span_of_shares(0.193, 0.39).replace("\u202f", " ")
    assert words == "between 19 % and 39 %"


def test_an_interval_of_shares_in_brief():
    assert formatting.dash_of_shares(0.186, 0.394) == "19–39\u202f%"
