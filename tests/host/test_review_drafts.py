import os

import pytest

from ledger.core.errors import LedgerError
from ledger.host import review_drafts, review_files


def test_a_draft_comes_back_and_only_this_person_can_read_it():
    assert review_drafts.newest("2026-Q3") is None
    review_drafts.keep("2026-Q3", b"draft")
    assert review_drafts.newest("2026-Q3") == b"draft"
    path = review_files.reviews_dir() / review_drafts.DRAFTS / "2026-Q3.json"
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_was_written_last_wins():
    review_drafts.keep("2026-Q3", b"draft")
    review_files.keep_recipe("2026-Q3", b"recipe")
    draft = review_files.reviews_dir() / review_drafts.DRAFTS / "2026-Q3.json"
    os.utime(draft, ns=(0, 0))
    assert review_drafts.newest("2026-Q3") == b"recipe"
    os.utime(review_files.reviews_dir() / "2026-Q3.json", ns=(0, 0))
    os.utime(draft)
    assert review_drafts.newest("2026-Q3") == b"draft"


def test_a_draft_is_no_recipe_to_begin_another_review_with():
    review_drafts.keep("2026-Q3", b"draft")
    assert review_files.latest_recipe() is None


@pytest.mark.parametrize("name", ["", "../../x", "a/b", "x" * 41])
def test_a_name_that_could_lead_elsewhere_is_refused(name):
    with pytest.raises(LedgerError):
        review_drafts.keep(name, b"draft")
