from datetime import date

import numpy as np
import pytest

from ledger.core.prices import ModelPrices, Price, PriceBook, Rates, TierPrice
from ledger.core.tariff import Region, Tariff, Tier
from ledger.metrics.unpriced import Lack, Portions, Unpriced, unpriced

PRICE = Price(
    date(2026, 1, 1),
    Rates(1, 1, 1),
    Rates(2, 2, 2),
    200_000,
    (TierPrice(Tier.FAST, Rates(6, 6)),),
    ((Region.US, 100),),
)
BOOK = PriceBook(date(2026, 1, 1), "", (ModelPrices(("m-a",), (PRICE,)),))
LONG = 200_000


def found(*lacking: tuple[int, Tariff, int, Lack]) -> tuple[Unpriced, ...]:
    numbers = [(model, tariff.code, row, int(lacks)) for model, tariff, row, lacks in lacking]
    return unpriced(Portions(*np.asarray(numbers).T), ("m-a", "m-b"), (PRICE,), BOOK)


@pytest.mark.parametrize(
    ("tariff", "lacks", "words"),
    [
        (Tariff(), Lack.CACHE_WRITE_5M, "cache writes of m-a"),
        (Tariff(), Lack.CACHE_WRITE_1H, "cache writes for an hour of m-a"),
        (Tariff(), Lack.SEARCHES, "web searches of m-a"),
        (Tariff(Tier.FAST), Lack.CACHE_READ, "cache reads in fast mode of m-a"),
        (Tariff(Tier.PRIORITY), Lack.INPUT | Lack.OUTPUT, "the priority tier of m-a"),
        (Tariff(Tier.FAST, longer_than=LONG), Lack.INPUT, "long prompts in fast mode of m-a"),
        (Tariff(region=Region.EU), Lack.INPUT, "inference in the EU of m-a"),
        (Tariff(Tier.OTHER, Region.OTHER), Lack.INPUT, "a tier that is not known here of m-a"),
    ],
)
def test_what_lacks_a_price_is_named_by_what_is_not_known_of_it(tariff, lacks, words):
    assert [one.words for one in found((0, tariff, 0, lacks))] == [words]


@pytest.mark.parametrize("tier", list(Tier)[2:])
@pytest.mark.parametrize("region", list(Region))
@pytest.mark.parametrize("lack", list(Lack))
def test_there_are_words_for_everything(tier, region, lack):
    price = Price(None, Rates(1, 1))
    book = PriceBook(date(2026, 1, 1), "", (ModelPrices(("m-a",), (price,)),))
    code = np.asarray([Tariff(tier, region).code])
    portions = Portions(np.asarray([0]), code, np.asarray([0]), np.asarray([int(lack)]))
    [one] = unpriced(portions, ("m-a",), (price,), book)
    assert one.what


def test_a_model_without_any_price_is_named_once_and_one_without_an_early_price_says_so():
    lacks = Lack.INPUT
    assert found(
        (1, Tariff(), -1, lacks), (1, Tariff(Tier.FAST), -1, lacks), (0, Tariff(), -1, lacks)
    ) == (Unpriced("m-a", "days before its first price"), Unpriced("m-b"))


def test_several_things_are_each_named():
    both = Lack.CACHE_WRITE_5M | Lack.SEARCHES
    assert {one.what for one in found((0, Tariff(), 0, both))} == {"cache writes", "web searches"}


def test_a_model_without_a_name_is_told_as_such():
    assert Unpriced("", "web searches").words == "web searches of a model without a name"
