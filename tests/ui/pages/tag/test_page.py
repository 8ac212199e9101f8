from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ledger.app.filter_model import FilterModel
from ledger.app.ledger_client import LedgerClient
from ledger.core.evidence import Suggestion
from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Intent, Tag
from ledger.flows.tagging import questions
from ledger.flows.tagging.queue import Order
from ledger.host.settings import DEFAULTS
from ledger.importers.base import Home
from ledger.ui.keymap import PageName
from ledger.ui.pages.base import Route
from ledger.ui.pages.tag.page import TagPage
from ledger.ui.widgets.buttons import Button
from tests.making import claude_log, stamp

KEYS = Qt.Key


@pytest.fixture
def client(qtbot, tmp_path):
    home = Home(tmp_path / "home", {})
    claude_log(home.path, "s1", 4)
    opened = LedgerClient(tmp_path / "data" / "ledger.db", home)
    opened.start()
    with qtbot.waitSignal(opened.imported):
        opened.import_now()
    qtbot.waitUntil(lambda: len(opened.frame) == 4)
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot, client, filter_model):
    widget = TagPage(client, filter_model)
    widget.use(replace(DEFAULTS, tag_set_size=3))
    qtbot.addWidget(widget)
    widget.resize(900, 700)
    widget.show()
    qtbot.waitExposed(widget)
    qtbot.waitUntil(lambda: "prompt number 3" in widget.card.prompt.toPlainText())
    return widget


def press(qtbot, page, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(page.card, key, modifier)


def tags(client):
    return client.frame.tag.tolist()


def test_the_card_shows_the_prompt_the_answer_and_the_cost(page):
    assert "answer number 3" in page.card.steps.toPlainText()
    assert "atlas" in page.card.place.full_text()
    assert page.bar.standing.full_text() == "0 of 3   4 wait"


@pytest.mark.parametrize(
    ("key", "tag"),
    [(KEYS.Key_K, Tag.KEPT), (KEYS.Key_E, Tag.EDITED), (KEYS.Key_T, Tag.THROWN_AWAY)],
)
def test_one_key_tags_and_goes_on(qtbot, page, client, key, tag):
    press(qtbot, page, key)
    qtbot.waitUntil(lambda: tags(client) == [0, 0, 0, tag])
    qtbot.waitUntil(lambda: "prompt number 2" in page.card.prompt.toPlainText())


def test_a_whole_set_without_a_mouse(qtbot, page, client):
    for key in (KEYS.Key_K, KEYS.Key_E, KEYS.Key_T):
        press(qtbot, page, key)
    qtbot.waitUntil(lambda: "This set is done" in page.empty.full_text())
    qtbot.waitUntil(lambda: tags(client) == [0, Tag.THROWN_AWAY, Tag.EDITED, Tag.KEPT])


def test_after_a_set_the_next_one_is_one_key_away(qtbot, page, client):
    for key in (KEYS.Key_K, KEYS.Key_E, KEYS.Key_T):
        press(qtbot, page, key)
    qtbot.waitUntil(lambda: "3 tagged. 1 more" in page.empty.full_text())
    qtbot.waitUntil(page.empty.button.hasFocus)
    qtbot.keyClick(page.empty.button, KEYS.Key_Return)
    qtbot.waitUntil(lambda: "prompt number 0" in page.card.prompt.toPlainText())
    press(qtbot, page, KEYS.Key_K)
    qtbot.waitUntil(lambda: tags(client) == [Tag.KEPT, Tag.THROWN_AWAY, Tag.EDITED, Tag.KEPT])


def test_undo_comes_back_to_the_card(qtbot, page, client):
    press(qtbot, page, KEYS.Key_T)
    qtbot.waitUntil(lambda: tags(client)[-1] == Tag.THROWN_AWAY)
    press(qtbot, page, KEYS.Key_U)
    qtbot.waitUntil(lambda: tags(client)[-1] == 0)
    qtbot.waitUntil(lambda: "prompt number 3" in page.card.prompt.toPlainText())


def test_next_previous_and_later_leave_the_ledger_alone(qtbot, page, client):
    press(qtbot, page, KEYS.Key_J)
    qtbot.waitUntil(lambda: "prompt number 2" in page.card.prompt.toPlainText())
    press(qtbot, page, KEYS.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "prompt number 3" in page.card.prompt.toPlainText())
    press(qtbot, page, KEYS.Key_S)
    qtbot.waitUntil(lambda: "prompt number 2" in page.card.prompt.toPlainText())
    assert tags(client) == [0, 0, 0, 0]


def test_x_marks_an_experiment_and_takes_it_back(qtbot, page, client):
    press(qtbot, page, KEYS.Key_X)
    qtbot.waitUntil(lambda: client.frame.intent.tolist()[-1] == Intent.EXPERIMENT)
    qtbot.waitUntil(lambda: "experiment" in page.card.marks.full_text())
    press(qtbot, page, KEYS.Key_X)
    qtbot.waitUntil(lambda: client.frame.intent.tolist()[-1] == Intent.DELIVERY)


def test_enter_shows_everything_that_happened(qtbot, page):
    assert "You" not in page.card.steps.toPlainText()
    press(qtbot, page, KEYS.Key_Return)
    assert "You" in page.card.steps.toPlainText()


def test_letters_typed_in_a_text_field_tag_nothing(qtbot, page, client):
    field = QLineEdit(page.card)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "kets")
    assert field.text() == "kets"
    assert tags(client) == [0, 0, 0, 0]


