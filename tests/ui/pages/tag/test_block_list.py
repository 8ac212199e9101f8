from dataclasses import replace

import pytest

from ledger.core.vocabulary import Tag
from ledger.ui import theme
from ledger.ui.pages.tag.block_list import LINE, MOST_LINES, BlockList
from tests.ui.pages import fakes

LARGE = 2**62


@pytest.fixture
def block(qtbot):
    widget = BlockList()
    qtbot.addWidget(widget)
    widget.resize(600, 200)
    widget.show_ids((LARGE, 2, 3))
    return widget


def test_choosing_a_line_tells_which_interaction_to_show(qtbot, block):
    with qtbot.waitSignal(block.chosen) as blocker:
        block.choose(LARGE)
    assert blocker.args == [LARGE]
    assert block.current == LARGE


def test_going_stops_at_both_ends(block):
    block.go(1)  # nothing is chosen yet
    assert block.current is None
    block.choose(LARGE)
    block.go(-1)
    assert block.current == LARGE
    for _ in range(5):
        block.go(1)
    assert block.current == 3


def test_lines_are_filled_in_as_they_come_and_can_be_heard(block):
    block.show_rows([replace(fakes.row(2), tag=Tag.KEPT), fakes.row(99)])
    block.show_prompts({2: "fix\nit", 99: "gone"})
    name = block._lines[2].accessibleName()
    assert "fix it" in name
    assert name.endswith("kept")


def test_the_same_interactions_again_keep_the_choice(block):
    block.choose(2)
    block.show_ids([LARGE, 2, 3])
    assert block.current == 2
    block.show_ids([2, 3])
    assert block.current is None


def test_many_lines_scroll(block, light):
    block.show_ids(range(MOST_LINES + 5))
    assert block.height() < (MOST_LINES + 1) * LINE
    theme.apply(light, "light", 1.5)
    assert block.height() > MOST_LINES * LINE
