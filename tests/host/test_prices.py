import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.model_names import canonical
from ledger.core.prices import Rates
from ledger.core.tariff import Region, Tariff, Tier
from ledger.host import prices, settings_file
from ledger.host.paths import resource
from ledger.host.prices import PriceTableError, book, read, shipped
from ledger.host.settings import DEFAULTS, changed

TABLE = {
    "read": "2026-11-22",
    "source": "a list",
    "models": [
        {
            "names": ["m-1"],
            "prices": [
                {"input": 0.07, "output": 0.3, "cache_read": 0.0125},
                {"since": "2026-03-13", "input": 5, "output": 25, "longer_than": 200000,
                 "longer": {"input": 10, "output": 37.5}},
            ],
        }
    ],
}  # fmt: skip


def test_dollars_become_whole_micro_dollars():
    prices = read(json.dumps(TABLE))
    old, new = prices.history("m-1")
    assert (prices.read, prices.source) == (date(2026, 11, 22), "a list")
    assert old.rates == Rates(70_000, 300_000, 12_500)
    assert (new.since, new.longer) == (date(2026, 3, 13), 200_000)
    assert new.long == Rates(10_000_000, 37_500_000)


@pytest.mark.parametrize(
    "prices",
    [
        [{"input": -1, "output": 1}],
        [{"input": 0.0000001, "output": 1}],
        [{"input": 1}],
        [{"input": "a lot", "output": 1}],
        [{"input": 1, "output": 1}, {"input": 2, "output": 1}],
        [{"since": "2026-05-01", "input": 1, "output": 1},
         {"since": "2026-04-01", "input": 2, "output": 1}],
        [{"since": "soon", "input": 1, "output": 1}],
        [{"input": 1, "output": 1, "longer": {"input": 2, "output": 2}}],
    ],
)  # fmt: skip
def test_a_table_that_makes_no_sense_is_refused(prices):
    table = {**TABLE, "models": [{"names": ["m"], "prices": prices}]}
    with pytest.raises((ValueError, TypeError, KeyError)):
        read(json.dumps(table))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    )
)
def test_no_json_does_worse_than_be_refused(value):
    with pytest.raises((ValueError, TypeError, KeyError)):
        read(json.dumps(value))


def test_the_shipped_table_prices_the_models_that_tools_use():
    prices = book()
    names = [name for model in prices.models for name in model.names]
    assert len(names) == len(set(names)) > 150
    day = date(2026, 6, 1)
    assert prices.lookup("claude-opus-4-5-20251101", day).rates == Rates(
        5_000_000, 25_000_000, 500_000, 6_250_000, 10_000_000, 10_000_000_000
    )
    for model in ("claude-sonnet-4-5-20250929", "gpt-5.1-codex", "gemini-2.5-pro"):
        assert prices.lookup(model, day), model


def test_no_shipped_price_is_nothing_and_none_is_read_before_it_was_written():
    for model in book().models:
        for price in model.prices:
            every = [*price.rates, *(price.long or ())]
            assert all(rate is None or rate > 0 for rate in every), model.names
            assert (price.long is None) == (price.longer == 0)


def test_the_shipped_table_holds_what_the_vendors_lists_say_of_tiers_and_regions():
    day = date(2026, 10, 5)
    opus, codex = (shipped().lookup(model, day) for model in ("claude-opus-4-6", "gpt-5.5"))
    assert opus.at(Tariff(Tier.FAST))[:2] == (30_000_000, 150_000_000)
    assert opus.at(Tariff(Tier.FAST, Region.US))[:2] == (33_000_000, 165_000_000)
    assert opus.at(Tariff(Tier.BATCH))[:2] == (2_500_000, 12_500_000)
    assert opus.at(Tariff(Tier.PRIORITY))[:2] == (None, None)  # sold by contract
    assert codex.at(Tariff(Tier.PRIORITY))[:3] == (12_500_000, 75_000_000, 1_250_000)
    assert codex.at(Tariff(Tier.FLEX))[:3] == (2_500_000, 15_000_000, 250_000)
    assert codex.at(Tariff(Tier.PRIORITY, longer_than=272_000))[:2] == (None, None)
    first_days = shipped().lookup("claude-opus-4-6", date(2026, 2, 16))
    assert first_days.at(Tariff(Tier.FAST, longer_than=200_000))[:2] == (30_000_000, 112_500_000)


def test_every_name_of_the_shipped_table_has_its_own_price_under_its_one_name_too():
    for model in shipped().models:
        for name in model.names:
            assert shipped().history(canonical(name)) == model.prices, name


def test_the_table_says_which_lists_it_was_checked_against_and_when():
    table = json.loads(resource(prices.PRICES_FILE).read_text("utf-8"))
    assert len(table["checked"]) >= 2
    for check in table["checked"]:
        assert check["list"]
        assert check["about"]
        assert date.fromisoformat(check["read"]) >= date(2026, 11, 22)


@pytest.mark.parametrize(
    "price",
    [
        {"input": 1, "output": 1, "tiers": {"express": {"times": 2}}},
        {"input": 1, "output": 1, "tiers": {"fast": {"times": 0}}},
        {"input": 1, "output": 1, "tiers": {"fast": {"times": 2, "times_longer": 2}}},
        {"input": 0.000001, "output": 1, "tiers": {"flex": {"times": 0.5}}},
        {"input": 0.000001, "output": 1, "regions": {"us": 1.1}},
        {"input": 1, "output": 1, "regions": {"moon": 1.1}},
        {"input": 1, "output": 1, "regions": {"us": 1.111}},
    ],
)
def test_a_tier_or_region_that_makes_no_sense_is_refused(price):
    table = {**TABLE, "models": [{"names": ["m"], "prices": [price]}]}
    with pytest.raises((ValueError, KeyError)):
        read(json.dumps(table))


def test_a_missing_table_is_said_with_a_way_out(monkeypatch):
    monkeypatch.setattr(prices, "PRICES_FILE", "no-such-table.json")
    shipped.cache_clear()
    with pytest.raises(PriceTableError, match="cannot be read"):
        book()
    shipped.cache_clear()


def test_the_table_in_force_has_the_persons_own_prices_and_is_one_object_while_they_stay(
    scratch_home,
):
    assert book() is book() is shipped()
    settings_file.save(changed(DEFAULTS, "own_prices", "acme/large = 2 / 8, gpt-5 = 1 / 1"))
    day = date(2026, 6, 1)
    assert book() is book()
    assert book().lookup("acme/large", day).rates == Rates(2_000_000, 8_000_000)
    assert book().lookup("openai/gpt-5-2025-08-07", day).rates == Rates(1_000_000, 1_000_000)
    assert book().lookup("gpt-5-mini", day) == shipped().lookup("gpt-5-mini", day)
