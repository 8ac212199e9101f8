"""The daily questions: drawn once, never piling up, answered only after the tag is on disk."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.core.edits import Aspect, set_tags
from ledger.core.evidence import Suggestion
from ledger.core.vocabulary import Tag
from ledger.flows.tagging import questions
from tests.making import START_MS, interaction_id, made_reading

DAY_MS = questions.DAY_MS
HOUR = 17


@pytest.fixture
def clock():
    """A clock that a test may set."""

    class Clock:
        now = START_MS + 2 * DAY_MS

        def __call__(self) -> int:
            return self.now

    return Clock()


@pytest.fixture
def busy(workspace, clock):
    """Forty blocks in the 27 hours before the first draw."""
    workspace.add([made_reading(40)])
    workspace.load()
    return workspace


def asked(workspace):
    return [one for one in workspace.store.evidence.questions() if one.asked]


def test_a_draw_considers_every_block_that_ended_and_none_twice(busy, clock):
    assert busy.draw(2, HOUR) is not None
    assert len(busy.store.evidence.questions()) == 40
    assert {one.project for one in busy.store.evidence.questions()} == {"/p"}
    clock.now += DAY_MS
    assert busy.draw(2, HOUR) is None
    assert len(busy.store.evidence.questions()) == 40


def test_nothing_is_drawn_twice_on_a_day(busy, clock):
    busy.draw(2, HOUR)
    busy.add([made_reading(50)])
    busy.load()
    clock.now += 60_000
    assert busy.draw(2, HOUR) is None


def test_nothing_is_asked_of_who_wants_no_questions(busy):
    assert busy.draw(0, HOUR) is None
    assert busy.store.evidence.questions() == []


def test_a_block_that_is_not_over_is_not_considered(busy, clock):
    clock.now = START_MS + 60_000
    busy.draw(2, HOUR)
    assert busy.store.evidence.questions() == []


def test_what_was_tagged_before_the_draw_counts_as_it_is(busy):
    busy.do(set_tags(((interaction_id(3), Tag.KEPT),)))
    busy.draw(2, HOUR)
    volunteered = [one for one in busy.store.evidence.questions() if one.volunteered]
    assert [(one.pi, one.asked) for one in volunteered] == [(1.0, False)]


def test_what_the_evidence_expects_is_recorded_with_the_draw(busy):
    busy.store.evidence.set_suggestions(
        [
            Suggestion(
                interaction=interaction_id(3),
                tag=Tag.THROWN_AWAY,
                confidence=0.9,
                worth=0.05,
                why=("It was reverted.",),
            )
        ]
    )
    busy.load()
    busy.draw(2, HOUR)
    expected = sorted(one.expected for one in busy.store.evidence.questions())
    assert expected[0] == 0.05
    assert expected[1] == pytest.approx(0.62)


def test_the_first_draw_may_look_further_back_than_a_week(busy, clock):
    clock.now = START_MS + 60 * DAY_MS
    assert busy.draw(2, HOUR) is None
    busy.draw_first()
    assert len(busy.store.evidence.questions()) == 40
    assert 5 <= len(asked(busy)) <= 36


def test_an_answer_tags_the_block_and_is_noted_after_it(busy, clock):
    busy.draw_first()
    first, *others = busy.questions()
    news = busy.answer(first, Tag.EDITED)
    assert news.changes.any_of(Aspect.TAGS)
    assert news.changes.any_of(Aspect.EVIDENCE)
    assert [row.tag for row in busy.store.rows(first.ids)] == [Tag.EDITED] * len(first.ids)
    assert len(busy.questions()) == len(others)
    answered = [one for one in busy.frame.questions if one.answered_ms is not None]
    assert [one.half_hour for one in answered] == [first.question.half_hour]


def test_an_answer_never_changes_a_tag_that_is_there(workspace, clock):
    workspace.add([made_reading(6, gap_ms=60_000)])  # all in one or two blocks
    workspace.load()
    workspace.draw_first()
    workspace.do(set_tags(((interaction_id(0), Tag.THROWN_AWAY),)))
    for one in workspace.questions():
        workspace.answer(one, Tag.KEPT)
    tags = [row.tag for row in workspace.store.rows([interaction_id(n) for n in range(6)])]
    assert tags[0] is Tag.THROWN_AWAY
    assert set(tags[1:]) <= {Tag.KEPT, None}


def test_undo_takes_the_answer_back_with_its_tags(busy):
    busy.draw_first()
    before = len(busy.questions())
    first = busy.questions()[0]
    busy.answer(first, Tag.KEPT)
    busy.undo()
    assert [row.tag for row in busy.store.rows(first.ids)] == [None] * len(first.ids)
    assert len(busy.questions()) == before  # a slip of the finger is asked about again


def test_a_skipped_question_is_gone_for_good(busy):
    busy.draw_first()
    first = busy.questions()[0]
    busy.skip(first)
    assert first.question.half_hour not in {one.question.half_hour for one in busy.questions()}
    assert all(row.tag is None for row in busy.store.rows(first.ids))


def test_a_question_nobody_answers_goes_away_by_itself(busy, clock):
    busy.draw_first()
    assert busy.questions()
    clock.now += 8 * DAY_MS
    assert busy.questions() == []


@pytest.mark.parametrize(
    ("now", "drawn", "is_due"),
    [
        ("2026-06-03T16:59", "2026-06-02T17:30", False),
        ("2026-06-03T17:00", "2026-06-02T17:30", True),
        ("2026-06-04T09:00", "2026-06-02T17:30", True),
        ("2026-06-03T23:00", "2026-06-03T17:01", False),
    ],
)
def test_a_draw_is_due_once_after_each_days_hour(workspace, now, drawn, is_due):
    from ledger.core.evidence import Question

    def ms(words: str) -> int:
        return int(datetime.fromisoformat(words).replace(tzinfo=UTC).timestamp() * 1000)

    workspace.store.evidence.add_questions(
        [Question("/p", 1, ms(drawn), 0, 1.0, 0.5, False, False)]
    )
    assert questions.is_due(workspace.store, ms(now), time(HOUR), UTC) is is_due


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), st.integers(0, 10))
def test_however_long_one_was_away_no_draw_asks_much(days, a_day):
    assert questions.how_many(a_day, days) <= 6


def test_an_answer_that_was_undone_is_asked_again_and_redone_counts_again(busy):
    busy.draw_first()
    first = busy.questions()[0]
    busy.answer(first, Tag.KEPT)
    assert first.question.half_hour not in [one.question.half_hour for one in busy.questions()]
    busy.undo()
    assert first.question.half_hour in [one.question.half_hour for one in busy.questions()]
    busy.redo()
    assert first.question.half_hour not in [one.question.half_hour for one in busy.questions()]


def test_a_first_round_is_offered_while_there_is_enough_that_nobody_drew_from(busy, clock):
    assert questions.may_begin(busy.frame, clock())
    busy.draw_first()
    assert not questions.may_begin(busy.frame, clock())


def test_a_first_round_is_not_offered_on_a_few_half_hours(workspace, clock):
    workspace.add([made_reading(questions.FIRST_QUESTIONS - 1)])
    assert not questions.may_begin(workspace.load().frame, clock())


def test_a_first_round_is_not_offered_on_work_of_long_ago(busy, clock):
    assert not questions.may_begin(busy.frame, clock() + (questions.FIRST_DAYS + 1) * DAY_MS)


def test_a_draw_by_a_clock_that_was_ahead_holds_nothing_up(busy, clock):
    clock.now += 300 * DAY_MS
    busy.draw_first(days=400)
    assert len(busy.store.evidence.questions()) == 40
    clock.now -= 300 * DAY_MS
    busy.show(busy.add([made_reading(50)]))
    clock.now += DAY_MS
    assert busy.draw(2, HOUR) is not None
    assert len(busy.store.evidence.questions()) == 50
