import pytest

from ledger.core.evidence import Suggestion
from ledger.core.vocabulary import Tag
from ledger.ui.dialogs.tag_several import TagSeveral
from tests.ui.pages import fakes

ROWS = [fakes.row(n) for n in (1, 2, 3)]


def suggestion(identity, tag):
    return Suggestion(interaction=identity, tag=tag, confidence=0.7, worth=0.5, why=())


SUGGESTIONS = {1: suggestion(1, Tag.KEPT), 2: suggestion(2, Tag.EDITED)}


@pytest.fixture
def open_dialog(qtbot):
    def open_(tag=None, suggestions=None):
        given_suggestions = SUGGESTIONS if suggestions is None else suggestions
        widget = TagSeveral(None, "Tag these", ROWS, given_suggestions, tag)
        qtbot.addWidget(widget)
        return widget

    return open_


def test_one_tag_for_all_that_is_ticked(open_dialog):
    dialog = open_dialog(Tag.THROWN_AWAY)
    dialog.list.tick(1, on=False)
    assert dialog.edit().values == ((1, Tag.THROWN_AWAY), (3, Tag.THROWN_AWAY))
    assert dialog.save.text() == "Tag 2 interactions as thrown away"


def test_as_suggested_leaves_out_what_nothing_is_suggested_of(open_dialog):
    dialog = open_dialog()
    assert dialog.edit().values == ((1, Tag.KEPT), (2, Tag.EDITED))
    assert dialog.save.text() == "Tag 2 interactions as suggested"
    dialog.choice.take(Tag.EDITED)
    assert dialog.edit().values == tuple((n, Tag.EDITED) for n in (1, 2, 3))


def test_without_any_suggestion_a_tag_is_chosen(open_dialog):
    dialog = open_dialog(suggestions={})
    assert dialog.choice.value() is Tag.KEPT


def test_nothing_ticked_is_nothing_to_save(open_dialog):
    dialog = open_dialog(Tag.KEPT)
    for number in range(3):
        dialog.list.tick(number, on=False)
    assert not dialog.save.isEnabled()


def test_prompts_come_later_and_stand_beside_what_is_suggested(open_dialog):
    dialog = open_dialog(Tag.KEPT)
    dialog.list.tick(0, on=False)
    dialog.show_prompts({1: "fix it", 99: "gone"})
    line = dialog.list.item(0).text()
    assert "kept, 70 %" in line
    assert line.endswith("fix it")
    assert "no suggestion" in dialog.list.item(2).text()
    assert dialog.list.ticked_numbers() == [1, 2]
