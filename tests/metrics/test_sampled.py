"""The estimate from the daily questions: unbiased, honest about its error, silent when it must."""

import random

import numpy as np
import pytest

from ledger.core.evidence import Question
from ledger.core.vocabulary import Tag
from ledger.evidence.sampling import Candidate, sample
from ledger.metrics.sampled import estimate_worth
from ledger.metrics.tally import summary_of
from tests.metrics.rows import HALF_S, MONDAY_S, Row, frame, spent

WORTH = {Tag.KEPT: 1.0, Tag.EDITED: 0.5, Tag.THROWN_AWAY: 0.0}
DAY_S = 86_400
BLOCKS_A_DAY = 10


def at(number: int) -> int:
    day, block = divmod(number, BLOCKS_A_DAY)
    return MONDAY_S + day * DAY_S + (16 + block) * HALF_S


def ledger(tags: list[Tag | None]):
    rows = [
        Row(
            n + 1, time_s=at(n), project="/p/a", tag=int(tag or 0), uses=(spent(20_000_000, at(n)),)
        )
        for n, tag in enumerate(tags)
    ]
    return frame(rows)


def half_hour(number: int) -> int:
    return at(number) // HALF_S


def considered(number: int, *, chance: float = 0.2, expected: float = 0.5):
    return Question("/p/a", half_hour(number), 0, 0, chance, expected, False, False, None)


def asked(number: int, **more):
    return considered(number, **more)._replace(asked=True, answered_ms=1)


def ratio_of(made):
    return summary_of(made, made.select(), "all").ratio


def test_without_questions_the_point_is_assumed():
    tags = [Tag.KEPT, Tag.THROWN_AWAY, None] * 40
    assert ratio_of(ledger(tags)).sampled is False


def test_enough_answers_make_a_point_that_is_not_assumed():
    truth = [Tag.KEPT if n % 3 else Tag.THROWN_AWAY for n in range(120)]
    questions = [asked(n) if n % 5 == 0 else considered(n) for n in range(120)]
    tags = [truth[n] if n % 5 == 0 else None for n in range(120)]
    figure = ratio_of(ledger(tags).with_questions(questions))
    assert figure.sampled
    assert not figure.assumed
    assert figure.answers == 24
    assert figure.lower < figure.sample_low < figure.point < figure.sample_high < figure.upper


def test_questions_change_neither_bounds_nor_coverage():
    tags = [Tag.KEPT if n % 5 == 0 else None for n in range(120)]
    plain = ledger(tags)
    told = plain.with_questions([considered(n, expected=1.0) for n in range(120)])
    before, after = summary_of(plain, plain.select(), "all"), summary_of(told, told.select(), "all")
    assert (before.ratio.lower, before.ratio.upper) == (after.ratio.lower, after.ratio.upper)
    assert (before.coverage, before.coverage_blocks) == (after.coverage, after.coverage_blocks)


@pytest.mark.parametrize(("kept_of_three", "word"), [(1, Tag.KEPT), (2, Tag.THROWN_AWAY)])
def test_the_estimate_and_both_its_ends_stay_within_what_is_known(kept_of_three, word):
    """An unlucky draw: everything that nobody asked about is told, and is the opposite."""
    questions = [asked(n, chance=0.5) if n < 60 else considered(n, chance=0.5) for n in range(120)]
    answers = [Tag.KEPT if n % 3 < kept_of_three else Tag.THROWN_AWAY for n in range(60)]
    figure = ratio_of(ledger([*answers, *[word] * 55, *[None] * 5]).with_questions(questions))
    assert figure.sampled
    assert figure.lower <= figure.sample_low <= figure.point
    assert figure.point <= figure.sample_high <= figure.upper


def test_too_few_answers_make_no_point():
    tags = [Tag.KEPT if n < 9 else None for n in range(120)]
    questions = [asked(n) if n < 9 else considered(n) for n in range(120)]
    assert not ratio_of(ledger(tags).with_questions(questions)).sampled


