from dataclasses import replace

import pytest

from ledger.core.rows import EditRow
from ledger.core.words import Intent, Outcome, Tag
from ledger.flows import reading
from ledger.importers.base import Step, StepKind
from ledger.ui.widgets import card as cards
from ledger.ui.widgets.card import MOST_EDITS, PROMPT_LINES, InteractionCard
from tests.ui.pages import fakes

STEPS = (Step(StepKind.PROMPT, "", "asked"), Step(StepKind.ANSWER, "", "answered"))
EDIT = EditRow(1, 0, "/p/a.py", 1, 0, Outcome.APPLIED, False)


class SlowSession(fakes.FakeSession):
    """Answers when the test says so, in any order."""

    def __init__(self):
        super().__init__(fakes.frame(3))
        self.rows = {n: fakes.row(n) for n in (1, 2, 3)}
        self.store.rows = lambda ids: [self.rows[i] for i in ids if i in self.rows]
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
    texts = {n: reading.Prompt(f"prompt {n}") for n in (1, 2, 3)}
    monkeypatch.setattr(cards.reading, "prompt", lambda row: texts[row.id])
    monkeypatch.setattr(cards.reading, "transcript", lambda _row: reading.Transcript(STEPS))
    made = SlowSession()
    made.texts = texts
    return made


@pytest.fixture
def card(qtbot, session):
    made = InteractionCard(session)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def show(card, session, identity=1, **values):
    session.rows[identity] = replace(session.rows[identity], **values)
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
    card.show_interaction(1)
    session.answer()
    card.show_interaction(3)
    session.answer()  # the words of 1
    assert card._prompt.toPlainText() == "prompt 2"
    session.answer_all()
    assert card._prompt.toPlainText() == "prompt 3"


def test_what_the_person_said_of_it_is_there(card, session):
    show(card, session, tag=Tag.EDITED, intent=Intent.EXPERIMENT, labels=("bug",), note="why")
    assert card._pill.text() == "edited"
    assert card._marks.full_text() == "experiment   #bug"
    assert (card._note.text(), card._note.isVisible()) == ("Your note: why", True)
    show(card, session, tag=None, intent=Intent.DELIVERY, labels=(), note="")
    assert (card._pill.text(), card._marks.full_text()) == ("untagged", "")
    assert not card._note.isVisible()


@pytest.mark.parametrize("count", [0, MOST_EDITS, MOST_EDITS + 2])
def test_many_edits_are_cut_and_counted(card, session, count):
    show(card, session, edits=(EDIT,) * count)
    lines = card._edits.text().splitlines()
    assert len(lines) == min(count, MOST_EDITS + 1)
    assert card._edits.isVisible() is bool(count)
    assert ("… and 2 more edits" in lines) is (count > MOST_EDITS)


def test_everything_that_happened_is_shown_when_asked_and_for_this_one_only(card, session):
    show(card, session)
    assert "asked" not in card._steps.toPlainText()
    card.toggle_whole()
    assert "asked" in card._steps.toPlainText()
    show(card, session)  # it changed, but it is the same
    assert "asked" in card._steps.toPlainText()
    show(card, session, 2)
    assert "asked" not in card._steps.toPlainText()


def test_text_that_is_gone_is_explained_instead_and_once(card, session, monkeypatch):
    session.texts[1] = reading.Prompt("", reading.GONE)
    gone = reading.Transcript((), reading.GONE)
    monkeypatch.setattr(cards.reading, "transcript", lambda _row: gone)
    show(card, session)
    assert (card._prompt.toPlainText(), card._steps.toPlainText()) == (reading.GONE, "")
    session.texts[1] = reading.Prompt("")
    show(card, session)
    assert card._prompt.toPlainText() == "(a prompt without words)"


def test_a_long_prompt_takes_some_lines_and_scrolls(card, session):
    session.texts[1] = reading.Prompt("line\n" * 50)
    show(card, session)
    line = card._prompt.fontMetrics().lineSpacing()
    assert PROMPT_LINES * line <= card._prompt.height() < (PROMPT_LINES + 1) * line
    session.texts[1] = reading.Prompt("line")
    show(card, session)
    assert card._prompt.height() < 2 * line


def test_an_interaction_that_was_withdrawn_leaves_the_card_as_it_is(card, session):
    show(card, session)
    del session.rows[1]
    card.show_interaction(1)
    session.answer_all()
    assert card._prompt.toPlainText() == "prompt 1"


def test_an_interaction_without_any_answer_says_so(card, session, monkeypatch):
    monkeypatch.setattr(cards.reading, "transcript", lambda _row: reading.Transcript(()))
    show(card, session)
    assert card._steps.toPlainText() == cards.NO_ANSWER
