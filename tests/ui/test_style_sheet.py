import re

import pytest

from ledger.ui.colours import DARK, LIGHT
from ledger.ui.style_sheet import style_sheet


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_place_in_the_sheet_is_filled(palette):
    sheet = style_sheet(palette, 6, 13, "/icons")
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_the_sheet_names_no_font_because_that_would_undo_the_weights():
    assert not re.search(r"\bfont", style_sheet(LIGHT, 6, 13, "/icons"))


def test_the_tick_is_drawn_for_the_ground_it_stands_on():
    assert "tick-light" in style_sheet(LIGHT, 6, 13, "/icons")
    assert "tick-dark" in style_sheet(DARK, 6, 13, "/icons")
