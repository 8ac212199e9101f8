import pytest
from PySide6.QtCore import Qt

from ledger.ui.widgets.empty_state import EmptyState


def test_it_names_the_cause_and_the_next_step(qtbot):
    state = EmptyState("tag", "Nothing here", "Because of the filter.", "Clear filter")
    qtbot.addWidget(state)
    state.show()
    assert state.full_text() == "Nothing here Because of the filter."
    assert not state.other.isVisible()
    with qtbot.waitSignal(state.acted):
        state.button.click()


def test_it_can_tell_something_else(qtbot):
    state = EmptyState("tag", "One", "two", "three", "four")
    qtbot.addWidget(state)
    state.show()
    with qtbot.waitSignal(state.acted_otherwise):
        state.other.click()
    state.tell("All done", "Come back later.")
    assert not state.button.isVisible()
    assert state.full_text() == "All done Come back later."


@pytest.mark.parametrize(
    ("ready", "has_any", "title"),
    [(False, False, "Opening"), (True, True, "Nothing passes"), (True, False, "Empty")],
)
def test_it_tells_why_nothing_is_drawn(qtbot, ready, has_any, title):
    state = EmptyState("today", "", "")
    qtbot.addWidget(state)
    state.tell_cause(ready, has_any, ("Empty", "No logs.", "See", "Demo"))
    assert state.full_text().startswith(title)
    assert state.other.isHidden() is (title != "Empty")


def test_a_long_sentence_is_not_cut(qtbot):
    state = EmptyState("tag", "Title", "many words " * 30)
    qtbot.addWidget(state)
    state.resize(700, 500)
    state.show()
    assert state.sentence.height() >= state.sentence.heightForWidth(state.sentence.width())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_next_step_can_be_taken_by_keyboard(qtbot, key):
    state = EmptyState("tag", "One", "two", "three")
    qtbot.addWidget(state)
    state.show()
    state.setFocus()
    qtbot.waitUntil(state.button.hasFocus)
    with qtbot.waitSignal(state.acted):
        qtbot.keyClick(state.button, key)
