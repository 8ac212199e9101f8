from datetime import UTC

import numpy as np
import pytest

from ledger.metrics.grouping import grouping
from ledger.metrics.intervals import interval
from ledger.metrics.noise import Noise
from tests.metrics.rows import MONDAY_S, Row, frame, spent

DAY_S = 86_400


def noise_of(days, per_day, tool="codex"):
    rows = [
        Row(
            day * 100 + at,
            MONDAY_S + day * DAY_S + at * 1800,
            tool=tool,
            intent=int(at == 1),
            uses=(spent(10 + day * 3 + at, MONDAY_S + day * DAY_S + at * 1800),),
        )
        for day in range(days)
        for at in range(per_day)
    ]
    made = frame(rows)
    groups = grouping(made, "tool")
    guess = np.asarray([10.0 + at % 7 for at in range(len(groups.pair_block))])
    return groups, guess, Noise(made, made.select(), groups, made.days(UTC))


FREE = np.tile([4.0, 0.0], (4, 1))


def test_days_are_drawn_where_there_are_ten():
    groups, guess, noise = noise_of(12, 3)
    at = groups.keys.index("codex")
    worth = guess.reshape(12, 3).sum(axis=1)
    cost = [4.0 * sum(10 + day * 3 + row for row in (0, 2)) for day in range(12)]
    found = noise.intervals(guess, FREE, [at])
    assert found[at] == pytest.approx(interval(worth, np.asarray(cost)))


def test_blocks_are_drawn_where_days_are_few():
    groups, guess, noise = noise_of(9, 3)
    at = groups.keys.index("codex")
    cost = np.asarray(
        [0.0 if row == 1 else 4.0 * (10 + d * 3 + row) for d in range(9) for row in range(3)]
    )
    assert noise.intervals(guess, FREE, [at])[at] == pytest.approx(interval(guess, cost))


def test_exempt_tokens_cost_what_their_weight_says():
    groups, guess, noise = noise_of(12, 3)
    at = groups.keys.index("codex")
    both = np.full((4, 2), 4.0)
    worth = guess.reshape(12, 3).sum(axis=1)
    cost = [4.0 * sum(10 + day * 3 + row for row in range(3)) for day in range(12)]
    found = noise.intervals(guess, both, [at])
    assert found[at] == pytest.approx(interval(worth, np.asarray(cost)))


def test_a_group_without_worth_has_no_interval():
    groups, guess, noise = noise_of(12, 3)
    at = groups.keys.index("codex")
    assert noise.intervals(np.zeros_like(guess), FREE, [at]) == {}
