import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.filters import Filter
from ledger.metrics.dollars import Cost, cost_of
from tests.metrics.looking import look
from tests.metrics.pricing import book_of
from tests.metrics.rows import ledgers

KNOWN = {"low": 1.0, "middle": 2.0, "high": 4.0, "priced": 1.0, "assumed": 0.0, "portions": 3}


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
    everything = look(rows, book=book_of(dict.fromkeys(("m-a", "m-b", "m-c"), price)))
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
