import pytest
from PySide6.QtGui import QKeySequence

from ledger.core.vocabulary import Tag
from ledger.ui.keymap import (
    KEYMAP,
    PAGES,
    Where,
    clashes,
    key_label,
    key_of,
    rows,
    rows_at,
    tag_command,
)


@pytest.mark.parametrize("row", KEYMAP, ids=lambda row: f"{row.command}-{row.where.name}")
def test_every_key_is_one_qt_knows_and_has_words(row):
    for key in row.keys:
        sequence = QKeySequence(key)
        assert sequence.count() == 1
        assert sequence.toString()
    assert row.label[0].isupper()


def test_no_key_means_two_things_in_one_place():
    assert clashes() == []


def test_single_letters_act_only_on_a_card_or_a_list():
    for row in KEYMAP:
        if any(len(key) == 1 and key.isalpha() for key in row.keys):
            assert row.where in (Where.CARD, Where.LIST)


def test_every_page_has_its_number():
    keys = {row.command: row.keys[0] for row in KEYMAP}
    assert [keys[f"page.{name}"] for name, _ in PAGES] == [
        f"Ctrl+{number}" for number in range(1, len(PAGES) + 1)
    ]
    assert len(PAGES) <= 9  # there is no tenth digit


def test_a_person_may_choose_their_own_key():
    own = {"tag.kept": "G"}
    assert key_of("tag.kept", Where.CARD, own) == "G"
    assert [row.keys for row in rows(own) if row.command == "tag.edited"] == [("E",), ("E",)]


def test_a_choice_that_clashes_is_found():
    assert clashes({"tag.kept": "E"}) == [
        ("E", "tag.kept", "tag.edited"),
        ("E", "tag.kept", "tag.edited"),
    ]


def test_keys_are_shown_as_people_read_them():
    assert key_label("Ctrl+Return") == "Ctrl+Enter"
    assert key_of("quick_log.save", Where.QUICK_LOG) == "Ctrl+Enter"
    assert key_of("no such command") == ""


def test_every_place_has_rows():
    assert all(rows_at(where) for where in Where)


def test_a_key_of_ones_own_leaves_another_places_key_alone():
    own = {"undo": "Ctrl+G"}
    assert key_of("undo", Where.ANYWHERE, own) == "Ctrl+G"
    assert key_of("undo", Where.CARD, own) == "U"


def test_a_key_that_acts_anywhere_clashes_on_a_card_too():
    assert clashes({"tag.kept": "Ctrl+R"})[0] == ("Ctrl+R", "import", "tag.kept")
    assert clashes({"quick_log.save": "Ctrl+R"}) == []


def test_a_usual_key_gives_way_to_a_persons_own_and_may_leave_a_command_without_one():
    own = {"tag.kept": "G"}
    assert key_of("commit.find", Where.CARD, own) == ""
    assert key_of("commit.find", Where.LIST, own) == ""
    assert key_of("tag.kept", Where.LIST, own) == "G"
    opening = {row.command: row.keys for row in rows_at(Where.CARD, {"tag.kept": "O"})}
    assert opening["item.open"] == ("Return", "Enter")
    assert ("G", "tag.kept", "commit.find") in clashes(own)  # the editor still says so


def test_every_tag_has_its_command_in_the_keymap():
    commands = {row.command for row in rows()}
    assert {tag_command(tag) for tag in Tag} <= commands
