from PySide6.QtWidgets import QLineEdit

from ledger.ui.window.top_bar import TopBar


def test_undo_and_redo_are_offered_only_when_there_is_something(qtbot):
    bar = TopBar(QLineEdit())
    qtbot.addWidget(bar)
    assert not bar.undo_button.isEnabled()
    bar.show_undo("Tag 1 interaction as kept", "")
    assert bar.undo_button.isEnabled()
    assert bar.undo_button.accessibleName() == "Undo: Tag 1 interaction as kept"
    assert not bar.redo_button.isEnabled()
    with qtbot.waitSignal(bar.undo_wanted):
        bar.undo_button.click()
    with qtbot.waitSignal(bar.palette_wanted):
        bar.find_button.click()
