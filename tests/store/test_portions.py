"""Portions: sums by interaction, model and quarter hour."""

from ledger.core.columns import QUARTER_S
from ledger.core.tariff import Region, Tariff, Tier
from ledger.core.usage import Basis
from ledger.store import portions
from tests.store.worlds import START_MS, prompt, reading, request, session


def test_the_numbers_in_the_queries_are_those_of_the_core():
    assert f"/ {QUARTER_S} AS quarter" in portions._SUMS
    assert f"sum(basis = {int(Basis.UNKNOWN)})" in portions._SUMS


def test_each_model_and_quarter_hour_has_its_own_portion(store, raw):
    parts = [request(21 + n, 11, minute=5 * n, model=f"m-{n % 2}") for n in range(8)]
    store.add([reading(session(), prompt(11), *parts)])
    rows = raw.execute("SELECT quarter, name, requests FROM portion JOIN model ON model.id = model")
    expected: dict[tuple[int, str], int] = {}
    for n in range(8):
        key = ((START_MS // 1000 + 300 * n) // 900, f"m-{n % 2}")
        expected[key] = expected.get(key, 0) + 1
    assert {(quarter, name): requests for quarter, name, requests in rows} == expected


def test_a_portion_that_is_not_the_sum_is_noticed(store, raw):
    store.add([reading(session(), prompt(11), request(21, 11), request(22, 11))])
    assert not portions.differ(raw)
    raw.execute("UPDATE portion SET te = te + 1")
    assert portions.differ(raw)
    raw.execute("DELETE FROM portion")
    assert portions.differ(raw)
    portions.refresh(raw, [11])
    assert not portions.differ(raw)


def test_each_tariff_has_its_own_portion_with_what_lived_an_hour_and_was_searched(store):
    parts = [
        request(21, 11, minute=0)._replace(tier=Tier.FAST, searches=2),
        request(22, 11, minute=0)._replace(cache_write_1h=7),
        request(23, 11, minute=0)._replace(input=250_000, region=Region.US, cache_write_1h=1),
        request(24, 11, minute=0)._replace(input=260_000, region=Region.US, cache_write_1h=2),
    ]
    store.add([reading(session(), prompt(11), *parts)])
    columns = store.columns()
    rows = zip(
        columns.tariff, columns.requests, columns.cache_write_1h, columns.searches, strict=True
    )
    assert {Tariff.of_code(code): tuple(values) for code, *values in rows} == {
        Tariff(Tier.FAST): (1, 0, 2),
        Tariff(): (1, 7, 0),
        Tariff(region=Region.US, longer_than=200_000): (2, 3, 0),
    }
