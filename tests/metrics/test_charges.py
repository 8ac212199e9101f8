from collections import defaultdict
from dataclasses import replace
from datetime import date
from unittest.mock import ANY

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.core.prices import ModelPrices, Price, PriceBook, Rates, TierPrice
from ledger.core.tariff import Region, Tariff, Tier
from ledger.metrics.charges import Cost, charges, cost_of, exposure
from tests.metrics.pricing import READ, book_of, used
from tests.metrics.querying import query_of
from tests.metrics.rows import MONDAY_S, Row, Use, frame, ledgers

MICRO = 10**6  # of the parts of a dollar that charges are in
DOLLAR = 1_000_000  # of one million fresh tokens: a token is a micro-dollar
counts = st.integers(0, 10**6)
KNOWN = {"low": 1.0, "middle": 2.0, "high": 4.0, "priced": 1.0, "portions": 3}


def charged(use: Use, book: PriceBook | None = None):
    found = charges(frame([Row(1, uses=(use,))]), book or book_of({"m-a": DOLLAR}))
    low, middle, high = (round(float(one[0]) / MICRO) for one in found[:3])
    return low, middle, high, bool(found.priced[0])


def test_every_counter_has_its_own_price():
    whole = used(fresh=1000, output=200, cache_read=5000, five=400, hour=100)
    assert charged(whole) == (1000 + 1000 + 500 + 500 + 200,) * 3 + (True,)


def test_a_price_holds_from_its_day_on():
    book = book_of({"m-a": DOLLAR}, later=(date(2026, 6, 2), 3 * DOLLAR))
    day = 86_400
    assert charged(used(fresh=10, time_s=MONDAY_S + day - 1), book)[1] == 10
    assert charged(used(fresh=10, time_s=MONDAY_S + day), book)[1] == 30


def test_before_its_first_price_a_model_has_none():
    book = PriceBook(READ, "", (ModelPrices(("m-a",), (Price(date(2026, 6, 2), Rates(1, 1)),)),))
    assert not charged(used(fresh=10), book)[3]


def test_a_model_without_a_price_is_never_free():
    assert charged(used(fresh=10, model="m-b")) == (0, 0, 0, False)
    assert not charged(Use(0, model="m-b", unknown=1))[3]


def test_a_counter_without_a_price_leaves_the_portion_unpriced():
    book = PriceBook(READ, "", (ModelPrices(("m-a",), (Price(None, Rates(DOLLAR, DOLLAR)),)),))
    assert charged(used(fresh=10), book) == (10, 10, 10, True)
    assert charged(used(fresh=10, cache_read=1), book) == (10, 10, 10, False)


def test_what_used_nothing_costs_nothing_with_or_without_a_price():
    assert charged(Use(0, model="<synthetic>")) == (0, 0, 0, True)


def test_a_long_prompt_costs_what_its_tariff_says_however_many_requests_are_summed():
    price = Price(None, Rates(DOLLAR, DOLLAR), Rates(2 * DOLLAR, 2 * DOLLAR), 200_000)
    book = PriceBook(READ, "", (ModelPrices(("m-a",), (price,)),))
    short, beyond = Tariff(longer_than=128_000).code, Tariff(longer_than=200_000).code
    many = used(fresh=9_000_000, requests=90, tariff=short)
    assert charged(many, book)[:3] == (9_000_000,) * 3
    few = used(fresh=900_000, requests=3, tariff=beyond)
    assert charged(few, book)[:3] == (1_800_000,) * 3


