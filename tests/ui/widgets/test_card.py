from dataclasses import replace

import pytest

from ledger.app import details_cache as fetching
from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import Fate, Horizon, Suggestion, Survival
from ledger.core.vocabulary import Intent, Tag
from ledger.flows import transcript
from ledger.flows.evidence.details import InteractionDetails
from ledger.flows.transcript import GuardedStep, MaskedTranscript, find_secrets
from ledger.importers.base import StepKind
from ledger.metrics.charges import Cost
from ledger.metrics.unpriced import Unpriced
from ledger.ui.widgets import card as cards
from ledger.ui.widgets.card import PROMPT_LINES, InteractionCard
from tests.ui.pages import fakes

STEPS = (
    GuardedStep(StepKind.PROMPT, "", find_secrets("asked")),
    GuardedStep(StepKind.ANSWER, "", find_secrets("answered")),
)
A_DOLLAR_FIFTY = Cost(low=1.5, middle=1.5, high=1.5, priced=1.0, unknown=0.0, portions=1)
TOKEN = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"


class SlowSession(fakes.FakeClient):
    """Answers when the test says so, in any order."""

    def __init__(self):
        super().__init__(fakes.frame(3))
        self.details = {n: InteractionDetails(row=fakes.row(n)) for n in (1, 2, 3)}
        self.waiting = []

    def ask(self, question, answer):
        self.waiting.append(lambda: answer(question(self.store)))

    def read(self, work, answer):
        self.waiting.append(lambda: answer(work()))

    def answer(self, which=0):
        self.waiting.pop(which)()

    def answer_all(self):
        while self.waiting:
            self.answer()


@pytest.fixture
def client(monkeypatch):
    fake = SlowSession()
    fake.texts = {n: MaskedTranscript(find_secrets(f"prompt {n}"), STEPS) for n in (1, 2, 3)}
    monkeypatch.setattr(fetching, "details_of", lambda _store, identity: fake.details.get(identity))
    monkeypatch.setattr(fetching.transcript, "masked_transcript", lambda row: fake.texts[row.id])
    return fake


@pytest.fixture
def card(qtbot, client):
    widget = InteractionCard(client)
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    widget.show()
    return widget


def show(card, client, identity=1, **values):
    details = client.details[identity]
    client.details[identity] = replace(details, row=replace(details.row, **values))
    client.changed.emit(Changes(Aspect.INTERACTIONS, ids=frozenset((identity,))))
    card.show_interaction(identity)
    client.answer_all()


def test_figures_come_at_once_and_words_when_they_are_read(card, client):
    card.show_interaction(1)
    client.answer()
    assert card.place.full_text() == "atlas  ·  Claude Code"
    assert card.prompt.toPlainText() == ""
    client.answer()
    assert card.prompt.toPlainText() == "prompt 1"
    assert "answered" in card.steps.toPlainText()


def test_rows_and_words_that_come_too_late_are_not_shown(card, client):
    card.show_interaction(1)
    card.show_interaction(2)
    client.answer(1)  # 2 is there first
    client.answer(0)  # 1 comes too late
    client.answer_all()
    assert card.prompt.toPlainText() == "prompt 2"
    card.show_interaction(3)
    client.answer()
    card.show_interaction(1)
    client.answer()  # the words of 3
    assert card.prompt.toPlainText() == "prompt 1"


def test_what_the_person_said_of_it_is_there(card, client):
    show(card, client, tag=Tag.EDITED, intent=Intent.EXPERIMENT, labels=("bug",), note="why")
    assert card.pill.text() == "edited"
    assert card.marks.full_text() == "experiment   #bug"
    assert (card.note.text(), card.note.isVisible()) == ("Your note: why", True)
    show(card, client, tag=None, intent=Intent.DELIVERY, labels=(), note="")
    assert (card.pill.text(), card.marks.full_text()) == ("untagged", "")
    assert not card.note.isVisible()


def test_everything_that_happened_is_shown_when_asked_and_for_this_one_only(card, client):
    show(card, client)
    assert "asked" not in card.steps.toPlainText()
    card.toggle_whole()
    assert "asked" in card.steps.toPlainText()
    show(card, client)  # it changed, but it is the same
    assert "asked" in card.steps.toPlainText()
    show(card, client, 2)
    assert "asked" not in card.steps.toPlainText()


def test_text_that_is_gone_is_explained_instead_and_once(card, client):
    client.texts[1] = MaskedTranscript(find_secrets(""), (), transcript.GONE, transcript.GONE)
    show(card, client)
    assert (card.prompt.toPlainText(), card.steps.toPlainText()) == (transcript.GONE, "")
    client.texts[1] = MaskedTranscript(find_secrets(""), STEPS)
    show(card, client)
    assert card.prompt.toPlainText() == cards.NO_WORDS


def test_where_only_the_answer_is_gone_that_is_said_in_its_place(card, client):
    client.texts[1] = MaskedTranscript(find_secrets(""), (), "", transcript.GONE)
    show(card, client)
    assert card.prompt.toPlainText() == cards.NO_WORDS
    assert card.steps.toPlainText() == transcript.GONE


