from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.prices import ModelPrices, Price, PriceBook, Rates

CUT = date(2026, 3, 13)
OLD, NEW = Price(None, Rates(10, 50)), Price(CUT, Rates(5, 25))
LATE = Price(CUT, Rates(1, 2))
BOOK = PriceBook(
    date(2026, 11, 22),
    "a test",
    (
        ModelPrices(("claude-opus-4-6", "claude-opus-4.6"), (OLD, NEW)),
        ModelPrices(("gpt-4o",), (NEW,)),
        ModelPrices(("gpt-4o-2024-05-13",), (LATE,)),
    ),
)


@pytest.mark.parametrize(
    "model",
    [
        "claude-opus-4-6", "Claude-Opus-4-6 ", "claude-opus-4-6-20260205", "claude-opus-4.6",
        "claude-opus-4-6@20260205", "claude-opus-4-6[1m]", "anthropic/claude-opus-4-6",
        "us.anthropic.claude-opus-4-6-20260205-v1:0", "claude-opus-4-6-latest",
    ],
)  # fmt: skip
def test_a_model_is_found_however_its_name_is_written(model):
    assert BOOK.lookup(model, CUT) == NEW


@pytest.mark.parametrize(
    "model",
    ["", "<synthetic>", "claude-opus-4-60", "claude-opus", "my-claude-opus-4-6", "gpt-4o-mini"],
)
def test_a_model_that_is_not_in_the_book_has_no_price(model):
    assert BOOK.lookup(model, CUT) is None
    assert BOOK.history(model) == ()


def test_an_exact_name_goes_before_a_shortened_one():
    assert BOOK.lookup("gpt-4o-2024-05-13", CUT) == LATE
    assert BOOK.lookup("gpt-4o-2024-11-20", CUT) == NEW


def test_before_its_first_day_a_price_does_not_hold():
    assert BOOK.lookup("gpt-4o", CUT - timedelta(days=1)) is None


@given(st.dates())
def test_the_price_is_that_of_the_day(day):
    assert BOOK.lookup("claude-opus-4-6", day) == (NEW if day >= CUT else OLD)


@given(st.text())
def test_any_name_can_be_asked_for(model):
    assert BOOK.lookup(model, CUT) in (None, NEW)
