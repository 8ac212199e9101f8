"""Facts and texts are fetched once, ahead of time, and again when they are others."""

from dataclasses import replace

import pytest

from ledger.app import dossiers as module
from ledger.app.dossiers import KEPT, Dossiers
from ledger.core.edits import Aspect, Changes
from ledger.core.errors import StoreFullError
from ledger.flows.dossier import Dossier
from ledger.flows.masking import Guarded, Told
from tests.ui.pages import fakes


class SlowSession(fakes.FakeSession):
    """Answers when the test says so."""

    def __init__(self):
        super().__init__(fakes.frame(3))
        self.waiting = []
        self.asked = self.reads = 0

    def ask(self, question, answer):
        self.asked += 1
        self.waiting.append(lambda: answer(question(self.store)))

    def read(self, work, answer):
        self.reads += 1
        self.waiting.append(lambda: answer(work()))

    def answer_all(self):
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def notes():
    """What the store says of an interaction's note; a test may change it."""
    return {}


@pytest.fixture
def session(monkeypatch, notes):
    def dossier(_store, identity):
        if identity == 99:
            return None
        return Dossier(row=replace(fakes.row(identity), note=notes.get(identity, "")))

    monkeypatch.setattr(module, "dossier", dossier)
    monkeypatch.setattr(module.masking, "told", lambda row: Told(Guarded(f"prompt {row.id}")))
    return SlowSession()


@pytest.fixture
def known(session):
    return Dossiers(session)


def test_facts_come_first_and_the_text_after_them(known, session):
    came = []
    known.came.connect(came.append)
    known.want(2**62)  # ids are larger than Qt's int
    assert known.facts(2**62) is None
    session.waiting.pop(0)()
    assert known.facts(2**62).row.id == 2**62
    assert known.text(2**62) is None
    session.answer_all()
    assert known.text(2**62).prompt.text == f"prompt {2**62}"
    assert came == [2**62, 2**62]


def test_what_is_known_is_not_fetched_again(known, session):
    known.want(1)
    known.want(1)
    session.answer_all()
    known.want(1)
    session.answer_all()
    assert (session.asked, session.reads) == (1, 1)


def test_a_tag_fetches_the_facts_again_and_leaves_the_text(known, session, notes):
    known.want(1)
    session.answer_all()
    notes[1] = "new"
    session.changed.emit(Changes(Aspect.TAGS, ids=frozenset((1,))))
    assert known.facts(1).row.note == ""  # shown until the newer one is here
    known.want(1)
    session.answer_all()
    assert known.facts(1).row.note == "new"
    assert (session.asked, session.reads) == (2, 1)


def test_a_log_that_grew_is_read_again(known, session):
    known.want(1)
    session.answer_all()
    session.changed.emit(Changes(Aspect.INTERACTIONS, ids=None))
    known.want(1)
    session.answer_all()
    assert session.reads == 2


def test_what_was_on_its_way_when_it_changed_is_fetched_again(known, session, notes):
    known.want(1)
    session.changed.emit(Changes(Aspect.NOTES, ids=frozenset((1,))))
    notes[1] = "new"
    known.want(1)
    session.answer_all()
    assert known.facts(1).row.note == "new"


def test_only_a_few_are_remembered(known, session):
    for identity in range(KEPT + 3):
        known.want(identity)
        session.answer_all()
    assert known.facts(0) is None
    assert known.text(0) is None
    assert known.facts(KEPT + 2) is not None


def test_what_was_withdrawn_is_not_there(known, session):
    known.want(99)
    session.answer_all()
    assert known.facts(99) is None


def test_after_a_failure_it_may_be_asked_again(known, session):
    known.want(1)
    session.waiting.clear()
    session.failed.emit(StoreFullError("full"))
    known.want(1)
    session.answer_all()
    assert known.facts(1) is not None
