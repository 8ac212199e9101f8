import pytest

from ledger.core.vocabulary import Tag
from ledger.ui.keymap import Where, rows_at
from ledger.ui.pages.tag.answer_row import ACCEPT, ANSWERS, MORE, QUIET, AnswerRow


@pytest.fixture
def answers(qtbot):
    widget = AnswerRow()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_every_button_does_the_command_of_its_key(qtbot, answers):
    commands = [ACCEPT, *(row[0] for row in ANSWERS), *(row[0] for row in QUIET)]
    assert list(answers.buttons) == commands
    answers.show_suggestion(Tag.KEPT)
    for command in commands:
        with qtbot.waitSignal(answers.acted) as blocker:
            answers.buttons[command].click()
        assert blocker.args == [command]


def test_a_suggestion_is_offered_by_name_and_only_when_there_is_one(answers):
    assert not answers.accept.isVisible()
    answers.show_suggestion(Tag.THROWN_AWAY)
    assert answers.accept.text() == "Accept thrown away (Space)"
    answers.show_suggestion(None)
    assert not answers.accept.isVisible()


def test_a_question_is_skipped_and_a_card_comes_later(answers):
    answers.show_question(is_asked=True)
    assert answers.buttons["item.skip"].text() == "Skip (S)"
    answers.show_question(is_asked=False)
    assert answers.buttons["item.skip"].text() == "Later (S)"


def test_keys_of_ones_own_stand_on_buttons_and_in_the_menu(answers):
    answers.use({"tag.kept": "H", "tag.parts": "F"})
    assert answers.buttons["tag.kept"].text() == "Kept (H)"
    assert "File by file …\tF" in [action.text() for action in answers.menu().actions()]


def test_the_menu_does_the_rest(qtbot, answers):
    menu = answers.menu()
    for action, (command, _) in zip(menu.actions(), MORE, strict=True):
        with qtbot.waitSignal(answers.acted) as blocker:
            action.trigger()
        assert blocker.args == [command]


def test_every_command_is_one_of_the_cards_keys():
    commands = {row.command for row in rows_at(Where.CARD)}
    assert {ACCEPT, *(entry[0] for entry in (*ANSWERS, *QUIET, *MORE))} <= commands
