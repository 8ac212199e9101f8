"""Facts and texts are fetched once, ahead of time, and again when they are others."""

from dataclasses import replace

import pytest

from ledger.app import details_cache as module
from ledger.app.details_cache import CAPACITY, DetailsCache
from ledger.core.edits import Aspect, Changes
from ledger.core.errors import StoreFullError
from ledger.flows.evidence.details import InteractionDetails
from ledger.flows.transcript import GuardedText, MaskedTranscript
from tests.ui.pages import fakes


class SlowSession(fakes.FakeClient):
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
def client(monkeypatch, notes):
    def dossier(_store, identity):
        if identity == 99:
            return None
        return InteractionDetails(row=replace(fakes.row(identity), note=notes.get(identity, "")))

    monkeypatch.setattr(module, "details_of", dossier)
    monkeypatch.setattr(
        module.transcript,
        "masked_transcript",
        lambda row: MaskedTranscript(GuardedText(f"prompt {row.id}")),
    )
    return SlowSession()


@pytest.fixture
def known(client):
    return DetailsCache(client)


def test_facts_come_first_and_the_text_after_them(known, client):
    came = []
    known.came.connect(came.append)
    known.want(2**62)  # ids are larger than Qt's int
    assert known.facts(2**62) is None
    client.waiting.pop(0)()
    assert known.facts(2**62).row.id == 2**62
    assert known.text(2**62) is None
    client.answer_all()
    assert known.text(2**62).prompt.text == f"prompt {2**62}"
    assert came == [2**62, 2**62]


def test_what_is_known_is_not_fetched_again(known, client):
    known.want(1)
    known.want(1)
    client.answer_all()
    known.want(1)
    client.answer_all()
    assert (client.asked, client.reads) == (1, 1)


def test_a_tag_fetches_the_facts_again_and_leaves_the_text(known, client, notes):
    known.want(1)
    client.answer_all()
    notes[1] = "new"
    client.changed.emit(Changes(Aspect.TAGS, ids=frozenset((1,))))
    assert known.facts(1).row.note == ""  # shown until the newer one is here
    known.want(1)
    client.answer_all()
    assert known.facts(1).row.note == "new"
    assert (client.asked, client.reads) == (2, 1)


def test_a_log_that_grew_is_read_again(known, client):
    known.want(1)
    client.answer_all()
    client.changed.emit(Changes(Aspect.INTERACTIONS, ids=None))
    known.want(1)
    client.answer_all()
    assert client.reads == 2


def test_what_was_on_its_way_when_it_changed_is_fetched_again(known, client, notes):
    known.want(1)
    client.changed.emit(Changes(Aspect.NOTES, ids=frozenset((1,))))
    notes[1] = "new"
    known.want(1)
    client.answer_all()
    assert known.facts(1).row.note == "new"


def test_only_a_few_are_remembered(known, client):
    for identity in range(CAPACITY + 3):
        known.want(identity)
        client.answer_all()
    assert known.facts(0) is None
    assert known.text(0) is None
    assert known.facts(CAPACITY + 2) is not None


def test_what_was_withdrawn_is_not_there(known, client):
    known.want(99)
    client.answer_all()
    assert known.facts(99) is None


def test_after_a_failure_it_may_be_asked_again(known, client):
    known.want(1)
    client.waiting.clear()
    client.failed.emit(StoreFullError("full"))
    known.want(1)
    client.answer_all()
    assert known.facts(1) is not None
