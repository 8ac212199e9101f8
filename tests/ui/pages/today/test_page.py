"""The Today page."""

import pytest

from ledger.app.filter_model import FilterModel
from ledger.core.filters import ANY, Filter
from ledger.core.goals import Goal, Measure
from ledger.core.vocabulary import Tag
from ledger.flows.insights import goals
from ledger.flows.insights.headline import Statement
from ledger.flows.transcript import Prompt
from ledger.metrics.frame import Frame
from ledger.ui import theme
from ledger.ui.keymap import ChartQuestion, PageName
from ledger.ui.pages.base import Route
from ledger.ui.pages.today import page as today_page
from ledger.ui.pages.today.page import TodayPage, last_import
from tests.ui.charts.figures import plain
from tests.ui.pages.fakes import NOW, FakeClient, file, frame


@pytest.fixture
def client(qapp):
    theme.load_fonts()
    theme.apply(qapp, "light")
    return FakeClient(frame(60))


@pytest.fixture
def filter_model():
    return FilterModel()


@pytest.fixture
def page(client, filter_model, qtbot):
    widget = TodayPage(client, filter_model, now=lambda: NOW)
    qtbot.addWidget(widget)
    widget.resize(1000, 900)
    widget.show()
    widget.scheduler.finish()
    return widget


def headline(page):
    """Return the sentences that can be seen, with ordinary spaces."""
    return [plain(row.label.full_text()) for row in page.headline if row.isVisible()]


def test_the_headline_is_said_in_plain_words(page):
    assert headline(page) == [
        "100 % of what you spent went into work you kept.",
        "For each million tokens you got 1.0 half-hours of kept work, between 1.0 and 1.0.",
        "All of it is tagged.",
    ]


def test_what_changed_is_said(page):
    assert page.change.label.full_text().startswith("No clear difference.")


def test_nothing_worth_knowing_is_said_as_such(page):
    assert [row.label.full_text() for row in page.findings if row.isVisible()] == [
        "Too little to say yet."
    ]


def test_without_tags_the_page_asks_for_some(page, client, qtbot):
    client.show(frame(60, tag=0))
    page.scheduler.finish()
    assert headline(page)[0] == "Nothing is tagged yet."
    assert plain(page.waiting.full_text()) == "60 interactions untagged"
    with qtbot.waitSignal(page.requested) as requested:
        page.tag_button.click()
    assert requested.args == [Route(PageName.TAG)]


def test_fewer_than_ten_are_offered_as_they_are(page, client):
    client.show(frame(3, tag=0))
    page.scheduler.finish()
    assert page.tag_button.text() == "Tag 3"


def test_when_everything_is_tagged_there_is_no_button(page):
    assert not page.tag_button.isVisible()
    assert page.waiting.full_text() == "Everything is tagged."


def test_a_tag_moves_the_headline(page, client):
    client.show(client.frame.with_tags(range(1, 31), Tag.THROWN_AWAY))
    page.scheduler.finish()
    assert headline(page)[0] == "50 % of what you spent went into work you kept."


def test_a_filter_narrows_the_page(page, client, filter_model):
    client.show(frame(60, tag=0).with_tags([60], Tag.KEPT))
    filter_model.set(Filter(since_s=NOW - 60))
    page.scheduler.finish()
    assert headline(page)[0].startswith("100 %")


def test_the_newest_interactions_are_listed_and_open(page, qtbot):
    lines = [line for line in page.recent.lines if line.isVisible()]
    assert [line.identity for line in lines] == [60, 59, 58, 57, 56, 55]
    with qtbot.waitSignal(page.requested) as requested:
        lines[1].click()
    assert requested.args == [Route(PageName.LEDGER, interaction=59)]


def test_prompts_come_from_the_logs(page, client, monkeypatch):
    monkeypatch.setattr(
        today_page.transcript,
        "read_prompts",
        lambda rows: {row.id: Prompt(f"ask {row.id}\nmore") for row in rows},
    )
    client.frame_changed.emit()
    page.scheduler.finish()
    assert page.recent.lines[0].prompt.full_text() == "ask 60 more"


def test_an_empty_ledger_leads_to_the_sources(page, client, qtbot):
    client.show(Frame.empty())
    page.scheduler.finish()
    assert "Nothing is sent anywhere" in page.empty.full_text()
    with qtbot.waitSignal(page.requested) as requested:
        page.empty.button.click()
    assert requested.args == [Route(PageName.SOURCES)]


def test_a_filter_that_hides_all_can_be_cleared(page, filter_model):
    filter_model.set(Filter(until_s=5))
    page.scheduler.finish()
    page.empty.button.click()
    assert filter_model.filter == ANY


def test_every_sentence_leads_to_its_formula(page, monkeypatch):
    anchors = []
    monkeypatch.setattr(today_page, "show_formula", lambda anchor, _parent: anchors.append(anchor))
    for row in page.headline:
        row.formula_button.click()
    assert anchors == ["kept-share", "str", "coverage"]


def test_the_last_import_names_what_could_not_be_read():
    files = [file(rejected=2), file(seen_ms=1, problem="it is a FIFO")]
    sentence = plain(last_import(files, NOW))
    assert sentence.endswith("· 2 logs · 2 lines could not be read · 1 log with a problem")
    assert last_import([], NOW) == "No log was read yet."


def test_an_empty_ledger_offers_the_demo(qtbot, page):
    with qtbot.waitSignal(page.demo_requested):
        page.empty.acted_otherwise.emit()


def test_the_figures_of_two_periods_stand_side_by_side_when_asked_for(page, filter_model):
    assert not page.compared.isVisible()
    filter_model.set_compare(True)
    page.scheduler.finish()
    assert page.compared.isVisible()
    assert "18 Oct – 14 Nov 2026" in page.compared.cell_texts()


def test_a_sentence_leads_to_its_rows(qtbot, page, filter_model):
    filter_model.set(Filter(tools=frozenset(("codex",))))
    page.findings[0].say(Statement("x", "kept-share", words="tag:thrown-away"))
    with qtbot.waitSignal(page.requested) as requested:
        page.findings[0].show_button.click()
    assert requested.args == [Route(PageName.LEDGER)]
    assert filter_model.filter == Filter(tools=frozenset(("codex",)), tags=frozenset((3,)))


def test_a_sentence_leads_to_its_chart(qtbot, page):
    page.findings[0].say(Statement("x", "top-share", chart="size"))
    with qtbot.waitSignal(page.requested) as requested:
        page.findings[0].show_button.click()
    assert requested.args == [Route(PageName.CHARTS, question=ChartQuestion.SIZE)]


def test_goals_stand_on_the_page_and_lead_to_their_rows(qtbot, page, client, filter_model):
    path = goals.path_of(client.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    goals.save(path, (Goal(measure=Measure.COVERAGE, percent=80),))
    page.scheduler.restart()
    page.scheduler.finish()
    (row,) = page.goals.rows.rows
    assert row.status.text.startswith("Met: 100")
    with qtbot.waitSignal(page.requested) as requested:
        row.show_button.click()
    assert requested.args == [Route(PageName.LEDGER)]
    assert filter_model.filter.since_s is not None
