"""What was drawn stays drawn; what was answered can be taken back."""

import sqlite3

import pytest

from ledger.core.evidence import Question
from tests.making import made_reading

ASKED = Question("/atlas", 990_000, 5_000, 1, 0.25, 0.62, volunteered=False, asked=True)
PASSED = Question("/atlas", 990_001, 5_000, 2, 0.25, 0.8, volunteered=False, asked=False)
GIVEN = Question("/\udc80", 990_000, 6_000, 3, 1.0, 1.0, volunteered=True, asked=False)


def test_a_draw_is_read_back_in_order(store):
    store.evidence.add_questions([GIVEN, PASSED, ASKED])
    assert store.evidence.questions(5_000) == [ASKED, PASSED, GIVEN._replace(project="/?")]
    assert store.evidence.questions(5_001) == [GIVEN._replace(project="/?")]


def test_a_block_is_drawn_once(store):
    store.evidence.add_questions([ASKED])
    store.evidence.add_questions([ASKED._replace(drawn_ms=9_000, pi=1.0), PASSED])
    assert store.evidence.questions() == [ASKED, PASSED]


def test_an_answer_a_skip_and_a_second_thought(store):
    store.evidence.add_questions([ASKED])
    block = ("/atlas", 990_000)
    assert store.evidence.answer_question(*block, answered_ms=7_000)
    assert store.evidence.questions() == [ASKED._replace(answered_ms=7_000)]
    assert store.evidence.answer_question(*block, answered_ms=8_000, skipped=True)
    assert store.evidence.questions() == [ASKED._replace(answered_ms=8_000, skipped=True)]
    assert store.evidence.answer_question(*block, answered_ms=None)
    assert store.evidence.questions() == [ASKED]


def test_what_nobody_asked_cannot_be_answered(store):
    store.evidence.add_questions([PASSED])
    assert not store.evidence.answer_question("/atlas", 990_001, answered_ms=1)
    assert not store.evidence.answer_question("/atlas", 5, answered_ms=1)
    assert store.evidence.questions() == [PASSED]


FOX = "/atlas/.claude/worktrees/fox"


def test_a_question_is_of_the_project_that_its_directory_counts_as_now(store):
    store.evidence.add_questions([PASSED._replace(project=FOX, half_hour=5)])
    store.add([made_reading(1, project=FOX)])
    [question] = store.evidence.questions()
    assert (question.project, question.half_hour) == ("/atlas", 5)


def test_of_two_blocks_that_have_become_one_the_answered_one_counts(store):
    other = ASKED._replace(project=FOX, drawn_ms=9_000)
    store.evidence.add_questions([PASSED._replace(half_hour=990_000), other])
    store.add([made_reading(1, project=FOX)])
    assert store.evidence.questions() == [other._replace(project="/atlas")]
    assert store.evidence.answer_question("/atlas", 990_000, answered_ms=9_500)
    assert store.evidence.questions()[0].answered_ms == 9_500
    assert not store.evidence.answer_question("/other", 990_000, answered_ms=1)


REPLACED = "SELECT machine, project, half_hour, 1, 1, 1, 1, 1, 1, 1, 1 FROM question"


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM question", "UPDATE question SET pi = 1", f"REPLACE INTO question {REPLACED}"],
)
def test_the_file_itself_refuses_to_change_a_draw(store, statement, raw):
    store.evidence.add_questions([ASKED])
    with pytest.raises(sqlite3.IntegrityError, match="stays drawn"):
        raw.execute(statement)
