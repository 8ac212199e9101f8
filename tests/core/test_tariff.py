import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.tariff import CONTEXT_STEPS, Region, Tariff, Tier, code_in_sql, code_of
from ledger.host import prices

TARIFFS = st.builds(
    Tariff, st.sampled_from(Tier), st.sampled_from(Region), st.sampled_from((0, *CONTEXT_STEPS))
)


@given(TARIFFS)
def test_a_tariff_comes_back_from_its_number(tariff):
    assert Tariff.of_code(tariff.code) == tariff


def test_nothing_said_is_nought():
    assert Tariff().code == 0
    assert Tariff.of_code(0) == Tariff(Tier.UNSAID, Region.ANYWHERE, 0)


def test_there_is_room_for_every_tier_and_region():
    codes = {code_of(t, r, s) for t in Tier for r in Region for s in range(len(CONTEXT_STEPS) + 1)}
    assert len(codes) == len(Tier) * len(Region) * (len(CONTEXT_STEPS) + 1)


@pytest.mark.parametrize(
    ("prompt", "longer_than"),
    [(0, 0), (100_000, 0), (100_001, 100_000), (200_000, 128_000), (300_000, 272_000)],
)
def test_sql_makes_the_same_number(prompt, longer_than):
    query = f"SELECT {code_in_sql('?1', '?2', '?3')}"
    [[code]] = sqlite3.connect(":memory:").execute(query, (Tier.FLEX, Region.EU, prompt))
    assert Tariff.of_code(code) == Tariff(Tier.FLEX, Region.EU, longer_than)


def test_no_list_price_changes_at_another_size():
    sizes = {price.longer for m in prices.shipped().models for price in m.prices if price.long}
    assert sizes <= set(CONTEXT_STEPS)