def test_a_filter_that_hides_everything_offers_the_way_back(qtbot, page, filter_model):
    filter_model.set(Filter(projects=frozenset({"/nowhere"})))
    assert "passes the filter" in page.empty.full_text()
    page.empty.acted.emit()
    assert filter_model.filter == ANY
    qtbot.waitUntil(lambda: page.queue.current is not None)


def test_an_empty_ledger_leads_to_the_sources(qtbot, tmp_path):
    opened = LedgerClient(tmp_path / "l.db", Home(tmp_path, {}))
    opened.start()
    page = TagPage(opened, FilterModel())
    qtbot.addWidget(page)
    page.show()
    assert "nothing to tag yet" in page.empty.full_text()
    with qtbot.waitSignal(page.requested) as requested:
        page.empty.acted.emit()
    assert requested.args == [Route(PageName.SOURCES)]
    opened.close()


def test_markup_in_a_prompt_stays_text(qtbot, tmp_path):
    home = Home(tmp_path / "home", {})
    log = claude_log(home.path, "s1", 1)
    payload = "<img src='/dev/zero'><b>bold</b>"
    log.write_text(log.read_text().replace("prompt number 0", payload))
    opened = LedgerClient(tmp_path / "l.db", home)
    opened.start()
    with qtbot.waitSignal(opened.imported):
        opened.import_now()
    page = TagPage(opened, FilterModel())
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: payload in page.card.prompt.toPlainText())
    opened.close()


def test_a_key_of_ones_own_tags_and_is_shown_on_its_button(qtbot, page, client):
    page.use(replace(DEFAULTS, keys={"tag.kept": "H"}))
    assert "Kept (H)" in [button.text() for button in page.findChildren(Button)]
    press(qtbot, page, KEYS.Key_H)
    qtbot.waitUntil(lambda: tags(client)[-1] == Tag.KEPT)


def suggest(qtbot, client, *tags):
    """Have tags suggested of the interactions, from the newest to the oldest."""
    ids = client.frame.id[::-1].tolist()
    suggestions = [
        Suggestion(interaction=i, tag=tag, confidence=0.7, worth=0.5, why=("62 of 75 lines.",))
        for i, tag in zip(ids, tags, strict=False)
    ]
    client.act(
        lambda workspace: workspace.show(
            workspace.write(lambda store: store.evidence.set_suggestions(suggestions))
        )
    )
    qtbot.waitUntil(lambda: client.frame.suggested.any())


def ask(qtbot, page, client):
    """Have all of the half-hours asked about."""
    number = len(client.frame.blocks)
    client.act(lambda workspace: workspace.draw_first(3650))
    qtbot.waitUntil(lambda: len(client.frame.questions) == number)
    qtbot.waitUntil(lambda: bool(page.questions.waiting))
    return page.questions


def test_space_accepts_what_is_suggested_with_one_key(qtbot, page, client):
    suggest(qtbot, client, Tag.EDITED)
    qtbot.waitUntil(page.answers.accept.isVisible)
    qtbot.waitUntil(lambda: "62 of 75" in page.card.evidence.why.full_text())
    press(qtbot, page, KEYS.Key_Space)
    qtbot.waitUntil(lambda: tags(client) == [0, 0, 0, Tag.EDITED])


def test_space_does_nothing_where_nothing_is_suggested(qtbot, page, client):
    press(qtbot, page, KEYS.Key_Space)
    assert page.queue.current == int(client.frame.id[-1])
    assert not page.answers.accept.isVisible()


def test_questions_come_before_the_queue_and_say_why(qtbot, page, client):
    questions = ask(qtbot, page, client)
    assert page.strip.isVisible()
    assert "lot" in page.strip.reason.full_text()
    assert not page.bar.isVisible()
    first, number = questions.current, len(questions.waiting)
    press(qtbot, page, KEYS.Key_T)
    qtbot.waitUntil(lambda: Tag.THROWN_AWAY in tags(client))
    assert len(questions.waiting) == number - 1
    tagged = client.frame.id[client.frame.tag == Tag.THROWN_AWAY].tolist()
    assert tagged == list(first.untagged)


def test_questions_left_alone_give_way_to_the_queue_and_come_back(qtbot, page, client):
    questions = ask(qtbot, page, client)
    page.strip.leave.click()
    assert not page.strip.isVisible()
    qtbot.waitUntil(lambda: "prompt number 3" in page.card.prompt.toPlainText())
    assert page.bar.isVisible()
    questions.come_back()
    assert page.strip.isVisible()


