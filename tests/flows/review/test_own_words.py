from ledger.flows.review.wording import document

from ledger.flows.review.own_words import samples
from tests.reviews import QUARTER


def test_samples_hold_figures_and_their_absence():
    full, empty = (str(document(sample)) for sample in samples(QUARTER))
    assert "too few to say" in empty
    assert "fix until green" in full
    assert "Claude Code" in full


def test_samples_come_from_no_ledger():
    assert samples(QUARTER) == samples(QUARTER)
