from dataclasses import replace

import pytest

from ledger.app import dossiers as fetching
from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import Fate, Horizon, Suggestion, Survival
from ledger.core.words import Intent, Tag
from ledger.flows import reading
from ledger.flows.dossier import Dossier
from ledger.flows.masking import GuardedStep, Told, guarded
from ledger.importers.base import StepKind
from ledger.ui.widgets import card as cards
from ledger.ui.widgets.card import PROMPT_LINES, InteractionCard
from tests.ui.pages import fakes

STEPS = (
    GuardedStep(StepKind.PROMPT, "", guarded("asked")),
    GuardedStep(StepKind.ANSWER, "", guarded("answered")),
)
TOKEN = "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"


class SlowSession(fakes.FakeSession):
    """Answers when the test says so, in any order."""

    def __init__(self):
        super().__init__(fakes.frame(3))
        self.known = {n: Dossier(row=fakes.row(n)) for n in (1, 2, 3)}
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
def session(monkeypatch):
    made = SlowSession()
    made.texts = {n: Told(guarded(f"prompt {n}"), STEPS) for n in (1, 2, 3)}
    monkeypatch.setattr(fetching, "dossier", lambda _store, identity: made.known.get(identity))
    monkeypatch.setattr(fetching.masking, "told", lambda row: made.texts[row.id])
    return made


@pytest.fixture
def card(qtbot, session):
    made = InteractionCard(session)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def show(card, session, identity=1, **values):
    known = session.known[identity]
    session.known[identity] = replace(known, row=replace(known.row, **values))
    session.changed.emit(Changes(Aspect.INTERACTIONS, ids=frozenset((identity,))))
    card.show_interaction(identity)
    session.answer_all()


def test_figures_come_at_once_and_words_when_they_are_read(card, session):
    card.show_interaction(1)
    session.answer()
    assert card._place.full_text() == "atlas  ·  Claude Code"
    assert card._prompt.toPlainText() == ""
    session.answer()
    assert card._prompt.toPlainText() == "prompt 1"
    assert "answered" in card._steps.toPlainText()


def test_rows_and_words_that_come_too_late_are_not_shown(card, session):
    card.show_interaction(1)
    card.show_interaction(2)
    session.answer(1)  # 2 is there first
    session.answer(0)  # 1 comes too late
    session.answer_all()
    assert card._prompt.toPlainText() == "prompt 2"
    card.show_interaction(3)
    session.answer()
    card.show_interaction(1)
    session.answer()  # the words of 3
    assert card._prompt.toPlainText() == "prompt 1"


def test_what_the_person_said_of_it_is_there(card, session):
    show(card, session, tag=Tag.EDITED, intent=Intent.EXPERIMENT, labels=("bug",), note="why")
    assert card._pill.text() == "edited"
    assert card._marks.full_text() == "experiment   #bug"
    assert (card._note.text(), card._note.isVisible()) == ("Your note: why", True)
    show(card, session, tag=None, intent=Intent.DELIVERY, labels=(), note="")
    assert (card._pill.text(), card._marks.full_text()) == ("untagged", "")
    assert not card._note.isVisible()


def test_everything_that_happened_is_shown_when_asked_and_for_this_one_only(card, session):
    show(card, session)
    assert "asked" not in card._steps.toPlainText()
    card.toggle_whole()
    assert "asked" in card._steps.toPlainText()
    show(card, session)  # it changed, but it is the same
    assert "asked" in card._steps.toPlainText()
    show(card, session, 2)
    assert "asked" not in card._steps.toPlainText()


def test_text_that_is_gone_is_explained_instead_and_once(card, session):
    session.texts[1] = Told(guarded(""), (), reading.GONE, reading.GONE)
    show(card, session)
    assert (card._prompt.toPlainText(), card._steps.toPlainText()) == (reading.GONE, "")
    session.texts[1] = Told(guarded(""), STEPS)
    show(card, session)
    assert card._prompt.toPlainText() == cards.NO_WORDS


def test_a_long_prompt_takes_some_lines_and_scrolls(card, session):
    session.texts[1] = Told(guarded("line\n" * 50), STEPS)
    show(card, session)
    line = card._prompt.fontMetrics().lineSpacing()
    assert PROMPT_LINES * line <= card._prompt.height() < (PROMPT_LINES + 1) * line
    session.texts[1] = Told(guarded("line"), STEPS)
    show(card, session)
    assert card._prompt.height() < 2 * line


