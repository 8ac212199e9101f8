import pytest

from ledger.core.errors import TeamError
from ledger.ui.pages.compare.step_card import StepCard


@pytest.fixture
def card(qtbot):
    widget = StepCard(3, "Agree on a round", "One of you makes it.", "the round file to everybody.")
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_step_whose_turn_has_not_come_is_only_a_title_and_a_sentence(card):
    card.show_state("", done=False, is_open=False)
    assert card.inside.isHidden()
    assert card.send.isHidden()
    assert card.accessibleName() == "Step 3, Agree on a round, later"


def test_a_step_says_what_to_send_to_whom(card):
    card.show_state("", done=False, is_open=True)
    assert card.send.full_text() == "Send the round file to everybody."
    assert not card.send.isHidden()


def test_a_step_that_is_done_says_so(card):
    card.show_state("2026-P07", done=True, is_open=True)
    assert card.badge.done
    assert "2026-P07" in card.accessibleName()


def test_what_is_said_last_stands_alone(card):
    card.refuse(TeamError("No.", "Wait."))
    assert card.refusal.reason() == "No. Wait."
    card.say("Saved.")
    assert card.refusal.reason() == ""
    assert not card.confirmation.isHidden()
    card.refuse(TeamError("No."))
    assert card.confirmation.isHidden()
    card.clear_message()
    assert card.refusal.isHidden()
