import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ledger.ui import actions
from ledger.ui.actions import EVDEV, MAC, MOVES, Keys, bind, latin_letter, sequence_of
from ledger.ui.keymap import KEYMAP, Where, rows_at
from ledger.ui.widgets.plain import PlainView


class Card(QWidget):
    """A card with a field and a button inside, and a field outside."""

    def __init__(self) -> None:
        super().__init__()
        self.card, self.field, self.button, self.other = (
            QWidget(),
            QLineEdit(),
            QPushButton("press"),
            QLineEdit(),
        )
        self.card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QVBoxLayout(self.card)
        inside.addWidget(self.field)
        inside.addWidget(self.button)
        column = QVBoxLayout(self)
        column.addWidget(self.card)
        column.addWidget(self.other)


@pytest.fixture
def card(qtbot):
    widget = Card()
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def press(key: str, widget: QWidget) -> None:
    combination = QKeySequence(key)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


@pytest.mark.parametrize("row", rows_at(Where.CARD), ids=lambda row: row.command)
def test_every_key_of_the_card_does_its_command(card, row):
    calls = []
    bind(card.card, Where.CARD, {row.command: lambda: calls.append(row.command)})
    card.card.setFocus()
    for key in row.keys:
        press(key, card.card)
    assert calls == [row.command] * len(row.keys)


@pytest.mark.parametrize("row", rows_at(Where.LIST), ids=lambda row: row.command)
def test_every_key_of_the_list_does_its_command(card, row):
    calls = []
    bind(card.card, Where.LIST, {row.command: lambda: calls.append(1)})
    card.card.setFocus()
    press(row.keys[0], card.card)
    assert calls == [1]


def test_a_letter_typed_into_a_text_field_is_only_a_letter(card):
    calls = []
    bind(card.card, Where.CARD, {"tag.kept": lambda: calls.append(1)})
    card.field.setFocus()
    press("K", card.field)
    card.other.setFocus()
    press("K", card.other)
    assert calls == []
    assert (card.field.text(), card.other.text()) == ("k", "k")


def test_keys_that_press_a_button_do_so_inside_the_card(card, qtbot):
    calls = []
    bind(card.card, Where.CARD, {"item.open": lambda: calls.append(1)})
    card.button.setFocus()
    card.button.setAutoDefault(True)
    with qtbot.waitSignal(card.button.clicked):
        press("Space", card.button)
    press("Return", card.button)
    assert calls == []


def test_a_command_the_keymap_does_not_know_is_refused(card):
    with pytest.raises(KeyError):
        bind(card, Where.CARD, {"no such command": lambda: None})


def test_keys_that_repeat_only_move(card):
    every = {row.command: lambda: None for row in KEYMAP if row.where is Where.CARD}
    actions = bind(card.card, Where.CARD, every)
    repeating = {name for name, action in actions.items() if action.autoRepeat()}
    assert repeating == MOVES


def test_a_key_of_ones_own_takes_the_place_of_the_usual_one(card):
    calls = []
    keys = Keys(card.card, Where.CARD, {"tag.kept": lambda: calls.append("kept")})
    card.card.setFocus()
    keys.use({"tag.kept": "H"})
    press("K", card.card)
    assert calls == []
    press("H", card.card)
    assert calls == ["kept"]
    keys.use({})
    press("K", card.card)
    assert calls == ["kept", "kept"]


def cyrillic(widget):
    """Press the key of K under a Russian layout, as X11 tells it."""
    event = QKeyEvent(
        QEvent.Type.KeyPress, 0x041B, Qt.KeyboardModifier.NoModifier, 45, 0x6CC, 0, "л"
    )
    QApplication.sendEvent(widget, event)


def test_a_layout_without_latin_letters_tags_too_but_not_in_a_text_field(card, monkeypatch):
    monkeypatch.setattr(actions.sys, "platform", "linux")
    calls = []
    Keys(card.card, Where.CARD, {"tag.kept": lambda: calls.append("kept")})
    card.card.setFocus()
    cyrillic(card.card)
    assert calls == ["kept"]
    cyrillic(card.field)
    assert calls == ["kept"]
    assert card.field.text() == "л"


def test_space_means_the_same_in_a_text_to_read_and_presses_a_button(card, qtbot):
    calls = []
    text = PlainView()
    card.card.layout().addWidget(text)
    handlers = {"suggestion.accept": lambda: calls.append(1)}
    keys = Keys(card.card, Where.CARD, handlers, [text])
    for widget in (card.card, text):
        widget.setFocus()
        press("Space", widget)
    assert calls == [1, 1]
    card.button.setFocus()
    with qtbot.waitSignal(card.button.clicked):
        press("Space", card.button)
    keys.use({"suggestion.accept": "Y"})
    card.card.setFocus()
    press("Space", card.card)
    press("Y", card.card)
    assert calls == [1, 1, 1]


def test_a_command_whose_key_was_taken_has_none(card):
    calls = []
    every = {"tag.kept": lambda: calls.append("kept"), "commit.find": lambda: calls.append("find")}
    keys = Keys(card.card, Where.CARD, every)
    keys.use({"tag.kept": "G"})
    card.card.setFocus()
    press("G", card.card)
    assert calls == ["kept"]


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
