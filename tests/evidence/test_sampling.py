"""The daily draw: chances are recorded, never too small, and the draw can be repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.evidence.sampling import MOST_A_DRAW, UNKNOWN_WORTH, Candidate, how_many, sample

KEY = b"k" * 32
candidates = st.lists(
    st.tuples(st.booleans(), st.none() | st.floats(0, 1)), min_size=1, max_size=40
).map(
    lambda blocks: [
        Candidate("/p", at, volunteered, useful, useful)
        for at, (volunteered, useful) in enumerate(blocks)
    ]
)


@given(candidates, st.integers(1, 6))
def test_every_open_block_has_at_least_half_the_even_chance(candidates, number):
    open_count = sum(not candidate.volunteered for candidate in candidates)
    for candidate, question in zip(candidates, sample(candidates, number, KEY, 0), strict=True):
        assert 0 < question.pi <= 1
        if candidate.volunteered:
            assert question.pi == 1
            assert not question.asked
        else:
            assert question.pi >= min(1, 0.5 * number / open_count) - 1e-12


@given(candidates, st.integers(1, 6))
def test_the_chances_add_up_to_at_most_the_number_of_questions(candidates, number):
    open_chances = [q.pi for q in sample(candidates, number, KEY, 0) if not q.volunteered]
    assert sum(open_chances) <= number + 1e-9


@given(candidates)
def test_the_same_draw_twice_is_the_same_draw(candidates):
    assert sample(candidates, 2, KEY, 0) == sample(candidates, 2, KEY, 0)


def test_the_dice_fall_as_often_as_the_chance_says():
    asked_count = 0
    for day in range(400):
        candidates = [Candidate("/p", day * 20 + at, False, None, None) for at in range(20)]
        asked_count += sum(question.asked for question in sample(candidates, 2, KEY, 0))
    assert asked_count / 400 == pytest.approx(2, abs=0.25)


def test_a_block_without_evidence_is_expected_to_be_worth_what_blocks_are():
    candidates = [Candidate("/p", 1, False, None, None)]
    assert sample(candidates, 1, KEY, 0)[0].expected == UNKNOWN_WORTH


def test_doubtful_suggestions_are_asked_about_more_often():
    candidates = [
        Candidate("/p", at, False, useful, useful)
        for at, useful in enumerate((0.5, 0.99, 0.99, 0.99))
    ]
    chances = [question.pi for question in sample(candidates, 1, KEY, 0)]
    assert chances[0] > 2 * chances[1]


def test_an_absence_piles_nothing_up():
    assert how_many(2, 1) == 2
    assert how_many(2, 3) == 6
    assert how_many(2, 60) == MOST_A_DRAW
    assert how_many(0, 5) == 0
