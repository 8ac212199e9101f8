from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.prices import NO_RATES, ModelPrices, Price, PriceBook, Rates, TierPrice
from ledger.core.tariff import CONTEXT_STEPS, Region, Tariff, Tier

STEP = 200_000
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


RATES = st.builds(Rates, *[st.none() | st.integers(0, 10**6).map(lambda n: n * 100)] * 6)
TARIFFS = st.builds(
    Tariff, st.sampled_from(Tier), st.sampled_from(Region), st.sampled_from((0, *CONTEXT_STEPS))
)
PRICES = st.builds(
    Price,
    st.none(),
    RATES,
    st.none() | RATES,
    st.just(STEP),
    st.lists(st.builds(TierPrice, st.sampled_from(list(Tier)[2:]), RATES, RATES), max_size=3).map(
        tuple
    ),
    st.lists(st.tuples(st.sampled_from(list(Region)[1:]), st.integers(100, 120)), max_size=2).map(
        tuple
    ),
)


@given(PRICES, TARIFFS)
def test_nothing_is_filled_in_from_another_tier_region_or_prompt(price, tariff):
    found = price.at(tariff)
    tiers = {one.tier: one for one in reversed(price.tiers)}
    is_long = price.long is not None and tariff.longer_than >= STEP
    if tariff.tier <= Tier.STANDARD:
        base = price.long if is_long else price.rates
    else:
        tier = tiers.get(tariff.tier, TierPrice(tariff.tier, NO_RATES))
        base = tier.long if is_long else tier.rates
    percent = {Region.ANYWHERE: 100, **dict(price.regions)}.get(tariff.region)
    for component, rate in zip(base[:-1], found[:-1], strict=True):
        known = component is not None and percent is not None
        assert rate == (component * percent // 100 if known else None)
    assert found.searches == price.rates.searches


def test_an_own_price_goes_before_the_tables_and_holds_on_every_day():
    own = BOOK.with_own({"Anthropic/claude-opus-4.6": Rates(7, 7), "acme": Rates(1, 1)})
    for model in ("claude-opus-4-6-20260205", "claude-opus-4-6"):
        assert own.lookup(model, date(1999, 1, 1)).rates == Rates(7, 7)
    assert own.lookup("ACME", CUT).rates == Rates(1, 1)
    assert own.lookup("gpt-4o", CUT) == NEW
    assert (own.is_own("acme"), own.is_own("gpt-4o"), BOOK.is_own("acme")) == (True, False, False)
