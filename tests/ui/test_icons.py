import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QSize

from ledger.host.paths import resource
from ledger.ui import icons
from ledger.ui.colours import LIGHT
from ledger.ui.keymap import KEYMAP, PAGES

FILES = sorted(resource("icons").glob("*.svg"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_drawing_is_well_formed_and_refers_to_nothing_outside(path):
    text = path.read_text()
    ET.fromstring(text)
    assert "href" not in text
    assert "script" not in text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_drawing_leaves_ink(path):
    image = icons.pixmap(path.stem, "text", 24).toImage()
    inked = [(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 100]
    assert len(inked) > 3


def test_a_drawing_takes_the_ink_of_the_theme():
    image = icons.pixmap("table", "danger", 24, 4.0).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(96)
        for y in range(96)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {LIGHT.danger}


def test_an_icon_has_a_drawing_for_dense_screens_and_room_for_a_gap():
    icon = icons.icon("tag", "text", 16, gap=4)
    assert icon.actualSize(QSize(20, 16)) == QSize(20, 16)
    assert icon.pixmap(QSize(20, 16), 2.0).size() == QSize(40, 32)


def test_every_page_and_every_key_has_its_drawing():
    names = {path.stem for path in FILES}
    assert {name for name, _ in PAGES} <= names
    assert {row.icon for row in KEYMAP if row.icon} <= names


def test_the_program_has_an_icon_of_its_own():
    assert not icons.app_icon().pixmap(64, 64).isNull()
