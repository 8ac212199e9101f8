"""The newest interactions in a few lines."""

import pytest
from PySide6.QtCore import Qt

from ledger.core.vocabulary import Tag
from ledger.ui import theme
from ledger.ui.pages.today.recent_list import RecentList
from tests.ui.pages.fakes import row

NAMES = {"/home/ada/atlas": "atlas"}


@pytest.fixture
def recent(qtbot, qapp):
    theme.load_fonts()
    theme.apply(qapp, "light")
    widget = RecentList()
    qtbot.addWidget(widget)
    widget.resize(800, 300)
    widget.show()
    return widget


def test_a_line_can_be_heard(recent):
    recent.show_rows([row(1, Tag.KEPT), row(2)], NAMES)
    assert [line.accessibleName() for line in recent.lines] == [
        "Claude Code, atlas, kept",
        "Claude Code, atlas, untagged",
    ]


def test_fewer_rows_hide_the_lines_left(recent):
    recent.show_rows([row(1), row(2)], NAMES)
    recent.show_rows([row(3)], NAMES)
    assert [line.isVisible() for line in recent.lines] == [True, False]


def test_a_prompt_goes_to_its_own_line_and_never_to_another(recent):
    recent.show_rows([row(1), row(2)], NAMES)
    recent.show_prompts({2: "second", 9: "gone"})
    assert [line.prompt.full_text() for line in recent.lines] == ["", "second"]
    recent.show_rows([row(3), row(4)], NAMES)
    assert recent.lines[1].prompt.full_text() == ""


def test_hidden_characters_of_a_prompt_are_shown(recent):
    recent.show_rows([row(1)], NAMES)
    recent.show_prompts({1: "a\u202eb"})
    assert "\u202e" not in recent.lines[0].prompt.full_text()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_line_opens_by_keyboard(recent, qtbot, key):
    recent.show_rows([row(7)], NAMES)
    recent.lines[0].setFocus()
    with qtbot.waitSignal(recent.opened) as opened:
        qtbot.keyClick(recent.lines[0], key)
    assert opened.args == [7]


def test_a_click_opens_an_interaction_whose_id_is_as_large_as_ids_are(qtbot, recent):
    recent.show_rows([row(2**62)], NAMES)
    with qtbot.waitSignal(recent.opened) as blocker:
        recent.lines[0].click()
    assert blocker.args == [2**62]
