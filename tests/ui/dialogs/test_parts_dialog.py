import pytest
from PySide6.QtCore import Qt

from ledger.core.vocabulary import Tag
from ledger.flows.evidence.details import FileShare
from ledger.ui.dialogs.parts_dialog import PartsDialog

FILES = [FileShare("a.py", 60, 2), FileShare("b.py", 10, 0), FileShare("c.md", 5, 5)]


@pytest.fixture
def dialog(qtbot):
    def open_(files=FILES, note=""):
        widget = PartsDialog(None, files, note)
        qtbot.addWidget(widget)
        return widget

    return open_


def test_all_is_kept_some_is_edited_nothing_is_thrown_away(dialog):
    made = dialog()
    assert made.tag is Tag.KEPT
    made.list.tick(0, on=False)
    assert made.tag is Tag.EDITED
    made.list.tick(1, on=False)
    made.list.tick(2, on=False)
    assert made.tag is Tag.THROWN_AWAY
    assert made._pill.text() == "thrown away"


def test_the_note_says_which_share_was_kept(dialog):
    made = dialog()
    assert made.note == ""
    made.list.tick(1, on=False)
    assert made.note == "Kept 2 of 3 files, 65 of 75 added lines."


def test_a_persons_own_note_stays_and_an_older_share_gives_way(dialog):
    made = dialog(note="because of ada\nKept 1 of 3 files, 5 of 75 added lines.")
    made.list.tick(0, on=False)
    assert made.note == "because of ada\nKept 2 of 3 files, 15 of 75 added lines."
    made.list.tick(0, on=True)
    assert made.note == "because of ada"


def test_files_that_only_lost_lines_are_counted_as_files(dialog):
    made = dialog([FileShare("a", 0, 3), FileShare("b", 0, 4)])
    made.list.tick(0, on=False)
    assert made.note == "Kept 1 of 2 files."


def test_enter_saves(qtbot, dialog):
    made = dialog()
    made.show()
    with qtbot.waitSignal(made.accepted):
        qtbot.keyClick(made.list, Qt.Key.Key_Return)
