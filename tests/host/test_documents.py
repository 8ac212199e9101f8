"""Views, goals, trials, recipes, drafts and evidence numbers."""

import json
import os
import stat
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.core.trials import LONGEST, SHORTEST, Trial
from ledger.host import documents, json_document
from ledger.host.documents import EvidenceBook

DAY = st.dates(date(2000, 1, 1), date(2100, 1, 1))
DECLARED = Trial("Shorter prompts", date(2026, 11, 1), 28, date(2026, 10, 31))
TRIALS = st.lists(
    st.builds(
        Trial,
        st.text("abc äß€", max_size=40).map(str.strip),
        DAY,
        st.integers(SHORTEST, LONGEST),
        DAY,
        st.none() | DAY,
    ),
    max_size=4,
)


def test_a_list_comes_back_as_it_was_written(tmp_path):
    path = tmp_path / "ledger.views.json"
    items = [{"name": "Größe", "words": "tag:kept"}, {"name": "b", "words": ""}]
    documents.save_items(path, "views", items)
    assert documents.load_items(path, "views") == items
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_file_is_an_empty_list(tmp_path):
    assert documents.load_items(tmp_path / "none.json", "views") == []


def test_other_things_in_the_file_stay(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('{"more": 7, "views": [{"name": "a"}, 3]}')
    assert documents.load_items(path, "views") == [{"name": "a"}]
    documents.save_items(path, "views", [])
    assert json.loads(path.read_text()) == {"more": 7, "version": 1, "views": []}


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"views": 7}', '{"version": 2}', '{"version": "x"}', "[" * 100_000, "\xff"]
)
def test_what_cannot_be_understood_is_told_and_never_written_over(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(LedgerError):
        documents.load_items(path, "views")
    if "views" not in text:
        with pytest.raises(LedgerError):
            documents.save_items(path, "views", [])
        assert path.read_text(encoding="latin-1") == text


def test_a_file_without_end_is_not_read(tmp_path):
    path = tmp_path / "x.json"
    with path.open("wb") as file:
        file.truncate(5 << 20)
    with pytest.raises(LedgerError, match="too large"):
        documents.load_items(path, "views")


def test_a_folder_that_takes_nothing_is_told(tmp_path):
    with pytest.raises(LedgerError, match="were not saved"):
        documents.save_items(tmp_path / "gone" / "x.json", "views", [])


def test_a_folder_in_place_of_a_list_is_told(tmp_path):
    path = tmp_path / "x.json"
    path.mkdir()
    with pytest.raises(LedgerError, match="were not read"):
        documents.load_items(path, "views")


@settings(max_examples=30)
@given(TRIALS)
def test_what_was_declared_is_read_again(tmp_path_factory, declared):
    path = tmp_path_factory.mktemp("trials") / "trials.json"
    stored = tuple(trial._replace(what=" ".join(trial.what.split())) for trial in declared)
    documents.save_trials(path, stored)
    assert documents.load_trials(path) == stored


def test_no_file_is_no_trial(tmp_path):
    assert documents.load_trials(tmp_path / "trials.json") == ()


def test_only_the_person_can_read_the_trials(tmp_path):
    path = tmp_path / "trials.json"
    documents.save_trials(path, (DECLARED,))
    assert path.stat().st_mode & 0o777 == 0o600


TOO_SHORT = (
    '[{"what": "x", "start": "2026-01-01", "days": 1, "declared": "2026-01-01", "given_up": null}]'
)


@pytest.mark.parametrize(
    "text", ["", "{", "5", "null", '["x"]', "[{}]", '[{"what": "x", "days": 9}]', TOO_SHORT]
)
def test_a_broken_file_of_trials_is_told_and_not_taken_for_empty(tmp_path, text):
    path = tmp_path / "trials.json"
    path.write_text(text)
    with pytest.raises(LedgerError):
        documents.load_trials(path)


def test_a_file_of_trials_too_large_to_be_ours_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "trials.json"
    documents.save_trials(path, (DECLARED,))
    monkeypatch.setattr(json_document, "LARGEST_BYTES", 5)
    with pytest.raises(LedgerError):
        documents.load_trials(path)


def test_a_folder_in_place_of_the_trials_is_told(tmp_path):
    path = tmp_path / "trials.json"
    path.mkdir()
    with pytest.raises(LedgerError):
        documents.load_trials(path)
    with pytest.raises(LedgerError, match="not saved"):
        documents.save_trials(path, (DECLARED,))


def test_an_evidence_number_keeps_its_meaning():
    book = EvidenceBook()
    assert [book.number(identity) for identity in (70, 80, 70)] == ["E-001", "E-002", "E-001"]
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
    (documents.reviews_dir() / documents.EVIDENCE_FILE).write_text('["x"]')
    with pytest.raises(LedgerError, match="evidence numbers"):
        EvidenceBook()


def test_recipes_are_private_and_the_latest_is_known():
    assert documents.recipe("2026-Q3") is None
    assert documents.latest_recipe() is None
    EvidenceBook().save()
    documents.keep_recipe("2026-Q3", b"{}")
    path = documents.reviews_dir() / "2026-Q3.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert documents.recipe("2026-Q3") == documents.latest_recipe() == b"{}"


def test_a_recipe_cannot_leave_its_folder():
    with pytest.raises(LedgerError):
        documents.keep_recipe("../evil", b"{}")


def test_a_disk_that_refuses_a_recipe_is_told(monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json_document, "write_private", full)
    with pytest.raises(LedgerError, match="No space"):
        documents.keep_recipe("2026-Q3", b"{}")


def test_a_draft_comes_back_and_only_this_person_can_read_it():
    assert documents.newest_draft("2026-Q3") is None
    documents.keep_draft("2026-Q3", b"draft")
    assert documents.newest_draft("2026-Q3") == b"draft"
    path = documents.reviews_dir() / documents.DRAFTS / "2026-Q3.json"
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_was_written_last_wins():
    documents.keep_draft("2026-Q3", b"draft")
    documents.keep_recipe("2026-Q3", b"recipe")
    draft = documents.reviews_dir() / documents.DRAFTS / "2026-Q3.json"
    os.utime(draft, ns=(0, 0))
    assert documents.newest_draft("2026-Q3") == b"recipe"
    os.utime(documents.reviews_dir() / "2026-Q3.json", ns=(0, 0))
    os.utime(draft)
    assert documents.newest_draft("2026-Q3") == b"draft"


def test_a_draft_is_no_recipe_to_begin_another_review_with():
    documents.keep_draft("2026-Q3", b"draft")
    assert documents.latest_recipe() is None


@pytest.mark.parametrize("name", ["", "../../x", "a/b", "x" * 41])
def test_a_name_that_could_lead_elsewhere_is_refused(name):
    with pytest.raises(LedgerError):
        documents.keep_draft(name, b"draft")