def test_a_long_prompt_takes_some_lines_and_scrolls(card, client):
    client.texts[1] = MaskedTranscript(find_secrets("line\n" * 50), STEPS)
    show(card, client)
    line = card.prompt.fontMetrics().lineSpacing()
    assert PROMPT_LINES * line <= card.prompt.height() < (PROMPT_LINES + 1) * line
    client.texts[1] = MaskedTranscript(find_secrets("line"), STEPS)
    show(card, client)
    assert card.prompt.height() < 2 * line


def test_an_interaction_that_was_withdrawn_leaves_the_card_as_it_is(card, client):
    show(card, client)
    client.details[2] = None
    card.show_interaction(2)
    client.answer_all()
    assert card.prompt.toPlainText() == "prompt 1"


def test_an_interaction_without_any_answer_says_so(card, client):
    client.texts[1] = MaskedTranscript(find_secrets("prompt 1"))
    show(card, client)
    assert card.steps.toPlainText() == cards.NO_ANSWER


def test_a_card_that_was_prepared_is_there_at_once(card, client):
    card.prepare(2)
    client.answer_all()
    card.show_interaction(2)
    assert card.prompt.toPlainText() == "prompt 2"
    assert client.waiting == []


def test_secrets_in_a_prompt_are_masked(card, client):
    client.texts[1] = MaskedTranscript(find_secrets(f"use {TOKEN}"), STEPS)
    show(card, client)
    assert card.prompt.toPlainText() == "use [secret: GitHub token]"


def test_what_speaks_for_a_tag_stands_beside_the_diff_with_the_price(card, client):
    suggestion = Suggestion(
        interaction=1, tag=Tag.KEPT, confidence=0.85, worth=0.9, why=("It is.",)
    )
    client.details[1] = replace(client.details[1], suggestion=suggestion, cost=A_DOLLAR_FIFTY)
    show(card, client)
    assert card.evidence.why.full_text() == "It is."
    shown = {label.text(): much.text() for label, much, _ in card.facts._cells}
    assert shown["API-equivalent"] == "$1.50"
    unpriced = replace(A_DOLLAR_FIFTY, high=None, lacking=(Unpriced("m-1", "web searches"),))
    client.details[2] = replace(client.details[2], cost=unpriced)
    show(card, client, 2)
    shown = {label.text(): much.text() for label, much, _ in card.facts._cells}
    assert shown["API-equivalent"] == "at least $1.50, no price for web searches of m-1"
    client.details[3] = replace(client.details[3], cost=None)
    show(card, client, 3)
    shown = [label.text() for label, _, cell in card.facts._cells if cell.isVisible()]
    assert "API-equivalent" not in shown
    assert not {"Project", "Branch"} & set(shown)


def test_the_evidence_stands_above_the_text_where_it_is_narrow(qtbot, card, client):
    show(card, client)
    assert card.evidence.x() > card.steps.x()
    card.resize(500, 600)
    qtbot.waitUntil(lambda: card.evidence.y() < card.steps.y())
    card.resize(900, 600)
    qtbot.waitUntil(lambda: card.evidence.x() > card.steps.x())


def test_the_commit_is_looked_for_where_something_landed_and_only_there(card, client, monkeypatch):
    queries = []
    monkeypatch.setattr(
        cards.details, "commit_query", lambda _store, identity: queries.append(identity)
    )
    monkeypatch.setattr(cards.details, "landed_commits", lambda _trail: "1a2b3c4d5e6f")
    show(card, client)
    card.find_commit()
    client.answer_all()
    assert queries == []
    landed = Survival(
        interaction=1, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=0, anywhere=1.0,
        landed=1.0,
    )  # fmt: skip
    client.details[1] = replace(client.details[1], survivals=(landed,))
    show(card, client)
    card.find_commit()
    client.answer_all()
    assert queries == [1]
    assert "1a2b3c4d5e" in card.evidence.landed.full_text()


def test_all_of_it_can_be_unfolded(card, client):
    call = GuardedStep(StepKind.CALL, "ls", find_secrets("\n".join(f"line {n}" for n in range(9))))
    client.texts[1] = MaskedTranscript(find_secrets("prompt 1"), (*STEPS, call))
    show(card, client)
    card.unfold()
    assert "line 8" in card.steps.toPlainText()


def test_a_log_that_grows_is_shown_as_it_grows(card, client):
    show(card, client)
    more = GuardedStep(StepKind.ANSWER, "", find_secrets("and more"))
    client.texts[1] = MaskedTranscript(find_secrets("prompt 1"), (*STEPS, more))
    client.changed.emit(Changes(Aspect.INTERACTIONS, ids=frozenset((1,))))
    client.answer_all()
    assert "and more" in card.steps.toPlainText()


def test_a_low_card_keeps_what_one_decides_by(qtbot, card, client):
    show(card, client)
    assert card.facts.isVisible()
    assert not card.cost.isVisible()
    card.resize(500, 220)
    qtbot.waitUntil(lambda: not card.facts.isVisible())
    assert card.cost.full_text() == "1.00 M token-eq."
    qtbot.waitUntil(lambda: card.steps.height() > 3 * card.steps.fontMetrics().lineSpacing())
    assert card.evidence.height() >= card.evidence.pill.height()
