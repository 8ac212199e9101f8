import pytest
from PySide6.QtCore import Qt

from ledger.core.vocabulary import Tag
from ledger.flows.evidence.details import FileShare
from ledger.ui.dialogs.parts_dialog import PartsDialog

FILES = [FileShare("a.py", 60, 2), FileShare("b.py", 10, 0), FileShare("c.md", 5, 5)]


@pytest.fixture
def open_dialog(qtbot):
    def open_(files=FILES, note=""):
        widget = PartsDialog(None, files, note)
        qtbot.addWidget(widget)
        return widget

    return open_


def test_all_is_kept_some_is_edited_nothing_is_thrown_away(open_dialog):
    dialog = open_dialog()
    assert dialog.tag is Tag.KEPT
    dialog.list.tick(0, on=False)
    assert dialog.tag is Tag.EDITED
    dialog.list.tick(1, on=False)
    dialog.list.tick(2, on=False)
    assert dialog.tag is Tag.THROWN_AWAY
    assert dialog._pill.text() == "thrown away"


def test_the_note_says_which_share_was_kept(open_dialog):
    dialog = open_dialog()
    assert dialog.note == ""
    dialog.list.tick(1, on=False)
    assert dialog.note == "Kept 2 of 3 files, 65 of 75 added lines."


def test_a_persons_own_note_stays_and_an_older_share_gives_way(open_dialog):
    dialog = open_dialog(note="because of ada\nKept 1 of 3 files, 5 of 75 added lines.")
    dialog.list.tick(0, on=False)
    assert dialog.note == "because of ada\nKept 2 of 3 files, 15 of 75 added lines."
    dialog.list.tick(0, on=True)
    assert dialog.note == "because of ada"


def test_files_that_only_lost_lines_are_counted_as_files(open_dialog):
    dialog = open_dialog([FileShare("a", 0, 3), FileShare("b", 0, 4)])
    dialog.list.tick(0, on=False)
    assert dialog.note == "Kept 1 of 2 files."


def test_enter_saves(qtbot, open_dialog):
    dialog = open_dialog()
    dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