def test_an_interaction_that_was_withdrawn_leaves_the_card_as_it_is(card, session):
    show(card, session)
    session.known[2] = None
    card.show_interaction(2)
    session.answer_all()
    assert card._prompt.toPlainText() == "prompt 1"


def test_an_interaction_without_any_answer_says_so(card, session):
    session.texts[1] = Told(guarded("prompt 1"))
    show(card, session)
    assert card._steps.toPlainText() == cards.NO_ANSWER


def test_a_card_that_was_prepared_is_there_at_once(card, session):
    card.prepare(2)
    session.answer_all()
    card.show_interaction(2)
    assert card._prompt.toPlainText() == "prompt 2"
    assert session.waiting == []


def test_secrets_in_a_prompt_are_masked(card, session):
    session.texts[1] = Told(guarded(f"use {TOKEN}"), STEPS)
    show(card, session)
    assert card._prompt.toPlainText() == "use [secret: GitHub token]"


def test_what_speaks_for_a_tag_stands_beside_the_diff_with_the_price(card, session):
    found = Suggestion(interaction=1, tag=Tag.KEPT, confidence=0.85, worth=0.9, why=("It is.",))
    session.known[1] = replace(session.known[1], suggestion=found, dollars=1.5)
    show(card, session)
    assert card._evidence._why.full_text() == "It is."
    shown = {what.text(): much.text() for what, much, _ in card._facts._cells}
    assert shown["API-equivalent"] == "$1.50"
    session.known[2] = replace(session.known[2], dollars=None)
    show(card, session, 2)
    shown = [what.text() for what, _, cell in card._facts._cells if cell.isVisible()]
    assert "API-equivalent" not in shown
    assert not {"Project", "Branch"} & set(shown)


def test_the_evidence_stands_above_the_text_where_it_is_narrow(qtbot, card, session):
    show(card, session)
    assert card._evidence.x() > card._steps.x()
    card.resize(500, 600)
    qtbot.waitUntil(lambda: card._evidence.y() < card._steps.y())
    card.resize(900, 600)
    qtbot.waitUntil(lambda: card._evidence.x() > card._steps.x())


def test_the_commit_is_looked_for_where_something_landed_and_only_there(card, session, monkeypatch):
    asked = []
    monkeypatch.setattr(cards.dossiers, "trail", lambda _store, identity: asked.append(identity))
    monkeypatch.setattr(cards.dossiers, "landing", lambda _trail: "1a2b3c4d5e6f")
    show(card, session)
    card.find_commit()
    session.answer_all()
    assert asked == []
    landed = Survival(
        interaction=1, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=0, anywhere=1.0,
        landed=1.0,
    )  # fmt: skip
    session.known[1] = replace(session.known[1], survivals=(landed,))
    show(card, session)
    card.find_commit()
    session.answer_all()
    assert asked == [1]
    assert "1a2b3c4d5e" in card._evidence._landed.full_text()


def test_all_of_it_can_be_unfolded(card, session):
    call = GuardedStep(StepKind.CALL, "ls", guarded("\n".join(f"line {n}" for n in range(9))))
    session.texts[1] = Told(guarded("prompt 1"), (*STEPS, call))
    show(card, session)
    card.unfold()
    assert "line 8" in card._steps.toPlainText()


def test_a_log_that_grows_is_shown_as_it_grows(card, session):
    show(card, session)
    more = GuardedStep(StepKind.ANSWER, "", guarded("and more"))
    session.texts[1] = Told(guarded("prompt 1"), (*STEPS, more))
    session.changed.emit(Changes(Aspect.INTERACTIONS, ids=frozenset((1,))))
    session.answer_all()
    assert "and more" in card._steps.toPlainText()


def test_a_low_card_keeps_what_one_decides_by(qtbot, card, session):
    show(card, session)
    assert card._facts.isVisible()
    assert not card._cost.isVisible()
    card.resize(500, 220)
    qtbot.waitUntil(lambda: not card._facts.isVisible())
    assert card._cost.full_text() == "1.00 M token-eq."
    qtbot.waitUntil(lambda: card._steps.height() > 3 * card._steps.fontMetrics().lineSpacing())
    assert card._evidence.height() >= card._evidence._pill.height()