@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("region", list(Region))
def test_a_tier_or_region_without_a_price_is_never_priced_as_standard(tier, region):
    tiers = (TierPrice(Tier.FAST, Rates(6 * DOLLAR, 6 * DOLLAR)),)
    price = Price(None, Rates(DOLLAR, DOLLAR), tiers=tiers, regions=((Region.US, 110),))
    book = PriceBook(READ, "", (ModelPrices(("m-a",), (price,)),))
    times = {Tier.UNSAID: 10, Tier.STANDARD: 10, Tier.FAST: 60}.get(tier)
    percent = {Region.ANYWHERE: 10, Region.US: 11}.get(region)
    found = charged(used(fresh=1000, tariff=Tariff(tier, region).code), book)
    if times and percent:
        assert found == (1000 * times * percent // 100,) * 3 + (True,)
    else:
        assert found == (0, 0, 0, False)


def test_searches_have_a_fee_whatever_the_tier_and_none_where_it_is_not_known():
    price = Price(None, Rates(DOLLAR, DOLLAR, searches=10**10))
    book = PriceBook(READ, "", (ModelPrices(("m-a",), (price,)),))
    assert charged(used(fresh=7, searches=3), book) == (30_007,) * 3 + (True,)
    unknown_tier = used(fresh=7, searches=3, tariff=Tariff(Tier.BATCH).code)
    assert charged(unknown_tier, book) == (30_000,) * 3 + (False,)
    assert charged(used(fresh=7, searches=3)) == (7, 7, 7, False)


def test_an_estimate_widens_the_ends_at_the_dearest_price():
    use = used(fresh=100)
    assert charged(Use(use.te, use.te // 2, use.te * 2, counters=use.counters))[:3] == (
        50,
        100,
        200,
    )


def test_a_request_of_unknown_usage_may_have_cost_up_to_the_ceiling():
    assert charged(Use(0, unknown=1))[:3] == (0, 0, 500_000)


@given(ledgers(), st.integers(1, 10**9))
def test_the_middle_lies_between_the_ends(rows, price):
    found = charges(frame(rows), book_of({"m-a": price, "m-b": 2 * price}))
    assert (found.low <= found.middle).all()
    assert (found.middle <= found.high).all()
    assert (found.low >= 0).all()


TARIFFS = (
    Tariff(),
    Tariff(Tier.FAST),
    Tariff(Tier.FAST, Region.US, 200_000),
    Tariff(longer_than=200_000),
    Tariff(Tier.OTHER),
)
small = st.integers(0, 10**5)
PARTS = st.tuples(
    st.sampled_from(("m-a", "m-b")), st.sampled_from(TARIFFS), st.integers(0, 95), *[small] * 6
)


@given(st.lists(PARTS, max_size=12), st.randoms())
def test_merging_and_splitting_portions_changes_nothing(parts, luck):
    """Requests of one model and tariff, summed by the day, by chance, or not at all."""
    rates = Rates(3, 15, 1, 4, 6, 10_000)
    tiers = (TierPrice(Tier.FAST, rates.times(600), rates.times(1200)),)
    regions = ((Region.US, 110 * 100),)
    price = Price(None, rates, rates.times(200), 200_000, tiers, regions)
    book = PriceBook(READ, "", (ModelPrices(("m-a",), (price,)),))

    def costs(key):
        sums = defaultdict(lambda: [0] * 6)
        for part in parts:
            for at, number in enumerate(part[3:]):
                sums[part[:2] + key(part)][at] += number
        uses = [
            used(
                *numbers[:5],
                searches=numbers[5],
                model=model,
                tariff=tariff.code,
                time_s=MONDAY_S + quarter * 900,
            )
            for (model, tariff, quarter, *_), numbers in sums.items()
        ]
        made = frame([Row(1, uses=tuple(uses))])
        return cost_of(made, made.select(), book)

    by_the_day = costs(lambda _part: (0,))
    assert costs(lambda part: part[2:3]) == replace(by_the_day, portions=ANY)
    assert costs(lambda _part: (0, luck.randrange(3))) == replace(by_the_day, portions=ANY)


def test_charges_are_made_once_for_a_frame_whatever_its_tags():
    made, book = frame([Row(1, uses=(used(fresh=1),))]), book_of({"m-a": 1})
    first = charges(made, book)
    assert charges(made.with_tags([1], 1), book) is first
    assert charges(made, book_of({})) is not charges(made, book)


def test_dollars_for_a_comparison_are_unknown_where_a_price_or_a_count_is():
    uses = (used(fresh=1_500_000), used(fresh=1, model="m-b"), Use(0, unknown=1))
    made = frame([Row(1, uses=uses)])
    found = exposure(made, book_of({"m-a": DOLLAR}))
    assert np.array_equal(found, [1.5, np.nan, np.nan], equal_nan=True)


@pytest.mark.parametrize(("unknown", "value"), [(0.0, 2.0), (0.2, 2.5), (0.21, None)])
def test_unknown_requests_cost_as_much_as_the_others_when_they_are_few(unknown, value):
    assert Cost(**KNOWN, unknown=unknown).value == value


def test_without_a_most_or_without_anything_there_is_no_single_figure():
    assert Cost(**{**KNOWN, "high": None}, unknown=0.0).value is None
    assert Cost(**{**KNOWN, "portions": 0}, unknown=0.0).value is None


def test_the_single_figure_stays_between_the_ends():
    assert Cost(**{**KNOWN, "high": 2.1}, unknown=0.2).value == 2.1


@given(ledgers(), st.integers(1, 10**9))
def test_parts_of_the_cost_add_up(rows, price):
    everything = query_of(rows, book=book_of(dict.fromkeys(("m-a", "m-b", "m-c"), price)))
    parts = [
        cost_of(
            everything.frame,
            everything.frame.select(Filter(tools=frozenset({tool}))),
            everything.book,
        )
        for tool in ("claude-code", "codex", "gemini-cli", "other")
    ]
    whole = cost_of(everything.frame, everything.selection, everything.book)
    assert sum(part.low for part in parts) == pytest.approx(whole.low)
    assert sum(part.high for part in parts) == pytest.approx(whole.high)
    assert whole.low <= whole.middle <= whole.high
