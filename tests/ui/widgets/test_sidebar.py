import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.ui.keymap import PAGES
from ledger.ui.widgets.sidebar import Sidebar, short_count


@pytest.fixture
def sidebar(qtbot):
    made = Sidebar(PAGES)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_click_chooses_a_page(qtbot, sidebar):
    with qtbot.waitSignal(sidebar.page_chosen) as told:
        sidebar._items["ledger"].click()
    assert told.args == ["ledger"]


def test_one_page_is_marked(sidebar):
    sidebar.show_page("today")
    sidebar.show_page("charts")
    assert [name for name, item in sidebar._items.items() if item.isChecked()] == ["charts"]


def test_what_waits_is_seen_and_heard(sidebar):
    sidebar.show_count("tag", 1234, "1,234 untagged")
    assert sidebar._items["tag"].accessibleName() == "Tag, 1,234 untagged"
    sidebar.show_count("tag", 0, "")
    assert sidebar._items["tag"].accessibleName() == "Tag"
    assert not sidebar.grab().isNull()


def test_the_arrow_keys_go_to_the_neighbour(qtbot, sidebar):
    sidebar.activateWindow()
    qtbot.waitUntil(sidebar.isActiveWindow)
    sidebar._items["today"].setFocus()
    QTest.keyClick(sidebar._items["today"], Qt.Key.Key_Down)
    assert sidebar._items["tag"].hasFocus()
    QTest.keyClick(sidebar._items["tag"], Qt.Key.Key_Up)
    assert sidebar._items["today"].hasFocus()


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (999, "999"), (1_000, "1.0k"), (9_949, "9.9k"), (12_345, "12k"), (2_100_000, "2M")],
)
def test_counts_are_short(count, words):
    assert short_count(count) == words
