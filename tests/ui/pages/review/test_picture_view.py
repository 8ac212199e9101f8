import pytest

from ledger.core.document import Ink
from ledger.ui import theme
from ledger.ui.colours import DARK, LIGHT
from ledger.ui.pages.review.picture_view import PictureView, colour_of
from tests.documents import PICTURE


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_ink_has_a_colour_and_fates_have_their_own(colours):
    colour_by_ink = {ink: colour_of(ink, colours) for ink in Ink}
    assert (colour_by_ink[Ink.KEPT], colour_by_ink[Ink.THROWN_AWAY]) == (
        colours.kept,
        colours.thrown_away,
    )


def test_it_is_as_high_as_its_width_asks_for(qtbot):
    view = PictureView(PICTURE)
    qtbot.addWidget(view)
    view.show()
    view.resize(140, 10)
    qtbot.waitUntil(lambda: view.height() == round(PICTURE.height * 140 / PICTURE.width))
    assert view.accessibleDescription() == PICTURE.words


def test_it_is_drawn_in_the_colours_of_the_theme(qtbot, light):
    view = PictureView(PICTURE)
    qtbot.addWidget(view)
    view.resize(200, 50)
    view.show()
    assert view.grab().toImage().pixelColor(20, 8).name() == LIGHT.kept
    theme.apply(light, "dark")
    assert view.grab().toImage().pixelColor(20, 8).name() == DARK.kept
