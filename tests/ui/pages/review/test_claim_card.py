import pytest
from PySide6.QtWidgets import QAbstractButton

from ledger.core.report import Claim
from ledger.ui.pages.review.claim_card import UNFINISHED, ClaimCard


@pytest.fixture
def card(qtbot):
    widget = ClaimCard(2, Claim(did="Rewrote it.", outcome="It holds.", evidence=("E-001",)))
    qtbot.addWidget(widget)
    widget.show()
    return widget


def button(card, name):
    return next(
        child for child in card.findChildren(QAbstractButton) if child.accessibleName() == name
    )


def test_it_shows_what_was_written(card):
    assert card.accessibleName() == "Delivery 2"
    assert (card.did.toPlainText(), card.outcome.toPlainText()) == ("Rewrote it.", "It holds.")


def test_typing_changes_the_claim(qtbot, card):
    with qtbot.waitSignal(card.edited):
        card.situation.setPlainText("It was slow.")
    assert card.claim.situation == "It was slow."


def test_a_claim_that_lacks_a_half_says_when_it_goes_in(card):
    assert card._hint.isHidden()
    card.outcome.setPlainText(" ")
    assert not card._hint.isHidden()
    assert card._hint.full_text() == UNFINISHED


def test_evidence_is_cited_once_opened_and_taken_away(qtbot, card):
    card.cite("E-002")
    card.cite("E-002")
    assert card.claim.evidence == ("E-001", "E-002")
    with qtbot.waitSignal(card.evidence_opened) as blocker:
        button(card, "E-002").click()
    assert blocker.args == ["E-002"]
    button(card, "Cite E-001 no longer").click()
    assert card.claim.evidence == ("E-002",)


def test_it_can_be_taken_away(qtbot, card):
    with qtbot.waitSignal(card.removed):
        button(card, "Take this claim away").click()
