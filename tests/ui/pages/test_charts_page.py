"""The Charts page."""

import pytest

from ledger.app.view import View
from ledger.core.errors import LedgerError
from ledger.core.filters import ANY, Filter
from ledger.core.words import Tag
from ledger.metrics.frame import Frame
from ledger.ui import theme
from ledger.ui.pages import charts_page
from ledger.ui.pages.charts_page import ChartsPage
from tests.ui.pages.fakes import DAY, NOW, FakeSession, frame


@pytest.fixture
def session(qapp):
    theme.load_fonts()
    theme.apply(qapp, "light")
    return FakeSession(frame(60))


@pytest.fixture
def view():
    return View()


@pytest.fixture
def page(session, view, qtbot):
    made = ChartsPage(session, view, now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    made.feed.finish()
    return made


def points(page):
    """Return how many points each chart has."""
    return [panel.chart.points() for panel in page.panels]


def test_every_chart_shows_the_ledger(page):
    assert points(page) == [60, 60, 2, 1, 60]
    assert page.ratio_chart.series.low[-1] == pytest.approx(1.0)


def test_a_filter_narrows_every_chart(page, view):
    view.set(Filter(since_s=NOW - 30 * DAY))
    page.feed.finish()
    assert page.stack_chart.points() == 31
    assert page.calendar_chart.points() == 31


def test_a_click_narrows_the_view_and_keeps_the_rest_of_the_filter(page, view):
    view.set(Filter(projects=frozenset({"/home/ada/atlas"})))
    page.feed.finish()
    page.tool_chart.choose(0)
    assert view.filter.tools == frozenset({"claude-code"})
    assert view.filter.projects == frozenset({"/home/ada/atlas"})


def test_the_chosen_step_stays(page, session):
    page._steps.chosen.emit("month")
    page.feed.finish()
    assert page.stack_chart.stack.step == "month"
    session.show(frame(10))
    page.feed.finish()
    assert page.stack_chart.stack.step == "month"


def test_without_tags_the_ratio_names_the_next_step(page, session):
    session.show(frame(60, tag=0))
    page.feed.finish()
    assert page.ratio._empty.isVisible()
    assert page.stack_chart.isVisible()


def test_with_too_little_work_the_ratio_says_what_is_needed(page, session):
    session.show(frame(3))
    page.feed.finish()
    words = page.ratio._empty._way_out.full_text()
    assert words == "An estimate needs 8 half-hours of work, 3 so far."


def test_bounds_without_estimate_say_how_many_tags_are_missing(page, session):
    some = frame(40, tag=0).with_tags(range(1, 5), Tag.KEPT)
    session.show(some)
    page.feed.finish()
    assert page.ratio._note.full_text() == (
        "The newest 28 days: An estimate needs at least 14 more tags."
    )


def test_one_interaction_can_be_shown(page, session):
    session.show(frame(1))
    page.feed.finish()
    assert points(page)[1:] == [1, 1, 1, 1]


def test_an_empty_ledger_leads_to_the_sources(page, session, qtbot):
    session.show(Frame.empty())
    page.feed.finish()
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.sources_requested):
        page.empty.button.click()


def test_a_filter_that_hides_all_can_be_cleared(page, view):
    view.set(Filter(until_s=5))
    page.feed.finish()
    assert "filter" in page.empty.words()
    page.empty.button.click()
    assert view.filter == ANY


def test_a_ledger_that_is_still_opening_is_not_called_empty(session, view, qtbot):
    session.ready, session.frame = False, Frame.empty()
    page = ChartsPage(session, view, now=lambda: NOW)
    qtbot.addWidget(page)
    page.show()
    page.feed.finish()
    assert "Opening" in page.empty.words()


def test_a_hidden_page_does_no_work(page, session, monkeypatch):
    page.hide()
    monkeypatch.setattr(charts_page, "stack", None)
    session.show(frame(5))
    assert page.stack_chart.points() == 60


def test_a_chart_that_can_not_be_saved_is_told_by_the_session(page, session, qtbot):
    with qtbot.waitSignal(session.failed) as failed:
        page.ratio.failed.emit(LedgerError("no"))
    assert failed.args[0].title == "no"


def test_the_formula_opens(page, monkeypatch):
    asked = []
    monkeypatch.setattr(charts_page, "show_formula", lambda anchor, _parent: asked.append(anchor))
    for panel in page.panels:
        panel.formula_asked.emit(panel.anchor)
    assert asked == [panel.anchor for panel in page.panels]
