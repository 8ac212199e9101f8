"""The daily questions in the window: drawn when due, answered on disk, undone, left alone."""

from dataclasses import replace

import pytest

from ledger.app import questions as module
from ledger.app.questions import Questions
from ledger.core.errors import StoreFullError
from ledger.core.vocabulary import Tag
from ledger.flows.tagging.questions import FIRST_QUESTIONS
from ledger.host.settings import DEFAULTS
from tests.making import START_MS, made_reading

DAY_MS = 86_400_000
NOW_MS = START_MS + 2 * DAY_MS


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(module, "now_ms", lambda: NOW_MS)
    monkeypatch.setattr("ledger.app.ledger_client.now_ms", lambda: NOW_MS)


@pytest.fixture
def worked(qtbot, tmp_path):
    """A client on forty half-hours of work that nobody drew from."""
    from ledger.app.ledger_client import LedgerClient
    from ledger.importers.base import Home
    from ledger.store.store import Store

    path = tmp_path / "data" / "ledger.db"
    with Store.open(path) as store:
        store.add([made_reading(40)])
    opened = LedgerClient(path, Home(tmp_path, {}))
    with qtbot.waitSignal(opened.frame_changed):
        opened.start()
    yield opened
    opened.close()


@pytest.fixture
def questions(qtbot, worked):
    """The questions of a person who asked for the first round."""
    questions = Questions(worked, worked)
    questions.choose(0, 17)
    questions.begin()
    qtbot.waitUntil(lambda: len(questions.waiting) > 3)
    return questions


def test_questions_are_drawn_when_the_hour_has_come(qtbot, worked):
    questions = Questions(worked, worked)
    assert questions.current is None
    qtbot.waitUntil(lambda: len(worked.frame.questions) == 40)


def test_a_person_who_wants_no_questions_gets_none(qtbot, worked, monkeypatch):
    monkeypatch.setattr(module, "DEFAULTS", replace(DEFAULTS, questions_a_day=0))
    questions = Questions(worked, worked)
    questions.draw()
    answers = []
    worked.ask(lambda store: store.evidence.questions(), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [[]]
    questions.choose(2, 17)
    qtbot.waitUntil(lambda: len(worked.frame.questions) == 40)


def test_a_first_round_is_offered_until_it_was_drawn(qtbot, worked, monkeypatch):
    monkeypatch.setattr(Questions, "draw", lambda _self: None)
    questions = Questions(worked, worked)
    assert questions.may_begin
    questions.begin()
    qtbot.waitUntil(lambda: bool(questions.waiting))
    assert not questions.may_begin
    assert len(worked.frame.questions) == 40
    assert len(questions.waiting) <= 2 * FIRST_QUESTIONS


def test_an_answer_tags_what_is_untagged_and_goes_on(qtbot, worked, questions):
    first, number = questions.current, len(questions.waiting)
    moves = []
    questions.moved.connect(moves.append)
    with qtbot.waitSignal(worked.saved) as saved:
        questions.answer(Tag.KEPT)
        assert questions.current != first
        assert moves[-1] == questions.current
    assert saved.args == ["Tag 1 interaction as kept"]
    assert worked.frame.tag[worked.frame.positions(first.ids)].tolist() == [Tag.KEPT]
    assert len(questions.waiting) == number - 1


def test_undo_asks_again(qtbot, worked, questions):
    first, number = questions.current, len(questions.waiting)
    with qtbot.waitSignal(worked.saved):
        questions.answer(Tag.THROWN_AWAY)
    worked.undo()
    qtbot.waitUntil(lambda: len(questions.waiting) == number)
    assert first.question.half_hour in [
        question.question.half_hour for question in questions.waiting
    ]


def test_a_skipped_question_is_never_asked_again_and_tags_nothing(qtbot, worked, questions):
    first = questions.current
    questions.skip()
    qtbot.waitUntil(lambda: any(question.skipped for question in worked.frame.questions))
    questions.come_back()
    assert first.question.half_hour not in [
        question.question.half_hour for question in questions.waiting
    ]
    assert not worked.frame.tag.any()


def test_what_is_left_for_another_day_comes_back_when_wanted(questions):
    first = questions.current
    questions.leave()
    assert questions.current != first
    questions.come_back()
    assert questions.current == first
    questions.leave_all()
    assert questions.current is None


def test_an_answer_that_did_not_reach_the_disk_is_asked_again(
    qtbot, worked, questions, monkeypatch
):
    from ledger.flows.workspace import Workspace

    def full(_self, _asked, _tag):
        raise StoreFullError("The disk is full.")

    monkeypatch.setattr(Workspace, "answer", full)
    first = questions.current
    with qtbot.waitSignal(worked.failed):
        questions.answer(Tag.KEPT)
    qtbot.waitUntil(lambda: questions.current == first)
    assert not worked.frame.tag.any()
