"""Worth estimated from the daily questions: suggestions, corrected by a probability sample.

The difference estimator (Särndal, Swensson and Wretman 1992, chapter 6): every block asked about
corrects what was expected of all of them by the inverse of its chance, so the sum is unbiased
whatever the suggestions were worth.
A tag that was volunteered after the draw narrows the bounds and does not enter here: people
volunteer what they were not asked about, and that is not random.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np

from ledger.core.evidence import Question
from ledger.metrics.arrays import Bools, Codes, Floats, Ints
from ledger.metrics.blocks import DECIDED, FULL_WORTH, BlockIndex, lower_worth

LEAST_RESPONSE = 0.3
FEWEST_ANSWERS = 10
FEWEST_BLOCKS = 30
MIN_CONSIDERED_SHARE = 0.9  # of the blocks must have been drawn from, or be decided
MAX_INTERVAL_FACTOR = 6.0
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class SampledWorth:
    """Worth of some blocks in percent of a block, with its design-based standard error."""

    worth: float
    error: float
    answers: int
    blocks: int

    @property
    def ends(self) -> tuple[float, float]:
        """Return the 95 % interval of the worth, never below nothing."""
        half = NORMAL_95 * self.error
        return max(self.worth - half, 0.0), self.worth + half

    @property
    def is_telling(self) -> bool:
        """Whether there were enough answers for a single value."""
        low, high = self.ends
        return (
            self.answers >= FEWEST_ANSWERS
            and self.blocks >= FEWEST_BLOCKS
            and low > 0
            and high <= MAX_INTERVAL_FACTOR * low
        )


@dataclass(frozen=True, eq=False)
class QuestionSample:
    """The questions laid beside a frame's blocks; one element per question that has its block."""

    blocks: BlockIndex
    projects: tuple[str, ...]
    questions: Sequence[Question]

    @cached_property
    def _matched(self) -> list[tuple[int, Question]]:
        number = {name: at for at, name in enumerate(self.projects)}
        width = len(self.projects) + 1
        keys = self.blocks.half * np.int64(width) + self.blocks.project
        block_keys = np.asarray(
            [_block_key(question, number, width) for question in self.questions], np.int64
        )
        if not len(keys) or not len(block_keys):
            return []
        order = np.argsort(keys)
        at = order[np.minimum(np.searchsorted(keys, block_keys, sorter=order), len(keys) - 1)]
        is_there = (keys[at] == block_keys).tolist()
        together = zip(at.tolist(), self.questions, is_there, strict=True)
        return [(block, question) for block, question, is_known in together if is_known]

    @cached_property
    def block(self) -> Ints:
        """The block of each question."""
        return np.asarray([block for block, _ in self._matched], dtype=np.intp)

    @cached_property
    def expected(self) -> Floats:
        """What was expected of it at the draw, in percent."""
        return np.asarray(
            [question.expected * FULL_WORTH for _, question in self._matched], dtype=np.float64
        )

    @cached_property
    def chance(self) -> Floats:
        """Its chance of being asked and answered: the recorded one times its week's response."""
        week = self.blocks.week
        weeks = [int(week[block]) for block, _ in self._matched]
        asked_in = Counter(
            w for w, (_, question) in zip(weeks, self._matched, strict=True) if question.asked
        )
        answered_in = Counter(
            w
            for w, (_, question) in zip(weeks, self._matched, strict=True)
            if _is_answered(question)
        )
        response = {w: max(answered_in[w] / asked_in[w], LEAST_RESPONSE) for w in asked_in}
        return np.asarray(
            [
                question.pi * response.get(w, 1.0)
                for w, (_, question) in zip(weeks, self._matched, strict=True)
            ],
            dtype=np.float64,
        )

    @cached_property
    def answered(self) -> Bools:
        """Whether the person answered it."""
        return np.asarray([_is_answered(question) for _, question in self._matched], dtype=np.bool_)

    @cached_property
    def volunteered(self) -> Bools:
        """Whether its worth was known before the draw."""
        return np.asarray([question.volunteered for _, question in self._matched], dtype=np.bool_)


def _block_key(question: Question, number: dict[str, int], width: int) -> int:
    return question.half_hour * width + number.get(question.project, width - 1)


def _is_answered(question: Question) -> bool:
    return question.asked and question.answered_ms is not None


def estimate_worth(
    questions: QuestionSample, codes: Codes, complete: Bools, edited_worth: int
) -> SampledWorth | None:
    """Return the estimated worth of the blocks that have a code; None where it cannot be said.

    `codes` are the tags of each block (0: not in the selection), `complete` says of each block
    whether all of it is: a part of a block was never drawn.
    """
    selected = codes > 0
    if not selected.any() or not complete[selected].all():
        return None
    worth = lower_worth(edited_worth)[codes].astype(np.float64)
    decided = DECIDED[codes]
    in_selection = (
        selected[questions.block] if len(questions.block) else np.zeros(0, dtype=np.bool_)
    )
    block = questions.block[in_selection]
    drawn = np.zeros(len(codes), dtype=np.bool_)
    drawn[block] = True
    known = selected & (drawn | decided)
    if known.sum() < MIN_CONSIDERED_SHARE * selected.sum():
        return None
    expected = questions.expected[in_selection]
    base = np.where(questions.volunteered[in_selection] & decided[block], worth[block], expected)
    corrects = (
        questions.answered[in_selection] & decided[block] & ~questions.volunteered[in_selection]
    )
    chance = questions.chance[in_selection][corrects]
    gap = worth[block][corrects] - expected[corrects]
    outside = worth[selected & ~drawn & decided].sum()
    total = float(base.sum() + (gap / chance).sum() + outside)
    variance = float(((1 - chance) / chance**2 * gap**2).sum())
    scale = int(selected.sum()) / int(
        known.sum()
    )  # blocks that nobody drew from behave like the rest
    return SampledWorth(
        worth=min(max(total * scale, 0.0), float(FULL_WORTH) * int(selected.sum())),
        error=sqrt(variance) * scale,
        answers=int(corrects.sum()),
        blocks=int(selected.sum()),
    )
