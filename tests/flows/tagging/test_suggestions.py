"""Suggestions come from what is stored, follow the person's answers, and change no figure."""

from dataclasses import replace

import pytest

from ledger.core.edits import Aspect, set_tags
from ledger.core.evidence import Fate, Horizon, Observation, Survival
from ledger.core.ids import content_id
from ledger.core.parts import EditPart
from ledger.core.vocabulary import Outcome, Tag
from ledger.evidence.calibration import Answer
from ledger.evidence.rules import PRIORS, Rule
from ledger.evidence.simhash import simhash
from ledger.flows.tagging import suggestions
from ledger.flows.tagging.suggestions import NOTHING_LEARNT, Learned, agreement_sentence, learn
from ledger.metrics.tally import summary_of
from tests.making import MINUTE_MS, START_MS, interaction_id, made_reading

KEY = b"k" * 32
DAY_MS = 86_400_000


def with_edits(count: int, *, outcome=Outcome.APPLIED, gap_ms=40 * MINUTE_MS):
    reading = made_reading(count, gap_ms=gap_ms)
    session = content_id("made-session", "/p")
    for number in range(count):
        time_ms = START_MS + number * gap_ms
        reading.batch.edits.append(
            EditPart(
                content_id("made-edit", str(number)), session, interaction_id(number), time_ms,
                time_ms, "/p/a.py", 40, 0, outcome, False, 0, 0,
            )
        )  # fmt: skip
    return reading


def landed(number: int, share: float) -> Survival:
    return Survival(
        interaction=interaction_id(number),
        horizon=Horizon.WEEK,
        fate=Fate.MEASURED,
        looked_ms=1,
        anywhere=share,
        landed=share,
        grams=400,
        lines=40,
        lines_left=round(40 * share),
    )


def found(workspace, number: int):
    return workspace.store.evidence.suggestions([interaction_id(number)]).get(
        interaction_id(number)
    )


@pytest.fixture
def clock():
    """A clock that stands still two days after the work began."""
    return lambda: START_MS + 2 * DAY_MS


@pytest.fixture
def worked(workspace):
    workspace.add([with_edits(12)])
    workspace.load()
    return workspace


def test_what_git_shows_becomes_a_suggestion_with_its_reason(worked):
    worked.store.evidence.set_survivals([landed(0, 0.95), landed(1, 0.1)], now_ms=1)
    ids = [interaction_id(n) for n in range(3)]
    changes = worked.suggest(ids, NOTHING_LEARNT)
    assert changes.any_of(Aspect.EVIDENCE)
    assert changes.ids == set(ids)
    assert (found(worked, 0).tag, found(worked, 1).tag) == (Tag.KEPT, Tag.THROWN_AWAY)
    assert found(worked, 0).why[0].startswith("38 of 40 added lines are on the default branch")
    assert found(worked, 2).confidence == PRIORS[Rule.ACCEPTED].confidence


def test_suggestions_change_no_figure_that_the_person_confirmed(worked):
    frame = worked.frame
    before = summary_of(frame, frame.select(), "all")
    worked.store.evidence.set_survivals([landed(n, 1.0) for n in range(12)], now_ms=1)
    changes = worked.suggest([interaction_id(n) for n in range(12)], NOTHING_LEARNT)
    after_frame = worked.show(changes).frame
    assert after_frame.suggested.all()
    assert summary_of(after_frame, after_frame.select(), "all") == before


def test_evidence_that_went_away_takes_its_suggestion_with_it(workspace):
    workspace.add([made_reading(1)])
    workspace.load()
    there = replace(landed(0, 0.9), horizon=Horizon.NOW)  # what a past horizon showed stays
    workspace.store.evidence.set_survivals([there], now_ms=1)
    workspace.suggest([interaction_id(0)], NOTHING_LEARNT)
    assert found(workspace, 0)
    workspace.store.evidence.set_survivals(
        [replace(there, fate=Fate.UNKNOWN, anywhere=None)], now_ms=2
    )
    workspace.suggest([interaction_id(0)], NOTHING_LEARNT)
    assert found(workspace, 0) is None


def seen(number: int, words: str) -> Observation:
    return Observation(
        interaction=interaction_id(number), version=1, end=0, print=simhash(words, KEY)
    )


def test_asking_the_same_again_within_ten_minutes_speaks_against_the_first(workspace):
    workspace.add([made_reading(3, gap_ms=5 * MINUTE_MS)])
    workspace.load()
    prompt = "please rewrite the parser so that it reads the header first and then the rows"
    other = "what does the function in the module of the reader do with broken bytes"
    workspace.store.evidence.set_observations(
        [seen(0, prompt), seen(1, prompt + "!"), seen(2, other)]
    )
    workspace.suggest([interaction_id(1)], NOTHING_LEARNT)  # its log was read last
    assert found(workspace, 0).tag is Tag.THROWN_AWAY
    assert found(workspace, 1) is None


def test_the_same_words_an_hour_later_are_no_repeat(workspace):
    workspace.add([made_reading(2, gap_ms=60 * MINUTE_MS)])
    workspace.load()
    prompt = "please rewrite the parser so that it reads the header first and then the rows"
    workspace.store.evidence.set_observations([seen(0, prompt), seen(1, prompt)])
    workspace.suggest([interaction_id(0), interaction_id(1)], NOTHING_LEARNT)
    assert found(workspace, 0) is None


def test_only_answers_to_questions_teach(worked):
    worked.store.evidence.set_survivals([landed(n, 0.95) for n in range(12)], now_ms=1)
    worked.do(set_tags(((interaction_id(0), Tag.THROWN_AWAY),)))
    assert learn(worked.store, worked.frame, START_MS).answers == ()
    worked.draw_first()
    asked = worked.questions()
    for one in asked:
        worked.answer(one, Tag.THROWN_AWAY)
    learnt = worked.learnt()
    assert len(learnt.answers) == len(asked)
    assert learnt.priors[Rule.LANDED].confidence < PRIORS[Rule.LANDED].confidence


def test_where_suggestions_are_often_wrong_there_are_none(worked):
    worked.store.evidence.set_survivals([landed(0, 0.95)], now_ms=1)
    worked.suggest([interaction_id(0)], Learned(PRIORS, (), frozenset({"claude-code"})))
    assert found(worked, 0) is None
    worked.suggest([interaction_id(0)], Learned(PRIORS, (), frozenset({"codex"})))
    assert found(worked, 0)


def test_agreement_is_told_with_its_interval():
    right = Answer(Rule.LANDED, Tag.KEPT, Tag.KEPT, 0.5, "codex", "/p")
    wrong = right._replace(given=Tag.EDITED)
    assert agreement_sentence([right] * 43 + [wrong] * 15) == (
        "Suggestions agreed with you in 43 of 58 answers "
        "(74\u202f%, between 62\u202f% and 84\u202f%)."
    )
    assert "No question" in agreement_sentence([])


def test_ten_wrong_answers_make_a_tool_doubted():
    wrong = Answer(Rule.LANDED, Tag.KEPT, Tag.THROWN_AWAY, 0.5, "codex", "/p")
    assert set(suggestions._doubted([wrong] * 10)) == {"codex", "/p"}
    assert set(suggestions._doubted([wrong] * 9)) == set()
