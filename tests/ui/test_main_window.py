import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ledger.app.filter_model import FilterModel
from ledger.core.edits import set_tags
from ledger.core.errors import StoreTooNewError
from ledger.core.vocabulary import Tag
from ledger.host.window_state import WindowState
from ledger.ui.dialogs.key_sheet import KeySheet
from ledger.ui.dialogs.palette import Palette
from ledger.ui.keymap import PAGES, QUESTIONS, Where, rows_at
from ledger.ui.main_window import MainWindow
from ledger.ui.widgets.empty_state import EmptyState
from ledger.ui.window import saved_views
from tests.ui.conftest import NOW, do

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
UNFILTERED = ("review", "compare", "sources", "settings")


@pytest.fixture
def make(qtbot, choices, state):
    def build(client, **more) -> MainWindow:
        window = MainWindow(client, FilterModel(), choices, state, lambda: NOW, **more)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.show_first_page()
        return window

    return build


@pytest.fixture
def window(make, filled):
    return make(filled)


@pytest.mark.parametrize(("place", "name"), list(enumerate((n for n, _ in PAGES), 1)))
def test_every_page_has_its_key(window, place, name):
    window.show_page("settings" if name != "settings" else "today")
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_0.value + place), CTRL)
    assert window.page == name
    assert window.pages.currentWidget() is window.pages.page(name)
    assert window.top.title.full_text() == dict(PAGES)[name]


def test_every_key_of_the_table_that_acts_anywhere_has_its_command(window):
    assert set(window.handlers) == {row.command for row in rows_at(Where.ANYWHERE)}


def test_a_question_of_the_charts_has_its_key(window):
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert window.page == "charts"
    assert window.pages.page("charts").row.current == QUESTIONS[3][0]


def test_the_filter_bar_stands_on_every_page_that_has_figures(window):
    for name, _ in PAGES:
        window.show_page(name)
        assert window.filter_bar.isVisible() is (name not in UNFILTERED)
        assert window.filter_bar.text.isVisible() is window.filter_bar.isVisible()


def test_undo_and_redo_by_key(qtbot, window, filled):
    window.show_page("settings")
    do(qtbot, filled, set_tags(((2, Tag.EDITED),)))
    with qtbot.waitSignal(filled.saved):
        QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert filled.frame.tag.tolist().count(Tag.EDITED) == 0
    with qtbot.waitSignal(filled.saved):
        QTest.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert filled.frame.tag.tolist().count(Tag.EDITED) == 1


def test_what_waits_for_a_tag_is_counted_in_the_sidebar(qtbot, window, filled):
    do(qtbot, filled, set_tags(((2, Tag.EDITED),)))
    assert window.sidebar.items["tag"].accessibleName() == "Tag, 1 untagged"


def test_the_palette_opens_by_key_and_goes_to_a_page(window):
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    QTest.keyClicks(palette.field, "charts")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.page == "charts"


def test_the_key_sheet_opens_by_question_mark(window):
    window.show_page("settings")
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.findChild(KeySheet).isVisible()


def test_the_quick_log_opens_by_key(window):
    QTest.keyClick(window, Qt.Key.Key_L, CTRL | SHIFT)
    assert window.quick_log.isVisible()


def test_search_by_key_works_from_every_page(window):
    window.show_page("settings")
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    assert window.filter_bar.text.hasFocus()
    assert window.page == "ledger"


@pytest.mark.parametrize("name", ["today", "tag", "ledger", "charts"])
def test_escape_leads_from_the_search_back_into_the_page(window, name):
    window.show_page(name)
    page = window.pages.currentWidget()
    window.filter_bar.focus_text()
    QTest.keyClick(window.filter_bar.text, Qt.Key.Key_Escape)
    assert page is window.focusWidget() or page.isAncestorOf(window.focusWidget())


def test_letters_typed_into_the_search_change_nothing(qtbot, window, filled):
    window.show_page("tag")
    window.filter_bar.focus_text()
    with qtbot.assertNotEmitted(filled.saved, wait=50):
        QTest.keyClicks(window.filter_bar.text, "KETXU")
    assert window.filter_bar.text.text() == "KETXU"


