import pytest

from ledger.app.review_draft import ReviewDraft
from ledger.core.errors import LedgerError
from ledger.core.report import Claim, Include, Words
from ledger.flows.review.recipe import read
from ledger.host import documents, export_log, paths
from ledger.host.documents import EvidenceBook
from tests.reviews import a_frame
from tests.ui.pages.review.reviewing import ReviewClient, today

HALF = Words(claims=(Claim(did="Half a claim"),))
WHOLE = Words(claims=(Claim(did="Rewrote the reader.", outcome="No failed import since."),))


@pytest.fixture
def draft(qtbot):
    return ReviewDraft(ReviewClient(), today)


def begin(qtbot, draft, text="2026-Q3"):
    with qtbot.waitSignal(draft.previewed):
        draft.begin(text)
    return draft.preview


def change(qtbot, draft, **parts):
    with qtbot.waitSignal(draft.previewed):
        draft.change(**parts)
    return draft.preview


def test_what_is_previewed_is_what_is_written(qtbot, draft, tmp_path):
    begin(qtbot, draft)
    shown = change(qtbot, draft, words=WHOLE).file.data
    target = tmp_path / "review.md"
    with qtbot.waitSignal(draft.saved) as done:
        draft.save(target)
    assert done.args[0].problem is None
    assert target.read_bytes() == shown
    assert target.stat().st_mode & 0o777 == 0o600


def test_nothing_leaves_and_nothing_is_noted_before_save(qtbot, draft, tmp_path):
    begin(qtbot, draft)
    change(qtbot, draft, words=WHOLE)
    draft.choose_form("pdf")
    assert list(tmp_path.glob("*.md")) == []
    assert export_log.exports() == ()
    assert documents.recipe("2026-Q3") is None


def test_while_the_preview_is_out_of_date_nothing_can_be_saved(qtbot, draft, tmp_path):
    begin(qtbot, draft)
    draft.change(words=WHOLE)
    draft.save(tmp_path / "review.md")
    assert not (tmp_path / "review.md").exists()


def test_the_recipe_is_kept_for_the_next_review(qtbot, draft, tmp_path):
    begin(qtbot, draft)
    change(qtbot, draft, words=WHOLE)
    with qtbot.waitSignal(draft.saved):
        draft.save(tmp_path / "review.md")
    assert read(documents.recipe("2026-Q3")).words == WHOLE


def test_what_was_let_in_was_let_in_for_one_file(qtbot, draft, tmp_path):
    begin(qtbot, draft)
    with qtbot.waitSignal(draft.previewed):
        draft.tick(Include.TOTALS, True)
    with qtbot.waitSignal(draft.saved):
        draft.save(tmp_path / "review.md")
    assert Include.TOTALS in export_log.exports()[0].fields
    assert draft.recipe.include == frozenset()


def test_half_a_claim_is_kept_here_and_leaves_in_no_file(qtbot, draft):
    begin(qtbot, draft)
    assert b"Half a claim" not in change(qtbot, draft, words=HALF).file.data
    draft.keep()
    again = ReviewDraft(ReviewClient(), today)
    begin(qtbot, again)
    assert again.recipe.words == HALF


def test_what_is_written_is_kept_by_itself_after_a_pause(qtbot, draft):
    begin(qtbot, draft)
    draft.change(words=HALF)
    assert documents.newest_draft("2026-Q3") is None
    qtbot.waitUntil(lambda: documents.newest_draft("2026-Q3") is not None)
    assert b"Half a claim" in documents.newest_draft("2026-Q3")


def test_what_was_typed_last_is_kept_when_another_period_is_begun(qtbot, draft):
    begin(qtbot, draft)
    draft.change(words=HALF)
    begin(qtbot, draft, "2026-Q2")
    assert b"Half a claim" in documents.newest_draft("2026-Q3")


def test_a_period_that_is_none_leaves_the_draft_where_it_was(qtbot, draft):
    begin(qtbot, draft)
    with pytest.raises(LedgerError):
        draft.begin("all")
    assert draft.period.name == "2026-Q3"


def test_what_is_left_out_is_told_and_can_be_taken_in_again(qtbot, draft):
    everything = begin(qtbot, draft).inside
    with qtbot.waitSignal(draft.previewed) as blocker:
        draft.leave_out(everything[:2], out=True)
    assert set(blocker.args[0].outside) == set(everything[:2])
    with qtbot.waitSignal(draft.previewed) as blocker:
        draft.leave_out(everything[:2], out=False)
    assert blocker.args[0].outside == ()


def test_another_form_drops_what_it_may_not_hold(qtbot, draft):
    begin(qtbot, draft)
    draft.tick(Include.MONEY, True)
    draft.tick(Include.TOTALS, True)
    draft.choose_form("rows-csv")
    assert draft.recipe.include == {Include.TOTALS}


def test_a_number_keeps_its_meaning(qtbot, draft):
    numbers, meant = [], []
    draft.cite(1007, numbers.append)
    draft.cite(1003, numbers.append)
    draft.cite(1007, numbers.append)
    assert numbers == ["E-001", "E-002", "E-001"]
    draft.meant("E-002", meant.append)
    assert meant == [1003]
    assert EvidenceBook().interaction("E-001") == 1007


def test_nothing_of_the_demo_is_kept_beside_ones_own(qtbot, tmp_path):
    folder = paths.data_dir() / "demo"
    folder.mkdir()
    draft = ReviewDraft(ReviewClient(a_frame(), folder / "ledger.db"), today)
    begin(qtbot, draft)
    change(qtbot, draft, words=WHOLE)
    draft.cite(1007, lambda _number: None)
    draft.keep()
    with qtbot.waitSignal(draft.saved):
        draft.save(tmp_path / "review.md")
    assert documents.newest_draft("2026-Q3") is None
    assert EvidenceBook().interaction("E-001") is None


def test_a_place_that_cannot_be_written_is_told(qtbot, draft, tmp_path):
    begin(qtbot, draft)
    with qtbot.waitSignal(draft.saved) as blocker:
        draft.save(tmp_path / "missing" / "review.md")
    assert "not written" in blocker.args[0].problem.title
