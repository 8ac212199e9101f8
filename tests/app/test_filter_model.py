from dataclasses import replace
from datetime import date

import pytest

from ledger.app.filter_model import FilterModel, FilterText
from ledger.core.edits import LogEntry, SetLogged
from ledger.core.errors import LedgerError
from ledger.core.filters import ANY, Filter
from ledger.core.usage import Usage
from ledger.flows.filters.periods import Cycle, span_of

TODAY = date(2026, 11, 22)


def test_a_new_filter_is_told_once_and_the_same_one_never(qtbot):
    filter_model = FilterModel()
    heard = []
    filter_model.filter_changed.connect(heard.append)
    filter_ = Filter(tools=frozenset({"codex"}))
    filter_model.set(ANY)
    filter_model.set(filter_)
    filter_model.set(Filter(tools=frozenset({"codex"})))
    assert heard == [filter_]


def test_comparing_is_told_once():
    filter_model = FilterModel()
    heard = []
    filter_model.compare_changed.connect(heard.append)
    filter_model.set_compare(True)
    filter_model.set_compare(True)
    filter_model.set_compare(False)
    assert heard == [True, False]


@pytest.fixture
def filter_model(qapp):
    return FilterModel()


@pytest.fixture
def filter_text(client, filter_model):
    text = FilterText(client, filter_model, lambda: TODAY)
    yield text
    text._roll.stop()  # nothing here takes it along when it goes


def log(qtbot, client, identity, model):
    entry = LogEntry(identity, identity * 1000, "codex", model, "/p", Usage(output=1))
    with qtbot.waitSignal(client.saved):
        client.do(SetLogged(((entry, True),)))


def test_words_stay_as_they_were_typed(filter_text, filter_model):
    filter_text.enter("Tool:Codex  retry")
    assert filter_text.words == "Tool:Codex  retry"
    assert filter_model.filter.text == "retry"


def test_words_that_mean_nothing_change_nothing(filter_text, filter_model):
    filter_text.enter("tool:codex")
    before = filter_model.filter
    with pytest.raises(LedgerError):
        filter_text.enter("model:nothing")
    assert filter_model.filter == before
    assert filter_text.words == "tool:codex"


def test_a_pattern_takes_in_models_that_come_later(qtbot, client, filter_text, filter_model):
    log(qtbot, client, 1, "opus-4")
    filter_text.enter("model:opus*")
    log(qtbot, client, 2, "opus-5")
    assert filter_model.filter.models == {"opus-4", "opus-5"}
    assert filter_text.words == "model:opus*"


def test_news_of_the_ledger_leave_alone_what_somebody_types(qtbot, client, filter_text):
    filter_text.enter("tool:codex")
    with qtbot.assertNotEmitted(filter_text.rewritten):
        log(qtbot, client, 1, "opus-4")


def test_a_click_elsewhere_changes_the_words(qtbot, filter_text, filter_model):
    with qtbot.waitSignal(filter_text.rewritten):
        filter_model.set(replace(ANY, tools=frozenset(("codex",))))
    assert filter_text.words == "tool:codex"


def test_the_ids_that_a_search_found_change_no_words(qtbot, filter_text, filter_model):
    filter_text.enter("retry")
    with qtbot.assertNotEmitted(filter_text.rewritten):
        filter_model.set(replace(filter_model.filter, ids=frozenset((1,))))
    filter_text.enter("retry tool:codex")
    assert filter_model.filter.ids == {1}
    filter_text.enter("other tool:codex")
    assert filter_model.filter.ids is None


def test_the_review_period_follows_its_cycle(filter_text, filter_model):
    filter_text.enter("in:review")
    filter_text.use(Cycle(3, 1))
    filter_ = filter_model.filter
    assert (filter_.since_s, filter_.until_s) == span_of("2026-Q3", TODAY)
    assert filter_text.words == "in:review"


def test_words_of_the_last_time_wait_for_the_ledger(qtbot, client, filter_text, filter_model):
    log(qtbot, client, 1, "opus-4")
    client.ready = False
    filter_text.recall("model:opus*")
    assert filter_text.words == ""
    client.ready = True
    client.frame_changed.emit()
    assert filter_text.words == "model:opus*"
    assert filter_model.filter.models == {"opus-4"}


def test_what_is_remembered_holds_nothing_searched_for(filter_text):
    filter_text.enter('tool:codex "my secret"')
    assert filter_text.remembered_words() == "tool:codex"


def test_values_are_offered_with_how_often_they_occur(qtbot, client, filter_text):
    log(qtbot, client, 1, "opus-4")
    (only,) = filter_text.offers("model:op", 8)
    assert (only.insert, only.number) == ("opus-4", 1)


def test_clearing_shows_everything(qtbot, filter_text, filter_model):
    filter_text.enter("tool:codex last:7d")
    with qtbot.waitSignal(filter_text.rewritten):
        filter_text.clear()
    assert (filter_text.words, filter_text.period, filter_model.filter) == (
        "",
        "all",
        ANY,
    )
