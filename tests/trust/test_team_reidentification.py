"""An attacker with public commit counts puts names to cards, hardly better than by chance."""

import time
from collections import Counter

import numpy as np
import pytest

from ledger.core.team import FIELDS
from tests.trust.team_crowds import best_matches, card, mean_matches, series_matches, team

SIZES = (5, 8, 20)
QUICK_TEAMS, LONG_TEAMS, LONG_LEAST, LONG_S = 12, 200, 50, 300
MOST_TIMES_CHANCE, MOST = 2.5, 0.40
NUMBERS = [field.name for field in FIELDS if field.name != "n"]


def attacked(size: int, teams: int, seconds: float = 1e9) -> tuple[int, dict[str, float]]:
    """Return how many people were tried, and the share found by each way of attack."""
    luck, found, people = np.random.default_rng(size), Counter(), 0
    ends = time.monotonic() + seconds
    for _ in range(teams):
        crowd = team(luck, size)
        weekly = np.asarray([person.commits for person in crowd])
        public = weekly.sum(axis=1)
        made = [card(person, luck).vector for person in crowd]
        columns = {name: np.asarray([getattr(one, name) for one in made]) for name in NUMBERS}
        for name, values in columns.items():
            found[name] += best_matches(values, public)
        found["all numbers"] += mean_matches(list(columns.values()), public)
        found["a weekly series"] += series_matches(
            np.asarray([person.blocks for person in crowd]), weekly
        )
        people += size
        if time.monotonic() > ends:
            break
    return people, {way: hits / people for way, hits in found.items()}


@pytest.mark.parametrize("size", [5, 8])
def test_few_cards_find_their_owner(size):
    """Drawn from a seed; the twelve teams of a quick run leave some room to luck."""
    _, found = attacked(size, QUICK_TEAMS)
    assert max(found[name] for name in [*NUMBERS, "all numbers"]) <= MOST + 0.05


def test_a_weekly_series_would_find_nearly_everybody():
    """The attacker is a good one: what is not in a card is what would give people away."""
    _, found = attacked(5, QUICK_TEAMS)
    assert found["a weekly series"] > 0.85


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", SIZES)
def test_no_more_than_two_and_a_half_times_chance_and_two_in_five_are_found(size):
    people, found = attacked(size, LONG_TEAMS, LONG_S)
    shown = ", ".join(f"{way} {share:.1%}" for way, share in sorted(found.items()))
    print(f"\n{people} people in teams of {size}, chance {1 / size:.1%}: {shown}")
    assert people >= LONG_LEAST * size
    assert found.pop("a weekly series") > 0.85
    assert max(found.values()) <= min(MOST, MOST_TIMES_CHANCE / size)
