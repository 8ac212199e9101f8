from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.flows.filters.periods import (
    HINT,
    PRESETS,
    Cycle,
    before,
    days_of,
    meaning,
    pinned,
    rolls,
    span_of,
    words_of,
    written,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(min_value=date(1975, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("all", None, None),
        ("", None, None),
        ("7d", date(2026, 11, 16), None),
        ("1d", TODAY, None),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("last-quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-07-01", date(2026, 7, 1), date(2026, 7, 1)),
        (" 2026-07-01..2026-Q4 ", date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_read(text, first, last):
    assert days_of(text, TODAY) == (first, last)


def test_the_last_quarter_of_january_lies_in_the_year_before():
    assert days_of("last-quarter", date(2026, 1, 3)) == (date(2025, 10, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    "text", ["soon", "2026-13", "2026-02-30", "0d", "99999d", "2026-08..2026-07", "..", "0000"]
)
def test_what_is_no_period_is_refused_with_the_way_to_write_one(text):
    with pytest.raises(LedgerError) as told:
        days_of(text, TODAY)
    assert told.value.hint == HINT


@given(DAYS, DAYS)
def test_a_span_is_written_as_it_would_be_typed(one, other):
    first, last = sorted((one, other))
    text = f"{first}" if first == last else f"{first}..{last}"
    since, until = span_of(text, TODAY, UTC)
    assert written(since, until, UTC) == text
    assert words_of(text)


@pytest.mark.parametrize("span", [(None, 1_780_000_000), (1_780_000_000, None)])
def test_an_open_end_stays_open_in_words(span):
    words = words_of(written(*span, UTC))
    assert words.startswith("Until" if span[0] is None else "Since")


@pytest.mark.parametrize(("key", "words"), PRESETS)
def test_the_usual_periods_can_be_read_and_have_words(key, words):
    days_of(key, TODAY)
    assert words_of(key) == words


def test_words_of_what_was_typed():
    assert words_of("14d") == "Last 14 days"
    assert words_of("2026-07") == "Jul 2026"
    assert words_of("2026-q3") == "2026-Q3"
    assert words_of("2026-07-01..2026-08-15") == "1 Jul 2026 – 15 Aug 2026"


@pytest.mark.parametrize(
    ("today", "cycle", "first", "last"),
    [
        (TODAY, Cycle(), date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 1, 1), Cycle(), date(2025, 7, 1), date(2025, 12, 31)),
        (TODAY, Cycle(12, 4), date(2025, 4, 1), date(2026, 3, 31)),
        (TODAY, Cycle(3, 2), date(2026, 8, 1), date(2026, 10, 31)),
        (date(2026, 2, 1), Cycle(6, 10), date(2025, 4, 1), date(2025, 9, 30)),
    ],
)
def test_the_review_period_is_the_newest_that_is_over(today, cycle, first, last):
    assert days_of("review", today, cycle) == (first, last)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("all", "everything there is"),
        ("28d", "from 26 Oct 2026, moves with today"),
        ("quarter", "1 Oct – 31 Dec 2026, moves with the calendar"),
        ("review", "1 Jan – 30 Jun 2026, moves with the calendar"),
        ("2026-Q3", "1 Jul – 30 Sep 2026, fixed"),
        ("2026-07-01..9998-12-31", "from 1 Jul 2026 on, a fixed start"),
        ("1970-01-01..2026-07-01", "up to 1 Jul 2026, a fixed end"),
    ],
)
def test_it_is_said_whether_a_period_moves(text, words):
    assert meaning(text, TODAY) == words


@pytest.mark.parametrize("text", [key for key, _ in PRESETS if key != "all"])
def test_a_pinned_period_means_the_same_days_and_stays(text):
    fixed = pinned(text, TODAY)
    first, last = days_of(text, TODAY)
    assert days_of(fixed, TODAY) == (first, last or TODAY)
    assert rolls(text)
    assert not rolls(fixed)


def test_the_period_before_is_as_long():
    assert before("28d", TODAY) == "2026-09-28..2026-10-25"
    assert before("2026-07-01..2026-07-10", TODAY) == "2026-06-21..2026-06-30"
    assert before("all", TODAY) == before("2026-07-01..9998-12-31", TODAY) == ""
