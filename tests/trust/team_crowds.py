"""Made-up colleagues, and an attacker who knows everybody's public weekly commits."""

from array import array
from typing import NamedTuple

import numpy as np

from ledger.core.columns import Columns
from ledger.core.team import MTE, Card, Period
from ledger.flows.team.open_cards import card_of
from ledger.metrics.frame import Frame
from tests.metrics.rows import HALF_S

WEEKS = 13
QUARTER = Period.read("2026-Q3")
WEEK_HALVES = 7 * 48
COMMITS, BLOCKS = 2.6, 2.9  # ln of commits and of half-hours a week
HABIT, WEEKLY = 0.45, 0.45  # how much people differ, and the weeks of one person
# How far who commits more also works more with AI: chosen so that an attacker who has unrounded
# totals finds about 34, 25 and 10 % of 5, 8 and 20 people.
ALIKE = 0.5
FATES = 4


class Colleague(NamedTuple):
    """What one person did in a quarter."""

    commits: np.ndarray  # public, by week
    blocks: np.ndarray  # half-hours with AI, by week
    rates: np.ndarray  # share of untagged, kept, edited, thrown away
    mte: float  # tokens of a block


def team(luck: np.random.Generator, people: int) -> list[Colleague]:
    """Draw people who each have a habit of their own, and busy and idle weeks."""
    made = []
    for _ in range(people):
        busy = np.exp(luck.normal(0, WEEKLY, WEEKS)) * (luck.random(WEEKS) > 0.08)
        diligent = luck.normal()
        commits = luck.poisson(np.exp(COMMITS + HABIT * diligent) * busy)
        own = ALIKE * diligent + (1 - ALIKE**2) ** 0.5 * luck.normal()
        blocks = luck.poisson(np.exp(BLOCKS + HABIT * own) * busy)
        blocks[0] += max(0, 20 - blocks.sum())  # whoever has fewer makes no card
        rates = luck.dirichlet([2, 5, 2, 2])
        made.append(Colleague(commits, blocks, rates, float(np.exp(luck.normal(-1.2, 0.6)))))
    return made


def ledger(person: Colleague, luck: np.random.Generator) -> Frame:
    """Return a ledger with one interaction in each of the person's half-hours."""
    halves = np.sort(np.concatenate([
        week * WEEK_HALVES + luck.choice(WEEK_HALVES, min(int(count), WEEK_HALVES), replace=False)
        for week, count in enumerate(person.blocks)
    ]))  # fmt: skip
    size = len(halves)
    times = QUARTER.since_s + halves * HALF_S
    te = (luck.lognormal(np.log(person.mte), 0.8, size) * MTE).astype(np.int64)
    tags = luck.choice(FATES, size, p=person.rates)

    def q(values: np.ndarray) -> "array[int]":
        return array("q", np.asarray(values, dtype=np.int64).tobytes())

    def i(values: np.ndarray) -> "array[int]":
        return array("i", np.asarray(values, dtype=np.int32).tobytes())

    def b(values: np.ndarray) -> "array[int]":
        return array("b", np.asarray(values, dtype=np.int8).tobytes())

    none, ones = np.zeros(size), np.ones(size)
    return Frame.of(
        Columns(
            id=q(np.arange(size)), time_s=q(times), session=q(none), project=i(none),
            tool=b(none), origin=b(none), tag=b(tags), intent=b(luck.random(size) < 0.1),
            owner=i(np.arange(size)), model=i(none), quarter=i(times // 900), requests=i(ones),
            unknown=i(none), input=q(none), cache_read=q(none), cache_write=q(none),
            output=q(none), reasoning=q(none), te_low=q(te), te=q(te), te_high=q(te),
            projects=("/p",), models=("m",),
        )
    )  # fmt: skip


def card(person: Colleague, luck: np.random.Generator) -> Card:
    """Return the card that the product makes of the person's quarter."""
    return card_of(ledger(person, luck), QUARTER, QUARTER.until_s)


def best_matches(files: np.ndarray, known: np.ndarray) -> int:
    """Count the files whose nearest colleague, by standardised logarithms, is the right one."""
    return matches(_spread(files), known)


def mean_matches(files: list[np.ndarray], known: np.ndarray) -> int:
    """Count the same for the mean of several numbers of each file."""
    return matches(np.mean([_spread(values) for values in files], axis=0), known)


def matches(marks: np.ndarray, known: np.ndarray) -> int:
    """Count the marks that lie nearest to the right colleague's."""
    nearest = np.abs(marks[:, None] - _spread(known)).argmin(axis=1)
    return int((nearest == np.arange(len(marks))).sum())


def _spread(values: np.ndarray) -> np.ndarray:
    logs = np.log1p(values.astype(float))
    return (logs - logs.mean()) / (logs.std() + 1e-9)


def series_matches(files: np.ndarray, known: np.ndarray) -> int:
    """Count the weekly series that go up and down with the right colleague's commits."""
    return sum(
        int(np.argmax([np.corrcoef(row, other)[0, 1] for other in known]) == at)
        for at, row in enumerate(files)
    )
