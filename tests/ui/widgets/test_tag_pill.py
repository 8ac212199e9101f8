import pytest

from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.ui import theme
from ledger.ui.colours import DARK, LIGHT
from ledger.ui.widgets.tag_pill import TagPill


@pytest.fixture
def pill(qtbot):
    widget = TagPill()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def ink(pill):
    return pill.palette().windowText().color().name()


def ground(pill):
    """Return the colour left of the word, inside the rounded end."""
    picture = pill.grab().toImage()
    return picture.pixelColor(5, picture.height() // 2).name()


@pytest.mark.parametrize("tag", [None, *Tag])
def test_the_word_and_both_colours_say_the_same(pill, tag):
    pill.show_tag(tag)
    number = int(tag or UNTAGGED)
    assert pill.text() == (tag.title if tag else "untagged")
    assert ink(pill) == LIGHT.tag_ink(number)
    assert ground(pill) == LIGHT.tag_soft(number)


def test_it_begins_untagged(pill):
    assert pill.text() == "untagged"


def test_it_follows_the_theme(pill, light):
    pill.show_tag(Tag.KEPT)
    theme.apply(light, "dark")
    assert ink(pill) == DARK.tag_ink(Tag.KEPT)
    assert ground(pill) == DARK.tag_soft(Tag.KEPT)


def test_the_next_tag_takes_the_place_of_the_last(pill):
    pill.show_tag(Tag.THROWN_AWAY)
    width = pill.sizeHint().width()
    pill.show_tag(Tag.KEPT)
    assert pill.text() == "kept"
    assert pill.sizeHint().width() < width
