import pytest

from ledger.core.team import TeamRatio
from ledger.ui import theme
from ledger.ui.pages.compare.ratio_band import RatioBand

TEAM = TeamRatio(lower=3.0, upper=4.0, least=2.5, most=4.5)
OWN = TeamRatio(lower=1.0, upper=1.5, least=0.9, most=1.6)


@pytest.fixture
def band(qtbot):
    widget = RatioBand()
    qtbot.addWidget(widget)
    widget.resize(400, 80)
    widget.show()
    return widget


def test_it_says_what_it_draws(band):
    band.show_bands(TEAM, OWN)
    assert band.accessibleDescription() == "team 3.0 to 4.0, you 1.0 to 1.5"
    band.show_bands(TEAM, None)
    assert band.accessibleDescription() == "team 3.0 to 4.0"


def test_ones_own_takes_a_line_of_its_own(band):
    band.show_bands(TEAM, None)
    alone = band.sizeHint().height()
    band.show_bands(TEAM, OWN)
    assert band.sizeHint().height() > alone


def test_the_band_is_drawn_between_its_ends(band):
    band.show_bands(TEAM, None)
    image = band.grab().toImage()
    scale = image.width() / band.width()
    top = TEAM.most * 1.08
    inside, outside = (round(band._x(value, top) * scale) for value in (3.5, 1.0))
    y = round(11 * scale)
    assert image.pixelColor(inside, y).name() == theme.colours().series
    assert image.pixelColor(outside, y).name() != theme.colours().series
