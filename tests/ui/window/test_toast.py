import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ledger.core.edits import (
    LogEntry,
    SetLabels,
    SetLogged,
    set_intents,
    set_notes,
    set_tags,
    title_of,
)
from ledger.core.usage import Usage
from ledger.core.vocabulary import Intent, Tag
from ledger.ui.window.toast import PAST, SHOWN_MS, Toast, past_tense

ENTRY = LogEntry(1, 0, "codex", "", "", Usage())
EDITS = [
    set_tags(((1, Tag.KEPT),)),
    set_tags(((1, None),)),
    set_tags(((1, Tag.KEPT), (2, Tag.EDITED))),
    set_intents(((1, Intent.EXPERIMENT),)),
    SetLabels(((1, "bug", True),)),
    SetLabels(((1, "bug", False),)),
    set_notes(((1, "x"),)),
    SetLogged(((ENTRY, True),)),
    SetLogged(((ENTRY, False),)),
]


@pytest.fixture
def ground(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    return widget


@pytest.mark.parametrize("edit", EDITS, ids=title_of)
def test_every_edit_is_told_as_done(edit):
    title = title_of(edit)
    assert title.partition(" ")[0] in PAST
    assert past_tense(title) != title


def test_it_says_what_was_done_and_undoes_it(ground):
    undone = []
    toast = Toast(ground)
    toast.say("Tagged 1 interaction as kept", "Undo", lambda: undone.append(1))
    assert toast.isVisible()
    assert toast.sentence() == "Tagged 1 interaction as kept"
    toast.button.click()
    assert undone == [1]
    assert not toast.isVisible()


def test_it_goes_away_by_itself(ground):
    toast = Toast(ground)
    toast.say("Saved")
    assert toast.clock.interval() == SHOWN_MS
    toast.clock.timeout.emit()
    assert not toast.isVisible()


def test_a_problem_stays_longer_and_has_no_button(ground):
    toast = Toast(ground)
    toast.say("Saved", "Undo", lambda: None)
    toast.warn("The disk is full. " * 20)
    assert toast.clock.interval() > SHOWN_MS
    assert not toast.button.isVisible()
    assert toast.geometry().bottom() <= ground.height()


def test_it_keeps_its_place_at_the_foot_when_the_window_grows(ground):
    toast = Toast(ground, lambda: QRect(200, 0, ground.width() - 200, 30))
    toast.say("Saved")
    ground.resize(1000, 700)
    assert toast.geometry().bottom() > 650
    assert abs(toast.geometry().center().x() - 600) <= 2
