import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.prices import Rates
from ledger.host import prices
from ledger.host.prices import PriceTableError, book, read

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
        5_000_000, 25_000_000, 500_000, 6_250_000, 10_000_000
    )
    for model in ("claude-sonnet-4-5-20250929", "gpt-5.1-codex", "gemini-2.5-pro"):
        assert prices.lookup(model, day), model


def test_no_shipped_price_is_nothing_and_none_is_read_before_it_was_written():
    for model in book().models:
        for price in model.prices:
            every = [*price.rates, *(price.long or ())]
            assert all(rate is None or rate > 0 for rate in every), model.names
            assert (price.long is None) == (price.longer == 0)


def test_a_missing_table_is_said_with_a_way_out(monkeypatch):
    monkeypatch.setattr(prices, "PRICES_FILE", "no-such-table.json")
    book.cache_clear()
    with pytest.raises(PriceTableError, match="cannot be read"):
        book()
    book.cache_clear()
