import pytest
from hypothesis import given

from ledger.core.figures import Doubt
from ledger.metrics.panel import figure, panel
from ledger.metrics.registry import BY_KEY, METRICS, Form
from tests.metrics.looking import look, tagged_blocks
from tests.metrics.pricing import book_of
from tests.metrics.rows import MODELS, ledgers

BOOK = book_of(dict.fromkeys(MODELS, 3_000_000))


def test_the_panel_has_every_figure_that_has_an_answer():
    found = panel(look(tagged_blocks([1, 3]), book=BOOK))
    assert [one.key for one in found] == [one.key for one in METRICS if one.answer]
    assert all(one.unit == BY_KEY[one.key].unit for one in found)


def test_a_row_without_an_answer_says_nothing():
    found = figure(BY_KEY["trend"], look([]))
    assert (found.value, found.low, found.high) == (None, None, None)


def test_ends_that_are_not_there_mean_nothing():
    found = figure(BY_KEY["str"], look([]))
    assert found.doubt is Doubt.NONE


@given(ledgers(days=4, most=20))
def test_every_figure_of_every_ledger_is_in_order(rows):
    for one in panel(look(rows, book=BOOK, plan_fee_month=100)):
        ends = [end for end in (one.low, one.value, one.high) if end is not None]
        if one.doubt is Doubt.BOUNDS:
            assert ends == pytest.approx(sorted(ends)), one.key
        assert all(end >= 0 for end in ends), one.key
        if BY_KEY[one.key].form is Form.SHARE:
            assert all(end <= 1 for end in ends), one.key
        assert bool(one.doubt) == (one.low is not None or one.high is not None)
        assert one.note == "" or one.note.endswith(".")


@given(ledgers(most=10))
def test_the_same_ledger_gives_the_same_panel(rows):
    assert panel(look(rows, book=BOOK)) == panel(look(rows[::-1], book=BOOK))
