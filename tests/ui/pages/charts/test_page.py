"""The Charts page."""

import pytest

from ledger.app.filter_model import FilterModel
from ledger.core.errors import LedgerError
from ledger.core.filters import ANY, Filter
from ledger.flows.insights.drill_down import DrillDown
from ledger.host.settings import Settings
from ledger.host.window_state import WindowState
from ledger.metrics.frame import Frame
from ledger.ui.dialogs.formula import page_text
from ledger.ui.keymap import QUESTIONS, ChartQuestion, PageName
from ledger.ui.pages.base import Route
from ledger.ui.pages.charts import hours
from ledger.ui.pages.charts import page as charts_page
from ledger.ui.pages.charts.page import ChartsPage
from ledger.ui.pages.charts.question import Question
from tests.ui.pages.fakes import DAY, NOW, FakeClient, frame

KEYS = [key for key, _ in QUESTIONS]


@pytest.fixture
def client(qapp, tmp_path):
    fake = FakeClient(frame(60))
    fake.path = tmp_path / "ledger.db"
    return fake


@pytest.fixture
def filter_model():
    return FilterModel()


@pytest.fixture
def state(tmp_path):
    return WindowState(tmp_path / "window.json")


@pytest.fixture
def page(client, filter_model, state, qtbot):
    widget = ChartsPage(client, filter_model, now=lambda: NOW, state=state)
    qtbot.addWidget(widget)
    widget.resize(1000, 900)
    widget.show()
    widget.scheduler.finish()
    return widget


def ask(page, key):
    """Ask a question and wait for its answer."""
    page.ask(key)
    page.scheduler.finish()
    return page.question(key)


def made_questions(page):
    """Return the names of the questions that were made."""
    return {type(question).__name__ for question in page.findChildren(Question)}


def test_a_route_asks_its_question(page):
    page.prepare(Route(PageName.CHARTS, question=ChartQuestion.HOURS))
    assert page.row.current == "hours"
    page.prepare(Route(PageName.CHARTS))
    assert page.row.current == "hours"


def test_only_what_is_asked_is_made(page):
    assert made_questions(page) == {"Changing"}
    ask(page, "hours")
    assert made_questions(page) == {"Changing", "Hours"}


@pytest.mark.parametrize("key", KEYS)
def test_every_question_is_answered(page, key):
    question = ask(page, key)
    assert question.isVisible()
    assert page.row.current == key
    assert key == "trial" or all(panel.chart.points() for panel in question.panels)


