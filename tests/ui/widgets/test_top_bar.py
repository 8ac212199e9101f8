from PySide6.QtWidgets import QLineEdit

from ledger.ui.widgets.top_bar import TopBar


def test_undo_and_redo_are_offered_only_when_there_is_something(qtbot):
    bar = TopBar(QLineEdit())
    qtbot.addWidget(bar)
    assert not bar._undo.isEnabled()
    bar.show_undo("Tag 1 interaction as kept", "")
    assert bar._undo.isEnabled()
    assert bar._undo.accessibleName() == "Undo: Tag 1 interaction as kept"
    assert not bar._redo.isEnabled()
    with qtbot.waitSignal(bar.undo_wanted):
        bar._undo.click()
    with qtbot.waitSignal(bar.palette_wanted):
        bar._find.click()
