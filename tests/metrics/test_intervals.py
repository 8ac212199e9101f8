import math
from datetime import UTC
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.metrics.grouping import grouping
from ledger.metrics.intervals import (
    LEVEL,
    RESAMPLES,
    SEED,
    GroupIntervals,
    _cached_draws,
    interval,
    intervals,
)
from tests.metrics.rows import MONDAY_S, Row, frame, spent

units = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 10**9)), min_size=2, max_size=40
).filter(lambda pairs: sum(worth for worth, _ in pairs) > 0)
DAY_S = 86_400
FREE = np.tile([4.0, 0.0], (4, 1))


def slow_interval(worth, cost):
    """The same bootstrap-t in plain loops, one resample after the other."""
    count = len(worth)
    raw = [int(one) >> 32 for one in np.random.PCG64(SEED + count).random_raw(RESAMPLES * count)]

    def studied(pairs):
        total_worth, total_cost = (sum(column) for column in zip(*pairs, strict=True))
        ratio = total_worth / total_cost
        residuals = [(w - ratio * c) ** 2 for w, c in pairs]
        error = math.sqrt(sum(residuals) / (count - 1) * count) / total_worth if ratio else math.inf
        return (math.log(ratio) if ratio else -math.inf), error

    pairs = list(zip(worth, cost, strict=True))
    log, error = studied(pairs)
    if error < 1e-12:
        return math.exp(log), math.exp(log)
    moved = []
    for number in range(RESAMPLES):
        drawn = [pairs[raw[unit * RESAMPLES + number] * count >> 32] for unit in range(count)]
        other, its_error = studied(drawn)
        if abs(other - log) < 1e-12:
            moved.append(0.0)
        elif its_error < 1e-9 or math.isinf(other):
            moved.append(math.copysign(math.inf, other - log))
        else:
            moved.append((other - log) / its_error)
    moved.sort()
    cut = round(RESAMPLES * (1 - LEVEL) / 2)
    low = math.exp(log - moved[RESAMPLES - cut] * error)
    high = math.exp(log - moved[cut - 1] * error) if math.isfinite(moved[cut - 1]) else math.inf
    return (low, high) if low > 0 and high <= 1000 * low else None


@pytest.mark.parametrize("seed", range(8))
def test_the_interval_is_that_of_plain_loops(seed):
    random = np.random.default_rng(seed)
    count = int(random.integers(8, 60))
    worth = random.integers(0, 6, count) * 50.0
    cost = np.exp(random.normal(10, 1.0, count))
    assert interval(worth, cost) == pytest.approx(slow_interval(worth, cost), rel=1e-9)


@given(units)
def test_an_interval_is_in_order_and_positive_or_not_said(pairs):
    worth, cost = (np.asarray(column, dtype=np.float64) for column in zip(*pairs, strict=True))
    ends = interval(worth, cost)
    assert ends is None or 0 < ends[0] <= ends[1] <= 1000 * ends[0]


@given(units)
def test_an_interval_scales_with_its_units(pairs):
    worth, cost = (np.asarray(column, dtype=np.float64) for column in zip(*pairs, strict=True))
    one, other = interval(worth, cost), interval(worth * 1024, cost * 4096)
    if one is None:
        assert other is None
    else:
        assert other == pytest.approx((one[0] / 4, one[1] / 4), rel=1e-6)


def test_many_at_once_are_the_same_as_one_by_one():
    random = np.random.default_rng(5)
    worth = random.integers(0, 300, (2500, 14)).astype(np.float64)
    cost = np.exp(random.normal(3, 1, (2500, 14)))
    low, high = intervals(worth, cost)
    for at in (0, 1, 1999, 2000, 2499):
        assert interval(worth[at], cost[at]) == pytest.approx((low[at], high[at]), rel=1e-9)


@pytest.mark.parametrize(("worth", "cost"), [([5.0], [3.0]), ([0.0, 0, 0], [1.0, 2, 3]), ([], [])])
def test_nothing_is_said_of_one_unit_or_of_no_worth(worth, cost):
    assert interval(np.asarray(worth), np.asarray(cost)) is None


def test_ends_that_lie_worlds_apart_are_not_said():
    worth, cost = np.asarray([25.0, 0, 1, 217]), np.asarray([104513.0, 430, 1, 1])
    assert interval(worth, cost) is None


def test_days_with_the_same_ratio_leave_no_doubt():
    assert interval(np.full(12, 100.0), np.full(12, 7.0)) == pytest.approx((100 / 7, 100 / 7))


def test_days_without_any_cost_are_not_fatal():
    worth, cost = np.asarray([100.0, 50, 100, 0]), np.asarray([0.0, 3, 5, 1])
    ends = interval(worth, cost)
    assert ends is None or ends[0] <= ends[1]


def test_every_resample_draws_as_many_units_as_there_are():
    for count in (2, 9, 28, 700):
        draws = _cached_draws(count)
        assert draws.shape == (count, RESAMPLES)
        assert (draws.sum(axis=0) == count).all()
        assert fmean(draws.sum(axis=1)) == RESAMPLES


@pytest.mark.long
def test_the_interval_covers_about_nine_times_in_ten():
    """Lognormal days as uneven as real ones; the truth is the ratio of the expected values."""
    random = np.random.default_rng(20)
    trials, days, sigma = 600, 30, 1.0
    worth = random.binomial(10, 0.6, (trials, days)) * 100.0
    cost = np.exp(random.normal(0, sigma, (trials, days)))
    low, high = intervals(worth, cost)
    truth = 600.0 / math.exp(sigma**2 / 2)
    covered = float(np.mean((low <= truth) & (truth <= high)))
    print(f"{trials} trials, coverage {covered:.3f}")
    assert 0.85 <= covered <= 0.98


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
    return groups, guess, GroupIntervals(made, made.select(), groups, made.days(UTC))


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
