import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.ui.keymap import PAGES
from ledger.ui.window.sidebar import Sidebar


@pytest.fixture
def sidebar(qtbot):
    widget = Sidebar(PAGES)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_click_chooses_a_page(qtbot, sidebar):
    with qtbot.waitSignal(sidebar.page_chosen) as blocker:
        sidebar.items["ledger"].click()
    assert blocker.args == ["ledger"]


def test_one_page_is_marked(sidebar):
    sidebar.show_page("today")
    sidebar.show_page("charts")
    assert [name for name, item in sidebar.items.items() if item.isChecked()] == ["charts"]


def test_what_waits_is_seen_and_heard(sidebar):
    sidebar.show_count("tag", 1234, "1,234 untagged")
    assert sidebar.items["tag"].accessibleName() == "Tag, 1,234 untagged"
    sidebar.show_count("tag", 0, "")
    assert sidebar.items["tag"].accessibleName() == "Tag"
    assert not sidebar.grab().isNull()


def test_the_arrow_keys_go_to_the_neighbour(qtbot, sidebar):
    sidebar.activateWindow()
    qtbot.waitUntil(sidebar.isActiveWindow)
    sidebar.items["today"].setFocus()
    QTest.keyClick(sidebar.items["today"], Qt.Key.Key_Down)
    assert sidebar.items["tag"].hasFocus()
    QTest.keyClick(sidebar.items["tag"], Qt.Key.Key_Up)
    assert sidebar.items["today"].hasFocus()


def test_the_saved_views_stand_below_the_pages(sidebar):
    assert sidebar.views.isVisible()
    assert sidebar.views.y() > sidebar.items["settings"].y()
