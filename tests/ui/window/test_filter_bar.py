import json
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Intent, Tag
from ledger.flows.filters import periods
from ledger.ui.window.filter_bar import FilterBar


class Calendar:
    """Today, until somebody turns the page."""

    def __init__(self) -> None:
        self.today = date(2026, 11, 22)

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def calendar():
    return Calendar()


@pytest.fixture
def bar(qtbot, client, filter_model, calendar):
    widget = FilterBar(client, filter_model, calendar)
    qtbot.addWidget(widget)
    qtbot.addWidget(widget.text)
    widget.show()
    return widget


def test_a_period_narrows_the_view_and_shows_in_words(bar, filter_model):
    bar.set_period("28d")
    since, until = periods.span_of("28d", date(2026, 11, 22))
    assert (filter_model.filter.since_s, filter_model.filter.until_s) == (since, until)
    assert bar.time_button.value() == "Last 28 days"


def test_a_period_moves_on_after_midnight(bar, filter_model, calendar):
    bar.set_period("7d")
    before = filter_model.filter.since_s
    calendar.today = date(2026, 11, 23)
    bar.filter_text.roll()
    assert filter_model.filter.since_s is not None
    assert before is not None
    assert filter_model.filter.since_s > before
    assert bar.period == "7d"


def test_a_pinned_period_stays(bar, filter_model, calendar):
    bar.set_period("2026-07")
    before = filter_model.filter
    calendar.today = date(2027, 1, 1)
    bar.filter_text.roll()
    assert filter_model.filter == before


def test_a_span_that_a_chart_chose_shows_as_its_days(bar, filter_model):
    since, until = periods.span_of("2026-11-03..2026-11-09", date(2026, 11, 22))
    filter_model.set(Filter(since_s=since, until_s=until))
    assert bar.time_button.value() == "3 Nov 2026 – 9 Nov 2026"


def test_every_part_of_the_filter_must_hold(bar, filter_model):
    bar.set_period("90d")
    filter_model.set(
        replace(filter_model.filter, tools=frozenset(("codex",)), tags=frozenset((Tag.KEPT,)))
    )
    assert bar.facets["tools"].value() == "Codex CLI"
    assert bar.facets["tags"].value() == "Kept"
    bar.facets["tools"].cleared.emit()
    assert filter_model.filter.tools == frozenset()
    assert filter_model.filter.tags == frozenset((Tag.KEPT,))
    assert filter_model.filter.since_s is not None


def test_the_way_back_shows_only_while_something_is_left_out(bar, filter_model):
    assert not bar.clear_button.isVisible()
    filter_model.set(Filter(intents=frozenset((Intent.EXPERIMENT,))))
    assert bar.clear_button.isVisible()
    bar.clear_button.click()
    assert filter_model.filter == ANY
    assert bar.period == "all"


def test_text_is_searched_once_per_word_and_not_per_letter(qtbot, bar, filter_model):
    texts = []
    filter_model.filter_changed.connect(lambda filter_: texts.append(filter_.text))
    QTest.keyClicks(bar.text, "login")
    qtbot.waitUntil(lambda: bool(texts))
    assert texts == ["login"]


def test_enter_searches_at_once_and_an_empty_field_ends_the_search(bar, filter_model):
    QTest.keyClicks(bar.text, "login")
    QTest.keyClick(bar.text, Qt.Key.Key_Return)
    assert filter_model.filter.text == "login"
    bar.text.clear()
    assert filter_model.filter.text == ""


def test_the_filter_is_remembered_without_the_text_searched_for(bar, filter_model):
    bar.set_period("28d")
    filter_model.set(replace(filter_model.filter, models=frozenset(("opus",)), text="secret"))
    state = bar.state()
    assert "secret" not in state
    bar.clear()
    bar.restore(state)
    assert bar.period == "28d"
    assert filter_model.filter.models == frozenset(("opus",))


@pytest.mark.parametrize("state", ["", "{", "[]", "7", json.dumps({"period": "never"})])
def test_a_memory_that_cannot_be_read_narrows_nothing(bar, filter_model, state):
    bar.restore(state)
    assert filter_model.filter == ANY


def test_everything_has_a_name(bar):
    assert bar.text.accessibleName()
    assert all(button.accessibleName() for button in bar.facets.values())


def enter(bar, line):
    bar.text.setText(line)
    QTest.keyClick(bar.text, Qt.Key.Key_Return)


def test_words_narrow_the_view_and_the_buttons_follow(bar, filter_model):
    enter(bar, "tool:codex tag:thrown last:28d retry")
    assert filter_model.filter.tools == frozenset(("codex",))
    assert filter_model.filter.text == "retry"
    assert bar.facets["tools"].value() == "Codex CLI"
    assert bar.facets["tags"].value() == "Thrown away"
    assert bar.time_button.value() == "Last 28 days"


def test_a_button_changes_its_words_and_leaves_the_others_as_typed(bar, filter_model):
    enter(bar, "Tool:codex  retry")
    filter_model.set(replace(filter_model.filter, tags=frozenset((Tag.KEPT,))))
    assert bar.text.text() == "Tool:codex retry tag:kept"
    bar.facets["tools"].cleared.emit()
    assert bar.text.text() == "retry tag:kept"


def test_words_that_mean_nothing_are_told_and_change_nothing(bar, filter_model):
    enter(bar, "tag:kept")
    before = filter_model.filter
    enter(bar, "tols:codex")
    assert filter_model.filter == before
    assert "Did you mean “tool:”" in bar.problem.full_text()
    assert bar.problem.isVisible()
    enter(bar, "tool:codex")
    assert not bar.problem.isVisible()


def test_somebody_in_the_middle_of_a_word_is_not_told_off(qtbot, bar, filter_model):
    QTest.keyClicks(bar.text, "tool:cod")
    qtbot.waitUntil(lambda: filter_model.filter.tools == frozenset(("codex",)))
    assert bar.text.text() == "tool:cod"
    QTest.keyClicks(bar.text, "zzz")
    qtbot.wait(400)
    assert not bar.problem.isVisible()


def test_comparing_is_switched_by_its_button(bar, filter_model):
    bar.compare_button.click()
    assert filter_model.compare
    assert bar.compare_button.value() == "Beside the days before"
    bar.compare_button.cleared.emit()
    assert not filter_model.compare


def test_it_is_said_whether_a_period_moves(bar):
    bar.set_period("28d")
    assert bar.meaning.text == "From 26 Oct 2026, moves with today."
    bar.set_period("2026-Q3")
    assert bar.meaning.text == "1 Jul – 30 Sep 2026, fixed."


def test_words_and_the_comparison_are_remembered(bar, filter_model):
    enter(bar, "kind:refactor last:7d secret")
    bar.toggle_compare()
    state = bar.state()
    assert "secret" not in state
    bar.clear()
    filter_model.set_compare(False)
    bar.restore(state)
    assert filter_model.compare
    assert bar.text.text() == "kind:refactor last:7d"