def test_the_question_asked_takes_the_keyboard(page, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.question("changing").ratio_chart.setFocus()
    ask(page, "hours")
    assert page.row.buttons["hours"].hasFocus()


def test_the_question_is_remembered(page, client, filter_model, state, qtbot):
    ask(page, "groups")
    again = ChartsPage(client, filter_model, now=lambda: NOW, state=state)
    qtbot.addWidget(again)
    assert again.row.current == "groups"


def test_a_question_of_another_version_is_forgotten(client, filter_model, state, qtbot):
    state.set_text("charts.question", "no such question")
    page = ChartsPage(client, filter_model, now=lambda: NOW, state=state)
    qtbot.addWidget(page)
    assert page.row.current == KEYS[0]


def test_a_question_that_has_its_answer_is_not_drawn_again(page, monkeypatch):
    ask(page, "hours")
    ask(page, "changing")
    monkeypatch.setattr(hours, "calendar", None)
    assert ask(page, "hours").calendar_chart.points() == 60


def test_a_filter_narrows_the_question_and_the_next_one_asked(page, filter_model):
    ask(page, "spending")
    filter_model.set(Filter(since_s=NOW - 30 * DAY))
    page.scheduler.finish()
    assert page.question("spending").stack_chart.points() == 31
    assert ask(page, "hours").calendar_chart.points() == 31


def test_other_settings_draw_anew(page):
    page.use(Settings(window_days=14))
    page.scheduler.finish()
    assert page.question("changing").ratio_chart.series.window_days == 14


def test_a_click_narrows_the_view_and_keeps_the_rest_of_the_filter(page, filter_model):
    filter_model.set(Filter(projects=frozenset({"/home/ada/atlas"})))
    page.scheduler.finish()
    question = ask(page, "groups")
    name = question.chart.groups[0].key
    question.chart.choose(0)
    assert filter_model.filter.tools == frozenset({name})
    assert filter_model.filter.projects == frozenset({"/home/ada/atlas"})


def test_what_is_listed_is_shown_in_the_ledger(page, filter_model, qtbot):
    question = ask(page, "groups")
    with qtbot.waitSignal(page.requested) as requested:
        question.chart.choose(0, listing=True)
    assert requested.args == [Route(PageName.LEDGER)]
    assert len(filter_model.filter.tools) == 1


def test_a_point_that_no_filter_can_say_is_listed_one_by_one(page, filter_model, qtbot):
    question = ask(page, "size")
    with qtbot.waitSignal(page.requested) as requested:
        question.session_chart.choose(0)
    assert requested.args == [Route(PageName.LEDGER)]
    assert filter_model.filter.ids == frozenset(range(1, 61))


def test_a_point_of_days_stays_on_the_charts(page, filter_model, qtbot):
    with qtbot.assertNotEmitted(page.requested):
        page.question("changing").ratio.chosen.emit(DrillDown(tool="codex"))
    assert filter_model.filter.tools == frozenset({"codex"})


def test_what_a_question_wants_anew_is_drawn_anew(page):
    question = ask(page, "spending")
    question.steps.chosen.emit("month")
    page.scheduler.finish()
    assert question.stack_chart.stack.step == "month"


def test_one_interaction_can_be_shown(page, client):
    client.show(frame(1))
    for key in KEYS:
        ask(page, key)
    assert page.question("spending").stack_chart.points() == 1


def test_an_empty_ledger_leads_to_the_sources(page, client, qtbot):
    client.show(Frame.empty())
    page.scheduler.finish()
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.requested) as requested:
        page.empty.button.click()
    assert requested.args == [Route(PageName.SOURCES)]


def test_a_filter_that_hides_all_can_be_cleared(page, filter_model):
    filter_model.set(Filter(until_s=5))
    page.scheduler.finish()
    assert "filter" in page.empty.full_text()
    page.empty.button.click()
    assert filter_model.filter == ANY


def test_a_ledger_that_is_still_opening_is_not_called_empty(client, filter_model, qtbot):
    client.ready, client.frame = False, Frame.empty()
    page = ChartsPage(client, filter_model, now=lambda: NOW)
    qtbot.addWidget(page)
    page.show()
    page.scheduler.finish()
    assert "Opening" in page.empty.full_text()


def test_a_hidden_page_does_no_work(page, client, monkeypatch):
    page.hide()
    monkeypatch.setattr(charts_page, "DrawContext", None)
    client.show(frame(5))
    assert page.question("changing").ratio_chart.points() == 60


def test_a_chart_that_can_not_be_saved_is_told_by_the_session(page, client, qtbot):
    with qtbot.waitSignal(client.failed) as failed:
        page.question("changing").ratio.failed.emit(LedgerError("no"))
    assert failed.args[0].title == "no"


def test_a_broken_file_of_trials_is_told(page, client, qtbot):
    client.path.with_name("trials.json").write_text("{")
    with qtbot.waitSignal(client.failed):
        ask(page, "trial")


def test_every_formula_opens(page, monkeypatch):
    anchors = []
    monkeypatch.setattr(charts_page, "show_formula", lambda anchor, _parent: anchors.append(anchor))
    panels = [panel for key in KEYS for panel in page.question(key).panels]
    for panel in panels:
        panel.formula_asked.emit(panel.anchor)
    assert anchors == [panel.anchor for panel in panels]


def test_every_formula_stands_on_a_page(page):
    panels = [panel for key in KEYS for panel in page.question(key).panels]
    anchors = {panel.anchor for panel in panels}
    assert {name for name in anchors if f"{{#{name}}}" not in page_text(name)} == set()