def test_j_leaves_a_question_for_another_day_and_s_for_good(qtbot, page, client):
    questions = ask(qtbot, page, client)
    number = len(questions.waiting)
    press(qtbot, page, KEYS.Key_S)
    qtbot.waitUntil(lambda: any(question.skipped for question in client.frame.questions))
    left = len(questions.waiting)
    assert left == number - 1
    while questions.current is not None:
        press(qtbot, page, KEYS.Key_J)
    assert page.bar.isVisible()
    assert not any(tags(client))
    questions.come_back()
    assert len(questions.waiting) == left


def test_a_suggestion_answers_a_question_too(qtbot, page, client):
    ask(qtbot, page, client)
    suggest(qtbot, client, *[Tag.EDITED] * 4)
    qtbot.waitUntil(page.answers.accept.isVisible)
    press(qtbot, page, KEYS.Key_Space)
    qtbot.waitUntil(lambda: Tag.EDITED in tags(client))


@pytest.fixture
def crowded(qtbot, tmp_path):
    """Three interactions in one half-hour."""
    home = Home(tmp_path / "home", {})
    log = claude_log(home.path, "s1", 3)
    text = log.read_text()
    start = 1_780_000_000_000
    for number in (1, 2):  # forty minutes apart; here they are one minute apart
        for second in (0, 5):
            then = start + number * 2_400_000 + second * 1000
            now = start + number * 60_000 + second * 1000
            text = text.replace(stamp(then), stamp(now))
    log.write_text(text)
    opened = LedgerClient(tmp_path / "l.db", home)
    opened.start()
    with qtbot.waitSignal(opened.imported):
        opened.import_now()
    qtbot.waitUntil(lambda: len(opened.frame) == 3)
    yield opened
    opened.close()


def test_the_interactions_of_a_half_hour_stand_above_the_card(qtbot, crowded):
    page = TagPage(crowded, FilterModel())
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    questions = ask(qtbot, page, crowded)
    assert len(questions.current.ids) == 3
    qtbot.waitUntil(lambda: "prompt number 0" in page.card.prompt.toPlainText())
    assert page.block.isVisible()
    press(qtbot, page, KEYS.Key_Down)
    qtbot.waitUntil(lambda: "prompt number 1" in page.card.prompt.toPlainText())
    press(qtbot, page, KEYS.Key_Up)
    qtbot.waitUntil(lambda: "prompt number 0" in page.card.prompt.toPlainText())
    press(qtbot, page, KEYS.Key_K)
    qtbot.waitUntil(lambda: tags(crowded) == [Tag.KEPT] * 3)
    qtbot.waitUntil(lambda: "Everything is tagged" in page.empty.full_text())
    qtbot.keyClick(page.empty, KEYS.Key_U)
    qtbot.waitUntil(lambda: not any(tags(crowded)))
    qtbot.waitUntil(lambda: page.questions.current is not None)
    assert page.strip.isVisible()


def test_the_first_questions_are_offered_and_can_be_refused(qtbot, page, client, monkeypatch):
    monkeypatch.setattr(questions, "may_begin", lambda _frame, _now: True)
    page.activate()
    assert page.strip.begin.isVisible()
    page.strip.leave.click()
    assert not page.strip.isVisible()
    page.activate()
    assert not page.strip.isVisible()


def test_another_order_and_a_set_of_minutes_can_be_chosen(qtbot, page):
    page.bar.order.activated.emit(1)
    assert page.queue.order is Order.SUREST
    page.bar.length.activated.emit(1)
    assert page.queue.minutes == 5
    assert "left" in page.bar.standing.full_text()
    assert page.card.hasFocus()


def test_the_rest_of_the_session_is_one_key_and_one_look_away(qtbot, page, client):
    press(qtbot, page, KEYS.Key_W)
    qtbot.waitUntil(lambda: page.bulk.dialog is not None)
    dialog = page.bulk.dialog
    assert len(dialog.edit().values) == 4
    dialog.save.click()
    qtbot.waitUntil(lambda: tags(client) == [Tag.KEPT] * 4)
    qtbot.waitUntil(page.empty.isVisible)


def test_the_next_card_is_fetched_before_it_is_shown(qtbot, page):
    upcoming = page.queue.upcoming
    qtbot.waitUntil(lambda: page.card._details.text(upcoming) is not None)
    press(qtbot, page, KEYS.Key_K)
    assert "prompt number 2" in page.card.prompt.toPlainText()  # at once


def test_what_can_be_undone_survives_a_restart(qtbot, tmp_path, page, client):
    for key in (KEYS.Key_K, KEYS.Key_E):
        press(qtbot, page, key)
    qtbot.waitUntil(lambda: tags(client) == [0, 0, Tag.EDITED, Tag.KEPT])
    client.close()
    again = LedgerClient(client.path, client.home)
    with qtbot.waitSignal(again.frame_changed):
        again.start()
    try:
        for left in ([0, 0, 0, Tag.KEPT], [0, 0, 0, 0]):
            again.undo()
            qtbot.waitUntil(lambda left=left: tags(again) == left)
    finally:
        again.close()
