import pytest

from ledger.core.errors import LedgerError
from ledger.host import review_files
from ledger.host.review_files import EvidenceBook


def test_an_evidence_number_keeps_its_meaning():
    book = EvidenceBook()
    assert [book.number(one) for one in (70, 80, 70)] == ["E-001", "E-002", "E-001"]
    book.save()
    again = EvidenceBook()
    assert again.interaction("e-2") == 80
    assert again.number(90) == "E-003"


@pytest.mark.parametrize("text", ["E-009", "E-000", "", "14", "E-1x", "0011223344556677"])
def test_what_is_no_known_number_means_nothing(text):
    book = EvidenceBook()
    book.number(70)
    assert book.interaction(text) is None


def test_a_damaged_list_of_numbers_is_not_begun_anew():
    (review_files.reviews_dir() / review_files.EVIDENCE_FILE).write_text('["x"]')
    with pytest.raises(LedgerError, match="evidence numbers"):
        EvidenceBook()


def test_recipes_are_private_and_the_latest_is_known():
    assert review_files.recipe("2026-Q3") is None
    assert review_files.latest_recipe() is None
    EvidenceBook().save()
    review_files.keep_recipe("2026-Q3", b"{}")
    path = review_files.reviews_dir() / "2026-Q3.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert review_files.recipe("2026-Q3") == review_files.latest_recipe() == b"{}"


def test_a_recipe_cannot_leave_its_folder():
    with pytest.raises(LedgerError):
        review_files.keep_recipe("../evil", b"{}")


def test_a_disk_that_refuses_is_told(monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(review_files, "write_private", full)
    with pytest.raises(LedgerError, match="No space"):
        review_files.keep_recipe("2026-Q3", b"{}")
