import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import own_prices
from ledger.core.prices import Rates

NAMES = st.from_regex(r"\A[a-z0-9:/.@\[\]-]{1,30}\Z")
KNOWN = st.integers(0, 99_999_000_000)
PRICES = st.builds(Rates, KNOWN, KNOWN, *[st.none() | KNOWN] * 3, searches=st.none())


@given(st.dictionaries(NAMES, PRICES, max_size=4))
def test_prices_come_back_from_their_text(prices):
    assert own_prices.read(own_prices.written(prices)) == prices


def test_dollars_for_a_million_tokens_become_micro_dollars_and_a_dash_is_unknown():
    text = " acme/large = 3/15 / 0.3 ; custom:b=0.5 / 2/-/ 0.625 / 1 "
    assert own_prices.read(text) == {
        "acme/large": Rates(3_000_000, 15_000_000, 300_000),
        "custom:b": Rates(500_000, 2_000_000, None, 625_000, 1_000_000),
    }


@pytest.mark.parametrize("text", ["", "  "])
def test_no_text_is_no_price(text):
    assert own_prices.read(text) == {}


@pytest.mark.parametrize(
    "text",
    ["a", "a = 3", "= 3 / 4", "a = 3 / 4,", "a = -3 / 4", "a = 3 / four", "a = 1/2/3/4/5/6",
     "a = - / 4", "a = 1e9 / 4", "a = 1000000 / 4"],
)  # fmt: skip
def test_another_shape_is_refused(text):
    with pytest.raises(ValueError, match="list of prices"):
        own_prices.read(text)
