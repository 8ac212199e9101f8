from dataclasses import replace
from datetime import date

import pytest

from ledger.app.view import View
from ledger.app.wording import Wording
from ledger.core.edits import LogEntry, SetLogged
from ledger.core.errors import LedgerError
from ledger.core.filters import ANY
from ledger.core.usage import Usage
from ledger.flows.periods import Cycle, span_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def wording(session):
    made = Wording(session, View(), lambda: TODAY)
    yield made
    made._roll.stop()  # nothing here takes it along when it goes


def log(qtbot, session, identity, model):
    entry = LogEntry(identity, identity * 1000, "codex", model, "/p", Usage(output=1))
    with qtbot.waitSignal(session.saved):
        session.do(SetLogged(((entry, True),)))


def test_words_stay_as_they_were_typed(wording):
    wording.enter("Tool:Codex  retry")
    assert wording.words == "Tool:Codex  retry"
    assert wording._view.filter.text == "retry"


def test_words_that_mean_nothing_change_nothing(wording):
    wording.enter("tool:codex")
    before = wording._view.filter
    with pytest.raises(LedgerError):
        wording.enter("model:nothing")
    assert wording._view.filter == before
    assert wording.words == "tool:codex"


def test_a_pattern_takes_in_models_that_come_later(qtbot, session, wording):
    log(qtbot, session, 1, "opus-4")
    wording.enter("model:opus*")
    log(qtbot, session, 2, "opus-5")
    assert wording._view.filter.models == {"opus-4", "opus-5"}
    assert wording.words == "model:opus*"


def test_news_of_the_ledger_leave_alone_what_somebody_types(qtbot, session, wording):
    wording.enter("tool:codex")
    with qtbot.assertNotEmitted(wording.rewritten):
        log(qtbot, session, 1, "opus-4")


def test_a_click_elsewhere_changes_the_words(qtbot, wording):
    with qtbot.waitSignal(wording.rewritten):
        wording._view.set(replace(ANY, tools=frozenset(("codex",))))
    assert wording.words == "tool:codex"


def test_the_ids_that_a_search_found_change_no_words(qtbot, wording):
    wording.enter("retry")
    with qtbot.assertNotEmitted(wording.rewritten):
        wording._view.set(replace(wording._view.filter, ids=frozenset((1,))))
    wording.enter("retry tool:codex")
    assert wording._view.filter.ids == {1}
    wording.enter("other tool:codex")
    assert wording._view.filter.ids is None


def test_the_review_period_follows_its_cycle(wording):
    wording.enter("in:review")
    wording.use(Cycle(3, 1))
    chosen = wording._view.filter
    assert (chosen.since_s, chosen.until_s) == span_of("2026-Q3", TODAY)
    assert wording.words == "in:review"


def test_words_of_the_last_time_wait_for_the_ledger(qtbot, session, wording):
    log(qtbot, session, 1, "opus-4")
    session.ready = False
    wording.recall("model:opus*")
    assert wording.words == ""
    session.ready = True
    session.frame_changed.emit()
    assert wording.words == "model:opus*"
    assert wording._view.filter.models == {"opus-4"}


def test_what_is_remembered_holds_nothing_searched_for(wording):
    wording.enter('tool:codex "my secret"')
    assert wording.kept_words() == "tool:codex"


def test_values_are_offered_with_how_often_they_occur(qtbot, session, wording):
    log(qtbot, session, 1, "opus-4")
    (only,) = wording.offers("model:op", 8)
    assert (only.insert, only.number) == ("opus-4", 1)


def test_clearing_shows_everything(qtbot, wording):
    wording.enter("tool:codex last:7d")
    with qtbot.waitSignal(wording.rewritten):
        wording.clear()
    assert (wording.words, wording.period, wording._view.filter) == ("", "all", ANY)
