import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.core.usage import Basis
from ledger.ui.amounts import amount, usage_of


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12000", 12_000, 12_000),
        ("12,000", 12_000, 12_000),
        ("12k", 12_000, 12_000),
        ("1.5 M", 1_500_000, 1_500_000),
        ("8k-12k", 8_000, 12_000),
        ("12k – 8k", 8_000, 12_000),
        ("8k to 12k", 8_000, 12_000),
        ("~900", 900, 900),
    ],
)
def test_counts_are_read_as_people_write_them(text, low, high):
    assert amount(text) == (low, high)


@pytest.mark.parametrize("text", ["", "many", "-5", "1-2-3", "1e9", "9999999M", "٣k."])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(LedgerError):
        amount(text)


@given(st.integers(0, 10**12))
def test_a_whole_number_is_itself(count):
    assert amount(str(count)) == (count, count)


def test_two_empty_fields_are_unknown_and_not_zero():
    assert usage_of("", " ").basis is Basis.UNKNOWN


def test_exact_counts_stay_exact():
    usage = usage_of("10k", "500")
    assert (usage.input, usage.output, usage.basis) == (10_000, 500, Basis.EXACT)


def test_a_range_is_an_estimate_that_holds_both_ends():
    usage = usage_of("", "8k-12k")
    assert usage.basis is Basis.ESTIMATED
    assert (usage.output * usage.low, usage.output * usage.high) == (8_000, 12_000)