def test_it_remembers_page_filter_and_sidebar(make, filled, state, tmp_path):
    window = make(filled)
    window.show_page("charts")
    window.filter_bar.set_period("28d")
    window.sidebar.hide()
    window.remember()
    again = MainWindow(
        filled, FilterModel(), window._choices, WindowState(tmp_path / "window.json"), lambda: NOW
    )
    assert again.page == "charts"
    assert again.filter_bar.period == "28d"
    assert again.sidebar.isHidden()
    again.deleteLater()


def test_a_window_that_is_closed_remembers_its_sidebar_as_it_was(window, state):
    window.hide()
    window.remember()
    assert state.text("sidebar") == ""


@pytest.mark.parametrize("page", ["", "a page of a later version"])
def test_a_page_it_does_not_know_is_today(make, filled, state, page):
    state.set_text("page", page)
    state.set_blob("geometry", b"nonsense")
    assert make(filled).page == "today"


def test_closing_ends_the_program_or_goes_to_the_tray(qtbot, window):
    window.hides_when_closed = True
    with qtbot.assertNotEmitted(window.quit_requested):
        window.close()
    assert window.isHidden()
    window.come_forward()
    assert window.isVisible()
    window.hides_when_closed = False
    with qtbot.waitSignal(window.quit_requested):
        QApplication.sendEvent(window, QCloseEvent())


def test_a_ledger_that_cannot_be_opened_says_why_and_what_to_do(qtbot, make, filled):
    window = make(filled)
    filled.ready = False
    filled.failed.emit(StoreTooNewError("It is too new.", "Install the newer version."))
    shown = window.pages.currentWidget()
    assert isinstance(shown, EmptyState)
    assert shown.full_text() == "It is too new. Install the newer version."
    with qtbot.waitSignal(window.quit_requested):
        shown.button.click()


def test_a_problem_later_is_a_message(window, filled):
    filled.failed.emit(StoreTooNewError("It is too new.", "Install the newer version."))
    assert window.toast.sentence() == "It is too new. Install the newer version."


def test_the_demo_is_marked_as_long_as_it_is_open(qtbot, make, filled, window):
    assert not window.demo_strip.isVisible()
    demo = make(filled, demo=True)
    assert demo.demo_strip.isVisible()
    with qtbot.waitSignal(demo.demo_left):
        demo.demo_strip.left.emit()


def test_a_key_of_ones_own_acts_at_once(window, choices):
    choices.set("keys", {"page.charts": "Ctrl+G"})
    QTest.keyClick(window, Qt.Key.Key_G, CTRL)
    assert window.page == "charts"


@pytest.mark.parametrize("name", [name for name, _ in PAGES])
def test_everything_that_can_be_pressed_has_a_name(window, name):
    window.show_page(name)
    nameless = [
        widget
        for widget in window.findChildren(QAbstractButton)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or widget.text())
    ]
    assert nameless == []


@pytest.mark.parametrize("name", [name for name, _ in PAGES])
def test_every_page_can_be_walked_with_the_tab_key(window, name):
    window.show_page(name)
    focused_ids = set()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert isinstance(focused, QWidget)
        focused_ids.add(id(focused))
    assert len(focused_ids) > 4


def test_a_saved_view_stands_in_the_sidebar_and_in_the_palette(window, monkeypatch):
    monkeypatch.setattr(saved_views, "ask_text", lambda *_args, **_more: "Mine")
    window.filter_bar.enter("tool:codex last:28d")
    QTest.keyClick(window, Qt.Key.Key_S, CTRL | SHIFT)
    window.filter_bar.clear()
    window.show_page("settings")
    window.sidebar.views.items[0].click()
    assert window.filter_bar.text.text() == "tool:codex last:28d"
    assert window.page == "ledger"
    window.filter_bar.clear()
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    QTest.keyClicks(palette.field, "mine")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.filter_bar.period == "28d"


def test_comparing_has_a_key(window):
    QTest.keyClick(window, Qt.Key.Key_P, CTRL | SHIFT)
    assert window._filter_model.compare


def test_the_review_period_follows_the_settings(window, choices):
    window.filter_bar.set_period("review")
    before = window._filter_model.filter
    choices.set("review_months", 3)
    assert window._filter_model.filter != before
