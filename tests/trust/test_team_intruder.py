"""X18: somebody who holds a year of sums and knows who was on holiday guesses hardly better.

The intruder is a member: they know their own numbers, who took part in which round, and every
sum. They guess a colleague's kept share to within ten points, by least squares with as much
caution as helps them most; somebody without any idea says the team's mean.
"""

import numpy as np
import pytest

from ledger.core.team import LEAST_PEOPLE, MTE, Counts, rounded
from tests.teaming import PERIOD

ROUNDS, NEAR, AWAY = 13, 0.1, 0.12
CAUTION = (0.0, 1.0, 10.0)
QUICK_TEAMS, LONG_TEAMS = 60, 600
MOST_TIMES_MEAN = 1.2


class Year:
    """A year of one team: what everybody sealed, and who took part."""

    def __init__(self, luck: np.random.Generator, people: int) -> None:
        habits = luck.beta(5, 4, people)
        busy = luck.normal(4.2, 0.4, people)
        shape = (ROUNDS, people)
        blocks = np.maximum(20, np.exp(busy + luck.normal(0, 0.35, shape))).astype(int)
        kept = luck.binomial(blocks, np.clip(habits + luck.normal(0, 0.08, shape), 0, 1))
        here = luck.random(shape) > AWAY
        here[:, 0] = True
        held = here.sum(axis=1) >= LEAST_PEOPLE
        vectors = [
            [_sealed(int(all_), int(good)) for all_, good in zip(*rows, strict=True)]
            for rows in zip(blocks, kept, strict=True)
        ]
        self.numbers = np.asarray(vectors)[held]  # shape (rounds, people, 2): blocks, kept
        self.here = here[held]

    def guesses(self, caution: float | None) -> np.ndarray:
        """Return the intruder's guess of everybody's kept share; None says the team's mean."""
        sums = (self.numbers * self.here[:, :, None]).sum(axis=1) - self.numbers[:, 0]
        mean = sums[:, 1].sum() / sums[:, 0].sum()
        others = self.here[:, 1:]
        if caution is None:
            return np.full(others.shape[1], mean)
        each = sums[:, 0] / others.sum(axis=1)  # nobody knows who had how many
        known = others * each[:, None]
        weight = (caution * each.mean() ** 2 + 1e-9) * np.eye(others.shape[1])
        moved = np.linalg.solve(
            known.T @ known + weight, known.T @ (sums[:, 1] - mean * sums[:, 0])
        )
        return np.clip(mean + moved, 0, 1)

    def truth(self) -> np.ndarray:
        """Return everybody's kept share over the year, the intruder left out."""
        sums = (self.numbers * self.here[:, :, None])[:, 1:].sum(axis=0)
        return sums[:, 1] / np.maximum(sums[:, 0], 1)


def _sealed(blocks: int, kept: int) -> tuple[int, int]:
    made = rounded(Counts(blocks, kept, 0, blocks - kept, 0, 5 * MTE, 0), PERIOD)
    return made.blocks, made.kept


def successes(people: int, teams: int) -> tuple[int, float, dict[float, float]]:
    """Return how many were guessed, how often the mean was near, and each intruder."""
    luck, tried = np.random.default_rng(people), 0
    mean, hits = 0, dict.fromkeys(CAUTION, 0)
    for _ in range(teams):
        year = Year(luck, people)
        if len(year.here) < 4:
            continue
        truth = year.truth()
        tried += len(truth)
        mean += int((abs(year.guesses(None) - truth) <= NEAR).sum())
        for caution in CAUTION:
            hits[caution] += int((abs(year.guesses(caution) - truth) <= NEAR).sum())
    return tried, mean / tried, {caution: hit / tried for caution, hit in hits.items()}


@pytest.mark.parametrize("people", [6, 8])
def test_x18_a_colleague_guesses_hardly_better_than_with_the_teams_mean(people):
    _, mean, found = successes(people, QUICK_TEAMS)
    assert 0.2 < mean < 0.8
    assert max(found.values()) <= MOST_TIMES_MEAN * mean


def test_x18_with_everybodys_rows_the_same_colleague_would_know():
    """The measure can tell: one who sees rows is always near."""
    year = Year(np.random.default_rng(1), 8)
    rows = year.numbers[:, 1:, 1].sum(axis=0) / year.numbers[:, 1:, 0].sum(axis=0)
    assert (abs(rows - year.truth()) <= NEAR).mean() > 0.9


@pytest.mark.long
@pytest.mark.parametrize("people", [5, 6, 7, 8, 12])
def test_x18_in_six_hundred_teams(people):
    tried, mean, found = successes(people, LONG_TEAMS)
    shown = ", ".join(f"{share:.1%}" for share in found.values())
    print(f"\n{tried} people in teams of {people}: mean {mean:.1%}, intruders {shown}")
    assert max(found.values()) <= MOST_TIMES_MEAN * mean
