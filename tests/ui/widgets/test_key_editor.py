from PySide6.QtGui import QKeySequence

from ledger.ui.keymap import KEYMAP
from ledger.ui.widgets.key_editor import KeyEditor


def make_editor(qtbot, own=None) -> KeyEditor:
    editor = KeyEditor(own or {})
    qtbot.addWidget(editor)
    editor.show()
    return editor


def test_every_command_can_be_given_a_key(qtbot):
    assert set(make_editor(qtbot).fields) == {row.command for row in KEYMAP}


def test_the_usual_keys_are_nobodys_own(qtbot):
    assert make_editor(qtbot).own() == {}


def test_a_key_of_ones_own_is_kept(qtbot):
    editor = make_editor(qtbot, {"tag.kept": "Y"})
    assert editor.own() == {"tag.kept": "Y"}
    editor._fill({})
    assert editor.own() == {}


def test_two_commands_for_one_key_are_refused_with_their_names(qtbot):
    editor = make_editor(qtbot)
    editor.fields["tag.kept"].setKeySequence(QKeySequence("E"))
    assert not editor.save_button.isEnabled()
    assert "“Kept” and “Edited”" in editor.problem.full_text()
    editor.fields["tag.kept"].setKeySequence(QKeySequence("Y"))
    assert editor.save_button.isEnabled()
