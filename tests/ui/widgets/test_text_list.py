import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger.host.settings import LOG_FOLDER
from ledger.ui.widgets.buttons import Button
from ledger.ui.widgets.text_list import TextList


@pytest.fixture
def texts(qtbot):
    widget = TextList(("/one",), LOG_FOLDER, lambda _parent: "/chosen")
    qtbot.addWidget(widget)
    widget.show()
    return widget


def removers(widget):
    return {
        button.accessibleName(): button
        for button in widget.findChildren(Button)
        if button.accessibleName().startswith("Remove")
    }


def test_a_folder_is_typed_and_added_with_enter(qtbot, texts):
    qtbot.keyClicks(texts.field, " codex: /two ")
    with qtbot.waitSignal(texts.chosen) as blocker:
        qtbot.keyClick(texts.field, Qt.Key.Key_Return)
    assert blocker.args == [("/one", "codex: /two")]
    assert texts.field.text() == ""
    assert set(removers(texts)) == {"Remove /one", "Remove codex: /two"}


def test_a_folder_is_taken_away_by_keyboard(qtbot, texts):
    button = removers(texts)["Remove /one"]
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    with qtbot.waitSignal(texts.chosen) as blocker:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert blocker.args == [()]
    QApplication.processEvents()
    assert removers(texts) == {}


def test_a_folder_is_chosen_in_a_dialog(qtbot, texts):
    with qtbot.waitSignal(texts.chosen) as blocker:
        texts.browse.click()
    assert blocker.args == [("/one", "/chosen")]


@pytest.mark.parametrize("typed", ["two", "/one", "", "   "])
def test_what_is_no_new_folder_is_not_added(qtbot, texts, typed):
    texts.field.setText(typed)
    with qtbot.assertNotEmitted(texts.chosen):
        qtbot.keyClick(texts.field, Qt.Key.Key_Return)
    assert texts.problem.isVisible() is (typed == "two")
    assert texts.values == ("/one",)
