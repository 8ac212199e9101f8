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
def listed_views(qtbot):
    widget = ViewList()
    qtbot.addWidget(widget)
    widget.show()
    widget.show_views(VIEWS, "in:quarter tag:kept")
    return widget


def test_the_view_that_is_shown_is_marked(listed_views):
    assert [item.isChecked() for item in listed_views.items] == [False, True]
    listed_views.mark("tag:thrown")
    assert [item.isChecked() for item in listed_views.items] == [True, False]
    listed_views.mark("")
    assert not any(item.isChecked() for item in listed_views.items)


def test_a_click_chooses_and_does_not_mark_by_itself(qtbot, listed_views):
    with qtbot.waitSignal(listed_views.chosen) as blocker:
        listed_views.items[0].click()
    assert blocker.args == [0]
    assert not listed_views.items[0].isChecked()


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
def test_everything_goes_by_keyboard(qtbot, listed_views, key, modifier, signal, args):
    with qtbot.waitSignal(getattr(listed_views, signal)) as blocker:
        QTest.keyClick(listed_views.items[1], key, modifier)
    assert blocker.args == args


def test_the_menu_offers_the_same(qtbot, listed_views):
    item = listed_views.items[0]
    place = item.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, item.mapToGlobal(place))
    QApplication.sendEvent(item, event)
    menu = item.findChild(QMenu)
    names = [action.text() for action in menu.actions()]
    assert names == ["Rename …", "Move up", "Move down", "Delete"]
    with qtbot.waitSignal(listed_views.delete_wanted) as blocker:
        menu.actions()[-1].trigger()
    assert blocker.args == [0]
    menu.close()


def test_without_views_it_says_what_they_are_for(listed_views):
    assert not listed_views._empty.isVisible()
    listed_views.show_views((), "")
    assert listed_views._empty.isVisible()
    assert listed_views.items == []