def test_an_answer_that_was_undone_no_longer_counts():
    tags = [Tag.KEPT if n % 5 == 0 else None for n in range(120)]
    questions = [asked(n) if n % 5 == 0 else considered(n) for n in range(120)]
    whole = ratio_of(ledger(tags).with_questions(questions))
    tags[0] = None
    assert ratio_of(ledger(tags).with_questions(questions)).answers == whole.answers - 1


def test_a_tag_that_is_volunteered_after_the_draw_does_not_move_the_point():
    truth = [Tag.KEPT if n % 2 else Tag.THROWN_AWAY for n in range(120)]
    questions = [asked(n) if n % 4 == 0 else considered(n) for n in range(120)]
    tags = [truth[n] if n % 4 == 0 else None for n in range(120)]
    before = ratio_of(ledger(tags).with_questions(questions))
    tags[1] = Tag.KEPT
    after = ratio_of(ledger(tags).with_questions(questions))
    assert after.point == pytest.approx(before.point)
    assert after.lower > before.lower


def test_a_part_of_a_block_was_never_drawn_so_it_gets_no_estimate():
    tags = [Tag.KEPT if n % 5 == 0 else None for n in range(120)]
    made = ledger(tags).with_questions([asked(n, chance=1.0) for n in range(120)])
    codes = np.ones(120, dtype=np.uint8)
    assert estimate_worth(made.question_sample, codes, np.ones(120, dtype=np.bool_), 50) is not None
    assert estimate_worth(made.question_sample, codes, np.zeros(120, dtype=np.bool_), 50) is None


def test_blocks_from_before_the_questions_began_forbid_the_estimate():
    tags = [Tag.KEPT if n % 5 == 0 else None for n in range(240)]
    questions = [asked(n) if n % 5 == 0 else considered(n) for n in range(120)]
    assert not ratio_of(ledger(tags).with_questions(questions)).sampled


def simulated(dice: random.Random, blocks: int, *, response: float) -> tuple[float, bool]:
    """Return the relative error of one estimate and whether its interval holds the truth."""
    truth = [dice.choices(list(Tag), (0.55, 0.2, 0.25))[0] for _ in range(blocks)]
    worth = [WORTH[tag] for tag in truth]
    expected = [min(max(w + dice.gauss(0.05, 0.3), 0.02), 0.98) for w in worth]
    telling = [dice.random() < 0.5 for _ in range(blocks)]
    questions = []
    for day in range(0, blocks, BLOCKS_A_DAY):
        today = [
            Candidate("/p/a", half_hour(n), False, expected[n], expected[n])
            if telling[n]
            else Candidate("/p/a", half_hour(n), False, None, None)
            for n in range(day, min(day + BLOCKS_A_DAY, blocks))
        ]
        questions += sample(today, 2, dice.randbytes(32), 0)
    tags: list[Tag | None] = [None] * blocks
    for n, one in enumerate(questions):
        if one.asked and dice.random() < response:
            questions[n] = one._replace(answered_ms=1)
            tags[n] = truth[n]
    made = ledger(tags).with_questions(questions)
    figure = ratio_of(made)
    if not figure.sampled:
        return float("nan"), True
    right = sum(worth) / (blocks * 1.0)
    # Every block cost one MTE, so the ratio is the mean worth of a block.
    return figure.point / right - 1, figure.sample_low <= right <= figure.sample_high


def trial(trials: int, *, response: float) -> tuple[float, float, int]:
    dice = random.Random(7)
    made = [simulated(dice, 280, response=response) for _ in range(trials)]
    told = [one for one in made if one[0] == one[0]]
    bias = sum(error for error, _ in told) / len(told)
    covers = sum(holds for _, holds in told) / len(told)
    return bias, covers, len(told)


def test_the_estimate_is_unbiased_and_its_interval_covers():
    bias, covers, told = trial(60, response=1.0)
    assert told == 60
    assert abs(bias) < 0.03
    assert covers >= 0.88  # 60 trials; the long gate asks for 93 %


@pytest.mark.long
def test_the_interval_of_the_estimate_covers_at_least_93_percent():
    for response in (1.0, 0.8):
        bias, covers, told = trial(1000, response=response)
        print(f"response {response:.0%}: bias {bias:+.3f}, coverage {covers:.3f}, {told} trials")
        assert abs(bias) < 0.02
        assert covers >= 0.93
