"""Suggestions learn from sampled answers, a prior of 20 answers at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.vocabulary import Tag
from ledger.evidence.calibration import Agreement, Answer, agreement, calibrated, confusion
from ledger.evidence.rules import PRIORS, Rule


def answer(tag: Tag, rule=Rule.LANDED, chance=0.5) -> Answer:
    return Answer(rule, PRIORS[rule].tag, tag, chance, "claude-code", "/p")


def test_without_answers_the_table_stands():
    assert calibrated([]) == PRIORS


def test_twenty_answers_weigh_as_much_as_the_table():
    prior = calibrated([answer(Tag.THROWN_AWAY)] * 20)[Rule.LANDED]
    assert prior.confidence == pytest.approx(PRIORS[Rule.LANDED].confidence / 2)
    assert prior.worth == pytest.approx(PRIORS[Rule.LANDED].worth / 2)


def test_answers_to_one_rule_leave_the_others_alone():
    priors = calibrated([answer(Tag.THROWN_AWAY)] * 5)
    assert {rule for rule in Rule if priors[rule] != PRIORS[rule]} == {Rule.LANDED}


def test_an_answer_that_was_unlikely_to_be_asked_weighs_more():
    rare = [answer(Tag.THROWN_AWAY, chance=0.1), answer(Tag.KEPT, chance=0.9)]
    often = [answer(Tag.THROWN_AWAY, chance=0.9), answer(Tag.KEPT, chance=0.1)]
    assert calibrated(rare)[Rule.LANDED].confidence < calibrated(often)[Rule.LANDED].confidence


@given(st.lists(st.tuples(st.sampled_from(list(Tag)), st.floats(0.05, 1)), max_size=30))
def test_confidence_and_worth_stay_shares(given_answers):
    answers = [answer(tag, chance=chance) for tag, chance in given_answers]
    for prior in calibrated(answers).values():
        assert 0 <= prior.confidence <= 1
        assert 0 <= prior.worth <= 1


def test_agreement_and_confusion_count_every_answer_once():
    answers = [answer(Tag.KEPT), answer(Tag.KEPT), answer(Tag.EDITED)]
    assert agreement(answers) == Agreement(2, 3)
    table = confusion(answers)
    assert table[Tag.KEPT, Tag.KEPT] == 2
    assert sum(table.values()) == 3
