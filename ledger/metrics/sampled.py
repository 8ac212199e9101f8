"""Worth estimated from the daily questions: suggestions, corrected by a probability sample.

The difference estimator of metrics 4.3: every block asked about corrects what was expected of all
of them by the inverse of its chance, so the sum is unbiased whatever the suggestions were worth.
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
from ledger.metrics.blocks import DECIDED, WHOLE, BlockIndex, lower_worth

LEAST_RESPONSE = 0.3
FEWEST_ANSWERS = 10
FEWEST_BLOCKS = 30
CONSIDERED = 0.9  # of the blocks must have been drawn from, or be decided
WIDEST = 6.0
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Sampled:
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
            and high <= WIDEST * low
        )


@dataclass(frozen=True, eq=False)
class Asked:
    """The questions laid beside a frame's blocks; one element per question that has its block."""

    blocks: BlockIndex
    projects: tuple[str, ...]
    questions: Sequence[Question]

    @cached_property
    def _found(self) -> list[tuple[int, Question]]:
        number = {name: at for at, name in enumerate(self.projects)}
        width = len(self.projects) + 1
        keys = self.blocks.half * np.int64(width) + self.blocks.project
        wanted = np.asarray([_key(one, number, width) for one in self.questions], np.int64)
        if not len(keys) or not len(wanted):
            return []
        order = np.argsort(keys)
        at = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
        is_there = (keys[at] == wanted).tolist()
        together = zip(at.tolist(), self.questions, is_there, strict=True)
        return [(block, one) for block, one, there in together if there]

    @cached_property
    def block(self) -> Ints:
        """The block of each question."""
        return np.asarray([block for block, _ in self._found], dtype=np.intp)

    @cached_property
    def expected(self) -> Floats:
        """What was expected of it at the draw, in percent."""
        return np.asarray([one.expected * WHOLE for _, one in self._found], dtype=np.float64)

    @cached_property
    def chance(self) -> Floats:
        """Its chance of being asked and answered: the recorded one times its week's response."""
        week = self.blocks.week
        weeks = [int(week[block]) for block, _ in self._found]
        asked = Counter(w for w, (_, one) in zip(weeks, self._found, strict=True) if one.asked)
        answered = Counter(
            w for w, (_, one) in zip(weeks, self._found, strict=True) if _is_answered(one)
        )
        response = {w: max(answered[w] / asked[w], LEAST_RESPONSE) for w in asked}
        return np.asarray(
            [one.pi * response.get(w, 1.0) for w, (_, one) in zip(weeks, self._found, strict=True)],
            dtype=np.float64,
        )

    @cached_property
    def answered(self) -> Bools:
        """Whether the person answered it."""
        return np.asarray([_is_answered(one) for _, one in self._found], dtype=np.bool_)

    @cached_property
    def volunteered(self) -> Bools:
        """Whether its worth was known before the draw."""
        return np.asarray([one.volunteered for _, one in self._found], dtype=np.bool_)


def _key(one: Question, number: dict[str, int], width: int) -> int:
    return one.half_hour * width + number.get(one.project, width - 1)


def _is_answered(one: Question) -> bool:
    return one.asked and one.answered_ms is not None


def sampled(asked: Asked, codes: Codes, whole: Bools, edited_worth: int) -> Sampled | None:
    """Return the estimated worth of the blocks that have a code; None where it cannot be said.

    `codes` are the tags of each block (0: not in the selection), `whole` says of each block whether
    all of it is: a part of a block was never drawn.
    """
    there = codes > 0
    if not there.any() or not whole[there].all():
        return None
    worth = lower_worth(edited_worth)[codes].astype(np.float64)
    decided = DECIDED[codes]
    mine = there[asked.block] if len(asked.block) else np.zeros(0, dtype=np.bool_)
    block = asked.block[mine]
    drawn = np.zeros(len(codes), dtype=np.bool_)
    drawn[block] = True
    known = there & (drawn | decided)
    if known.sum() < CONSIDERED * there.sum():
        return None
    expected = asked.expected[mine]
    base = np.where(asked.volunteered[mine] & decided[block], worth[block], expected)
    corrects = asked.answered[mine] & decided[block] & ~asked.volunteered[mine]
    chance = asked.chance[mine][corrects]
    gap = worth[block][corrects] - expected[corrects]
    outside = worth[there & ~drawn & decided].sum()
    total = float(base.sum() + (gap / chance).sum() + outside)
    variance = float(((1 - chance) / chance**2 * gap**2).sum())
    scale = int(there.sum()) / int(known.sum())  # blocks that nobody drew from behave like the rest
    return Sampled(
        worth=min(max(total * scale, 0.0), float(WHOLE) * int(there.sum())),
        error=sqrt(variance) * scale,
        answers=int(corrects.sum()),
        blocks=int(there.sum()),
    )
