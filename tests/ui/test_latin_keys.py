"""Keys of layouts without Latin letters do what the letter in their place does."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ledger.ui.latin_keys import EVDEV, MAC, latin_letter, sequence_of

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def key(text, scan=0, virtual=0, modifiers=NONE):
    return QKeyEvent(QEvent.Type.KeyPress, 0, modifiers, scan, virtual, 0, text)


@pytest.mark.parametrize(
    ("platform", "scan", "virtual"), [("linux", 45, 0), ("win32", 0, 0x4B), ("darwin", 0, 40)]
)
@pytest.mark.parametrize("written", ["л", "κ", "ל"])
def test_the_key_in_the_place_of_k_is_k(platform, scan, virtual, written):
    assert latin_letter(key(written, scan, virtual), platform) == "K"


@pytest.mark.parametrize("written", ["k", "K", "5", "?", "", "л."])
def test_what_is_written_in_latin_letters_or_is_no_letter_stays_what_it_is(written):
    assert latin_letter(key(written, 45, 0), "linux") == ""


def test_shift_is_part_of_the_key_and_ctrl_is_left_to_qt():
    assert sequence_of(key("Щ", 32, 0, SHIFT), "linux") == "Shift+O"
    assert sequence_of(key("щ", 32), "linux") == "O"
    assert sequence_of(key("щ", 32, 0, CTRL), "linux") == ""


def test_keys_without_a_letter_in_their_place_are_none():
    assert latin_letter(key("ж", 47), "linux") == ""
    assert latin_letter(key("ж", 0, 0xBA), "win32") == ""


def test_the_tables_hold_every_letter_once():
    for table in (EVDEV, MAC):
        assert sorted(table.values()) == [chr(code) for code in range(ord("A"), ord("Z") + 1)]
