from datetime import date

import pytest

from ledger.core.errors import LedgerError
from ledger.flows.review.selection import period_of
from tests.reviews import a_frame, selection_of

TODAY = date(2026, 11, 22)


def test_a_quarter_has_its_days():
    period = period_of("2026-q3", TODAY)
    assert (period.name, period.first, period.last) == (
        "2026-Q3",
        date(2026, 7, 1),
        date(2026, 9, 30),
    )


def test_an_open_end_is_today():
    assert period_of("28d", TODAY).last == TODAY


@pytest.mark.parametrize("text", ["all", "", "2020..2026", "soon"])
def test_no_end_and_no_sense_is_refused(text):
    with pytest.raises(LedgerError):
        period_of(text, TODAY)


def test_what_the_author_left_out_takes_its_tokens_with_it():
    frame = a_frame()
    selection = selection_of(frame, without=frozenset(("Kranich",)), left_out=frozenset((1001, 99)))
    out = selection.whole.interactions & ~selection.mine.interactions
    assert set(frame.id[out].tolist()) == {*range(1000, 1240, 4), 1001}
    assert set(frame.owner[selection.mine.portions].tolist()) == set(selection.mine.rows.tolist())


def test_nothing_left_out_is_everything():
    selection = selection_of(a_frame())
    assert selection.mine.interactions.sum() == selection.whole.interactions.sum() == 240
