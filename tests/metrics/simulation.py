"""Ledgers drawn from a known truth: lognormal sizes, days that hang together, biased tagging."""

from array import array
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from ledger.core.columns import QUARTER_S, Columns
from ledger.core.vocabulary import Tag
from ledger.metrics.frame import Frame
from tests.metrics.rows import MONDAY_S

DAY_S = 86_400
MTE = 20_000_000  # twentieths
MEDIAN_MTE = 0.15
TRUTH_BLOCKS = 400_000
NAMES = tuple(f"/p/{number:02}" for number in range(40))
MODEL_NAMES = tuple(f"m-{number}" for number in range(40))


@dataclass(frozen=True)
class World:
    """How work goes: `sigma` 1.5 lets the largest 5 % of blocks hold 45 % of the tokens."""

    days: int = 28
    per_day: int = 6
    sigma: float = 1.5
    slope: float = -0.25  # of the odds of being kept, per standard deviation of size
    luck: float = 0.5  # of a day, in the odds
    heat: float = 0.3  # of a day, in ln tokens

    @property
    def blocks(self) -> int:
        return self.days * self.per_day


class Blocks:
    """Work blocks of one interaction each: what it cost, what was said of it, and where it was."""

    def __init__(self, mte, tag, *, per_day: int = 6) -> None:
        self.mte = np.asarray(mte, dtype=np.float64)
        self.tag = np.asarray(tag)
        count = len(self.tag)
        self.day, slot = np.divmod(np.arange(count), per_day)
        self.time_s = MONDAY_S + self.day * DAY_S + 9 * 3600 + slot * 1800
        self.project, self.tool, self.kind, self.model, self.intent, self.suggested = (
            np.zeros(count, dtype=np.int64) for _ in range(6)
        )

    @property
    def worth(self) -> np.ndarray:
        return np.asarray([0.0, 1.0, 0.5, 0.0])[self.tag]

    def frame(self) -> Frame:
        """Return the ledger in which every block is one interaction."""
        count = len(self.tag)
        here = np.arange(count)
        order = np.argsort(self.time_s, kind="stable")
        te = np.maximum(np.round(self.mte * MTE), 1).astype(np.int64)[order]
        time_s = self.time_s[order]
        zeros, ones = np.zeros(count, np.int64), np.ones(count, np.int64)
        return Frame.of(
            Columns(
                id=_q(here + 1),
                time_s=_q(time_s),
                session=_q(here // 4),
                project=_i(self.project[order]),
                tool=_b(self.tool[order]),
                origin=_b(zeros),
                tag=_b(self.tag[order]),
                intent=_b(self.intent[order]),
                kind=_b(self.kind[order]),
                suggested=_b(self.suggested[order]),
                confidence=_b(zeros),
                owner=_i(here),
                model=_i(self.model[order]),
                quarter=_i(time_s // QUARTER_S),
                requests=_i(ones),
                unknown=_i(zeros),
                input=_q(zeros),
                cache_read=_q(zeros),
                cache_write=_q(zeros),
                output=_q(zeros),
                reasoning=_q(zeros),
                te_low=_q(te),
                te=_q(te),
                te_high=_q(te),
                projects=NAMES,
                models=MODEL_NAMES,
            )
        )


def drawn(random: np.random.Generator, world: World) -> Blocks:
    """Draw the blocks of a world."""
    day = np.repeat(np.arange(world.days), world.per_day)
    luck = random.normal(0, world.luck, world.days)[day]
    heat = random.normal(0, world.heat, world.days)[day]
    size, dice = random.normal(0, 1, world.blocks), random.random(world.blocks)
    good = 1 / (1 + np.exp(-(0.8 + world.slope * size + luck)))
    tag = np.select([dice < 0.75 * good, dice < good], [Tag.KEPT, Tag.EDITED], Tag.THROWN_AWAY)
    mte = MEDIAN_MTE * np.exp(world.sigma * size + heat)
    return Blocks(mte, tag, per_day=world.per_day)


@cache
def truth(world: World) -> float:
    """Return E[worth] / E[MTE], which every interval is about."""
    many = replace(world, days=TRUTH_BLOCKS // world.per_day)
    spread = world.sigma**2 + world.heat**2
    worth = float(drawn(np.random.default_rng(99), many).worth.mean())
    return worth / (MEDIAN_MTE * float(np.exp(spread / 2)))


def _q(values: np.ndarray) -> "array[int]":
    return array("q", np.asarray(values, np.int64).tobytes())


def _i(values: np.ndarray) -> "array[int]":
    return array("i", np.asarray(values, np.int32).tobytes())


def _b(values: np.ndarray) -> "array[int]":
    return array("b", np.asarray(values, np.int8).tobytes())
