import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from ledger.core.saved_view import SavedView
from ledger.ui.window.view_list import ViewList

VIEWS = (SavedView("Thrown & gone", "tag:thrown"), SavedView("Quarter", "in:quarter  tag:kept"))
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def shown(qtbot):
    widget = ViewList()
    qtbot.addWidget(widget)
    widget.show()
    widget.show_views(VIEWS, "in:quarter tag:kept")
    return widget


def test_the_view_that_is_shown_is_marked(shown):
    assert [item.isChecked() for item in shown.items] == [False, True]
    shown.mark("tag:thrown")
    assert [item.isChecked() for item in shown.items] == [True, False]
    shown.mark("")
    assert not any(item.isChecked() for item in shown.items)


def test_a_click_chooses_and_does_not_mark_by_itself(qtbot, shown):
    with qtbot.waitSignal(shown.chosen) as blocker:
        shown.items[0].click()
    assert blocker.args == [0]
    assert not shown.items[0].isChecked()


@pytest.mark.parametrize(
    ("key", "modifier", "signal", "args"),
    [
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "rename_wanted", [1]),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "delete_wanted", [1]),
        (Qt.Key.Key_Up, ALT, "moved", [1, -1]),
        (Qt.Key.Key_Down, ALT, "moved", [1, 1]),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "chosen", [1]),
    ],
)
def test_everything_goes_by_keyboard(qtbot, shown, key, modifier, signal, args):
    with qtbot.waitSignal(getattr(shown, signal)) as blocker:
        QTest.keyClick(shown.items[1], key, modifier)
    assert blocker.args == args


def test_the_menu_offers_the_same(qtbot, shown):
    item = shown.items[0]
    place = item.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, item.mapToGlobal(place))
    QApplication.sendEvent(item, event)
    menu = item.findChild(QMenu)
    names = [action.text() for action in menu.actions()]
    assert names == ["Rename …", "Move up", "Move down", "Delete"]
    with qtbot.waitSignal(shown.delete_wanted) as blocker:
        menu.actions()[-1].trigger()
    assert blocker.args == [0]
    menu.close()


def test_without_views_it_says_what_they_are_for(shown):
    assert not shown._empty.isVisible()
    shown.show_views((), "")
    assert shown._empty.isVisible()
    assert shown.items == []
