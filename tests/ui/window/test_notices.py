import pytest
from PySide6.QtWidgets import QWidget

from ledger.core.edits import set_tags
from ledger.core.errors import LedgerError
from ledger.core.vocabulary import Tag
from ledger.ui.window.notices import Notices
from ledger.ui.window.toast import Toast
from tests.ui.conftest import do


@pytest.fixture
def ground(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    return widget


@pytest.fixture
def toast(ground):
    return Toast(ground)


@pytest.fixture
def notices(client, toast):
    return Notices(client, toast)


def test_an_edit_is_told_only_when_it_is_saved_and_can_be_taken_back(qtbot, ground, filled):
    toast = Toast(ground)
    Notices(filled, toast, ground)
    do(qtbot, filled, set_tags(((2, Tag.EDITED),)))
    assert toast.sentence() == "Tagged 1 interaction as edited"
    with qtbot.waitSignal(filled.saved):
        toast.button.click()
    assert toast.sentence() == "Undone: Tag 1 interaction as edited"
    with qtbot.waitSignal(filled.saved):
        toast.button.click()
    assert toast.sentence() == "Redone: Tag 1 interaction as edited"


def test_with_nothing_to_undo_it_says_so(notices, toast):
    notices.undo()
    assert toast.sentence() == "There is nothing to undo."
    notices.redo()
    assert toast.sentence() == "There is nothing to redo."


def test_a_problem_is_told_with_the_way_out(notices, toast):
    notices.warn(LedgerError("The disk is full.", "Make room and try again."))
    assert toast.sentence() == "The disk is full. Make room and try again."
