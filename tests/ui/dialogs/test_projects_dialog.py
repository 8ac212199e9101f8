"""Projects are joined, split and renamed in a small window, by keyboard too, and undone."""

import pytest
from PySide6.QtCore import Qt

from ledger.ui.dialogs import projects_dialog
from ledger.ui.dialogs.projects_dialog import Projects
from tests.making import made_reading

FOX = "/home/ada/atlas/.claude/worktrees/fox"


@pytest.fixture
def answers(monkeypatch):
    """What the person writes when they are asked; the questions."""
    asked = []

    def answer(_parent, **about):
        asked.append(about)
        return asked_for.pop(0)

    asked_for = []
    monkeypatch.setattr(projects_dialog, "ask_text", answer)
    return asked_for, asked


@pytest.fixture
def dialog(qtbot, filled):
    added = []
    filled.ask(lambda store: store.add([made_reading(1, project=FOX)]), added.append)
    qtbot.waitUntil(lambda: bool(added))
    made = Projects(filled)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.table.rowCount() > 0)
    return made


def cells(dialog):
    table = dialog.table
    return [
        [table.item(line, place).text() for place in range(table.columnCount())]
        for line in range(table.rowCount())
    ]


def chosen(dialog, directory):
    line = [row[1] for row in cells(dialog)].index(directory)
    dialog.table.selectRow(line)


def test_every_directory_stands_beside_its_project(dialog):
    assert cells(dialog) == [
        ["atlas", "/home/ada/atlas", "", "the rule"],
        ["atlas", FOX, "fox", "the rule"],
        ["notes", "/home/ada/notes", "", "the rule"],
    ]


def test_only_what_counts_as_another_project_can_be_taken_out(dialog):
    chosen(dialog, "/home/ada/atlas")
    assert not dialog.split.isEnabled()
    chosen(dialog, FOX)
    assert dialog.split.isEnabled()


def test_a_directory_is_taken_out_and_put_back(qtbot, dialog):
    chosen(dialog, FOX)
    qtbot.keyClick(dialog.split, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ["fox", FOX, "fox", "you"] in cells(dialog))
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ["atlas", FOX, "fox", "the rule"] in cells(dialog))


def test_a_project_is_joined_with_another(qtbot, dialog, answers):
    answers[0].append("atlas")
    chosen(dialog, "/home/ada/notes")
    qtbot.keyClick(dialog.join, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ["atlas", "/home/ada/notes", "", "you"] in cells(dialog))
    assert answers[1][0]["suggestions"] == ["atlas"]


def test_a_project_that_there_is_not_is_refused_in_the_window(qtbot, dialog, answers):
    answers[0].append("atlsa")
    chosen(dialog, "/home/ada/notes")
    qtbot.keyClick(dialog.join, Qt.Key.Key_Space)
    assert dialog.refusal.text() == "There is no one project “atlsa”. Did you mean “atlas”?"


def test_a_project_is_called_otherwise(qtbot, dialog, answers):
    answers[0].append("Das Geschäft")
    chosen(dialog, "/home/ada/notes")
    qtbot.keyClick(dialog.rename, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ["Das Geschäft", "/home/ada/notes", "", "the rule"] in cells(dialog))


def test_who_changes_their_mind_changes_nothing(qtbot, dialog, answers):
    answers[0].extend([None, None])
    before = cells(dialog)
    qtbot.keyClick(dialog.join, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.rename, Qt.Key.Key_Space)
    assert cells(dialog) == before


def test_tab_leads_from_the_table_to_the_buttons(qtbot, dialog):
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.join
