import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.core.report import Claim, Words
from ledger.flows.review.recipe import MOST_CLAIMS
from ledger.ui.pages.review.writing import Writing


@pytest.fixture
def writing(qtbot, quarter, draft, begun):
    widget = Writing(quarter, draft)
    qtbot.addWidget(widget)
    widget.resize(420, 700)
    widget.show()
    widget.activateWindow()
    begun()
    return widget


def test_the_program_writes_nothing(writing, draft):
    assert writing.cards == []
    assert draft.recipe.words == Words()


def test_one_key_begins_a_claim_that_cites_the_work(qtbot, writing, draft):
    writing.candidates.setFocus()
    qtbot.waitUntil(writing.candidates.hasFocus)
    QTest.keyClick(writing.candidates, Qt.Key.Key_Return)
    assert [card.claim for card in writing.cards] == [Claim(evidence=("E-001",))]
    assert writing.cards[0].did.hasFocus()
    assert draft.recipe.words.claims == (Claim(evidence=("E-001",)),)


def test_the_same_work_is_not_written_about_twice(writing):
    first = writing.candidates.selected().interaction
    writing.candidates.taken.emit(first)
    writing.candidates.taken.emit(first)
    assert len(writing.cards) == 1


def test_an_empty_claim_takes_what_is_cited(writing):
    writing.add.click()
    writing.candidates.taken.emit(writing.candidates.selected().interaction)
    assert [card.claim.evidence for card in writing.cards] == [("E-001",)]


def test_what_is_written_is_in_the_next_preview(qtbot, writing, draft):
    writing.add.click()
    writing.cards[0].did.setPlainText("Rewrote the reader.")
    with qtbot.waitSignal(draft.previewed) as blocker:
        writing.cards[0].outcome.setPlainText("No failed import since.")
        writing.learned.setPlainText("Short sessions end better.\n\nAsk first.")
    data = blocker.args[0].file.data.decode()
    assert "No failed import since." in data
    assert "Short sessions end better." in data
    assert draft.recipe.words.learned == ("Short sessions end better.", "Ask first.")


def test_claims_can_be_taken_away_and_the_others_count_anew(writing, draft):
    writing.add.click()
    writing.add.click()
    writing.cards[1].did.setPlainText("Second.")
    writing.cards[0].removed.emit()
    assert [card.accessibleName() for card in writing.cards] == ["Delivery 1"]
    assert [claim.did for claim in draft.recipe.words.claims] == ["Second."]


def test_there_is_room_for_seven(writing):
    for _ in range(MOST_CLAIMS + 2):
        writing._write(Claim())
    assert len(writing.cards) == MOST_CLAIMS
    assert not writing.add.isEnabled()


def test_another_period_shows_its_own_words(writing, begun, draft):
    writing.add.click()
    writing.dead_end.setPlainText("Nothing came of it.")
    begun("2026-Q2")
    assert writing.cards == []
    assert writing.dead_end.toPlainText() == ""
    begun("2026-Q3")
    assert writing.dead_end.toPlainText() == "Nothing came of it."


def test_a_number_leads_to_the_work(qtbot, writing):
    interaction = writing.candidates.selected().interaction
    writing.candidates.taken.emit(interaction)
    with qtbot.waitSignal(writing.interaction_requested) as blocker:
        writing.cards[0].evidence_opened.emit("E-001")
    assert blocker.args == [interaction]
