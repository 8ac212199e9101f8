from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ledger.app.session import Session
from ledger.app.view import View
from ledger.core.filters import ANY, Filter
from ledger.core.words import Intent, Tag
from ledger.host.settings import DEFAULTS
from ledger.importers.base import Home
from ledger.ui.pages.tag_page import TagPage
from ledger.ui.widgets.buttons import Button
from tests.making import claude_log

KEYS = Qt.Key


@pytest.fixture
def session(qtbot, tmp_path):
    home = Home(tmp_path / "home", {})
    claude_log(home.path, "s1", 4)
    opened = Session(tmp_path / "data" / "ledger.db", home)
    opened.start()
    with qtbot.waitSignal(opened.imported):
        opened.import_now()
    qtbot.waitUntil(lambda: len(opened.frame) == 4)
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot, session):
    made = TagPage(session, View())
    made.use(replace(DEFAULTS, tag_set_size=3))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: "prompt number 3" in made._card._prompt.toPlainText())
    return made


def press(qtbot, page, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(page._card, key, modifier)


def tags(session):
    return session.frame.tag.tolist()


def test_the_card_shows_the_prompt_the_answer_and_the_cost(page):
    assert "answer number 3" in page._card._steps.toPlainText()
    assert "atlas" in page._card._place.full_text()
    assert page._standing.full_text() == "0 of 3   4 wait"


@pytest.mark.parametrize(
    ("key", "tag"),
    [(KEYS.Key_K, Tag.KEPT), (KEYS.Key_E, Tag.EDITED), (KEYS.Key_T, Tag.THROWN_AWAY)],
)
def test_one_key_tags_and_goes_on(qtbot, page, session, key, tag):
    press(qtbot, page, key)
    qtbot.waitUntil(lambda: tags(session) == [0, 0, 0, tag])
    qtbot.waitUntil(lambda: "prompt number 2" in page._card._prompt.toPlainText())


def test_a_whole_set_without_a_mouse(qtbot, page, session):
    for key in (KEYS.Key_K, KEYS.Key_E, KEYS.Key_T):
        press(qtbot, page, key)
    qtbot.waitUntil(lambda: "This set is done" in page._empty.words())
    qtbot.waitUntil(lambda: tags(session) == [0, Tag.THROWN_AWAY, Tag.EDITED, Tag.KEPT])


def test_after_a_set_the_next_one_is_one_key_away(qtbot, page, session):
    for key in (KEYS.Key_K, KEYS.Key_E, KEYS.Key_T):
        press(qtbot, page, key)
    qtbot.waitUntil(lambda: "3 tagged. 1 more" in page._empty.words())
    qtbot.waitUntil(page._empty.button.hasFocus)
    qtbot.keyClick(page._empty.button, KEYS.Key_Return)
    qtbot.waitUntil(lambda: "prompt number 0" in page._card._prompt.toPlainText())
    press(qtbot, page, KEYS.Key_K)
    qtbot.waitUntil(lambda: tags(session) == [Tag.KEPT, Tag.THROWN_AWAY, Tag.EDITED, Tag.KEPT])


def test_undo_comes_back_to_the_card(qtbot, page, session):
    press(qtbot, page, KEYS.Key_T)
    qtbot.waitUntil(lambda: tags(session)[-1] == Tag.THROWN_AWAY)
    press(qtbot, page, KEYS.Key_U)
    qtbot.waitUntil(lambda: tags(session)[-1] == 0)
    qtbot.waitUntil(lambda: "prompt number 3" in page._card._prompt.toPlainText())


def test_next_previous_and_later_leave_the_ledger_alone(qtbot, page, session):
    press(qtbot, page, KEYS.Key_J)
    qtbot.waitUntil(lambda: "prompt number 2" in page._card._prompt.toPlainText())
    press(qtbot, page, KEYS.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "prompt number 3" in page._card._prompt.toPlainText())
    press(qtbot, page, KEYS.Key_S)
    qtbot.waitUntil(lambda: "prompt number 2" in page._card._prompt.toPlainText())
    assert tags(session) == [0, 0, 0, 0]


def test_x_marks_an_experiment_and_takes_it_back(qtbot, page, session):
    press(qtbot, page, KEYS.Key_X)
    qtbot.waitUntil(lambda: session.frame.intent.tolist()[-1] == Intent.EXPERIMENT)
    qtbot.waitUntil(lambda: "experiment" in page._card._marks.full_text())
    press(qtbot, page, KEYS.Key_X)
    qtbot.waitUntil(lambda: session.frame.intent.tolist()[-1] == Intent.DELIVERY)


def test_enter_shows_everything_that_happened(qtbot, page):
    assert "You" not in page._card._steps.toPlainText()
    press(qtbot, page, KEYS.Key_Return)
    assert "You" in page._card._steps.toPlainText()


def test_letters_typed_in_a_text_field_tag_nothing(qtbot, page, session):
    field = QLineEdit(page._card)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "kets")
    assert field.text() == "kets"
    assert tags(session) == [0, 0, 0, 0]


def test_a_filter_that_hides_everything_offers_the_way_back(qtbot, page):
    page._view.set(Filter(projects=frozenset({"/nowhere"})))
    assert "passes the filter" in page._empty.words()
    page._empty.acted.emit()
    assert page._view.filter == ANY
    qtbot.waitUntil(lambda: page.queue.current is not None)


def test_an_empty_ledger_leads_to_the_sources(qtbot, tmp_path):
    opened = Session(tmp_path / "l.db", Home(tmp_path, {}))
    opened.start()
    page = TagPage(opened, View())
    qtbot.addWidget(page)
    page.show()
    assert "nothing to tag yet" in page._empty.words()
    with qtbot.waitSignal(page.sources_requested):
        page._empty.acted.emit()
    opened.close()


def test_markup_in_a_prompt_stays_text(qtbot, tmp_path):
    home = Home(tmp_path / "home", {})
    log = claude_log(home.path, "s1", 1)
    payload = "<img src='/dev/zero'><b>bold</b>"
    log.write_text(log.read_text().replace("prompt number 0", payload))
    opened = Session(tmp_path / "l.db", home)
    opened.start()
    with qtbot.waitSignal(opened.imported):
        opened.import_now()
    page = TagPage(opened, View())
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: payload in page._card._prompt.toPlainText())
    opened.close()


def test_a_key_of_ones_own_tags_and_is_shown_on_its_button(qtbot, page, session):
    page.use(replace(DEFAULTS, keys={"tag.kept": "G"}))
    assert "Kept (G)" in [button.text() for button in page.findChildren(Button)]
    press(qtbot, page, KEYS.Key_G)
    qtbot.waitUntil(lambda: tags(session)[-1] == Tag.KEPT)
