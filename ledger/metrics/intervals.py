"""How much a ratio would move if the days had fallen otherwise: bootstrap-t on its logarithm.

Nominally 95 %; on days as skewed as these it covers about 90 %, and that is what it is called
(tests/metrics/test_simulation.py measures it). The same data gives the same interval on every
machine: the seed is fixed and the bit generator's stream is one that numpy promises never to
change.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from ledger.metrics.arrays import Codes, Floats, Ints, Picks, weighed
from ledger.metrics.blocks import LocalDays
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import Grouping

RESAMPLES = 1000
LEVEL = 0.95
SEED = 28_14_8_30
FEWEST_DAYS = 10  # below it blocks are drawn instead of days
MAX_IN_MEMORY = 2_000_000  # resampled ratios held in memory at a time
# Products up to this size OpenBLAS does on the calling thread. Larger ones it shares out and then
# waits, spinning, for threads that an import may have pushed off the processor: ten times slower.
MAX_SINGLE_THREAD_PRODUCT = 2**18
MIN_BATCH_ROWS = 5
MAX_END_FACTOR = 1000.0  # ends further apart than this factor say nothing
ZERO_ERROR = 1e-12  # a standard error this small is rounding: every unit has the same ratio


def interval(worth: Floats, cost: Floats) -> tuple[float, float] | None:
    """Return the interval of sum(worth) / sum(cost) over units (days, or blocks).

    None where it cannot be said: a single unit, no worth, too many resamples without any, or ends
    so far apart that they say nothing.
    """
    low, high = intervals(worth[np.newaxis], cost[np.newaxis])
    return (float(low[0]), float(high[0])) if np.isfinite(low[0] + high[0]) else None


def intervals(worth: Floats, cost: Floats) -> tuple[Floats, Floats]:
    """Return low and high ends of many ratios at once, NaN where nothing can be said.

    Both arguments have shape (ratios, units). Units that are empty in both must have been left
    out: an idle day is no evidence.
    """
    rows, units = worth.shape
    low, high = np.full(rows, np.nan), np.full(rows, np.nan)
    if units < 2:
        return low, high
    step = max(1, MAX_IN_MEMORY // RESAMPLES)
    for start in range(0, rows, step):
        part = slice(start, start + step)
        low[part], high[part] = _bootstrap(worth[part], cost[part])
    return low, high


def _bootstrap(worth: Floats, cost: Floats) -> tuple[Floats, Floats]:
    rows, units = worth.shape
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        scale = cost.mean(axis=1)
        cost = cost / scale[:, np.newaxis]
        products = np.stack([worth, cost, worth**2, worth * cost, cost**2])
        log, error = _log_ratio(products.sum(axis=2))
        resampled = _resampled_sums(products.reshape(-1, units)).reshape(
            len(products), rows, RESAMPLES
        )
        logs, errors = _log_ratio(resampled)
        moved = logs - log[:, np.newaxis]
        student = np.divide(
            moved, errors, out=np.zeros_like(moved), where=np.abs(moved) >= ZERO_ERROR
        )
        # A resample without any worth lies infinitely far below.
        student[np.isnan(student)] = -np.inf
        below, above = _tails(student)
        flat = error < ZERO_ERROR
        low = np.exp(log - np.where(flat, 0.0, above * error)) / scale
        high = np.exp(log - np.where(flat, 0.0, below * error)) / scale
        sure = np.isfinite(log) & (low > 0) & (high <= MAX_END_FACTOR * low)
        return np.where(sure, low, np.nan), np.where(sure, high, np.nan)


def _resampled_sums(products: Floats) -> Floats:
    """Return the sums of every resample: shape (rows, RESAMPLES) from (rows, units)."""
    draws = _cached_draws(products.shape[1]).astype(np.float64)
    sums = np.zeros((len(products), RESAMPLES))
    rows = max(MIN_BATCH_ROWS, MAX_SINGLE_THREAD_PRODUCT // draws.size)
    units = MAX_SINGLE_THREAD_PRODUCT // (RESAMPLES * rows)
    for row in range(0, len(products), rows):
        for unit in range(0, len(draws), units):
            batch = products[row : row + rows, unit : unit + units]
            sums[row : row + rows] += batch @ draws[unit : unit + units]
    return sums


def _log_ratio(sums: Floats) -> tuple[Floats, Floats]:
    """Return ln(sum worth / sum cost) and its linearised standard error.

    The factor n / (n - 1) is left out: what a resample is divided by, the result is multiplied by.
    The first axis holds the sums of worth, cost, worth², worth x cost and cost².
    """
    worth, cost, worth2, cross, cost2 = sums
    ratio = worth / cost
    residual = np.maximum(worth2 + ratio * (ratio * cost2 - 2 * cross), 0.0)
    return np.log(ratio), np.sqrt(residual) / worth


def _tails(student: Floats) -> tuple[Floats, Floats]:
    """Return the lower and upper quantile along the last axis, as an order statistic each."""
    cut = round(student.shape[-1] * (1 - LEVEL) / 2)
    ordered = np.partition(student, (cut - 1, student.shape[-1] - cut), axis=-1)
    return ordered[..., cut - 1], ordered[..., student.shape[-1] - cut]


@lru_cache(maxsize=64)
def _cached_draws(units: int) -> Codes:
    return draws(units)


def draws(units: int) -> Codes:
    """Return how often each unit is drawn in each resample: shape (units, RESAMPLES)."""
    raw = np.random.PCG64(SEED + units).random_raw(RESAMPLES * units)
    drawn = ((raw >> np.uint64(32)) * np.uint64(units) >> np.uint64(32)).astype(np.int64)
    drawn = drawn * RESAMPLES + np.tile(np.arange(RESAMPLES), units)
    times: Ints = np.bincount(drawn, minlength=RESAMPLES * units)
    return times.reshape(units, RESAMPLES).astype(np.uint8)


@dataclass(frozen=True, eq=False)
class GroupIntervals:
    """Where worth and cost of the groups lie."""

    frame: Frame
    selection: Selection
    groups: Grouping
    days: LocalDays
    _spent: dict[tuple[int, ...], Floats] = field(default_factory=dict)

    def intervals(
        self, guess: Floats, weights: Floats, requested: list[int]
    ) -> dict[int, tuple[float, float]]:
        """Return the interval of worth / cost for each wanted group that has one.

        `guess` is the worth of each pair; `weights`, of shape (groups, 2), says how much a
        delivering and an exempt token-equivalent of a group costs.
        """
        earned = self._earned(guess, requested)
        cost = (self._spent_by_day(requested) * weights[requested][:, np.newaxis]).sum(axis=-1)
        by_group = {}
        for at, group in enumerate(requested):
            units = _active(earned[at], cost[at])
            if len(units[0]) < FEWEST_DAYS:
                units = self._by_block(guess, weights[group], group)
            ends = interval(*units)
            if ends is not None:
                by_group[group] = ends
        return by_group

    def _numbers(self, requested: list[int]) -> Ints:
        """Number the wanted groups; all others share the number after."""
        number = np.full(self.groups.size, len(requested), dtype=np.int64)
        number[requested] = np.arange(len(requested))
        return number

    def _earned(self, guess: Floats, requested: list[int]) -> Floats:
        """Return worth, shape (wanted groups, days)."""
        groups, width = self.groups, len(self.days.days)
        on = (
            self._numbers(requested)[groups.pair_group] * width + self.days.block[groups.pair_block]
        )
        sums = weighed(on, guess, (len(requested) + 1) * width)
        return sums.reshape(-1, width)[:-1]

    def _spent_by_day(self, requested: list[int]) -> Floats:
        """Return token-equivalents, shape (wanted groups, days, 2): delivering and exempt."""
        key = tuple(requested)
        if key not in self._spent:
            parts, width = self.selection.parts, len(self.days.days)
            on = self._numbers(requested)[self.groups.portion_group[parts]]
            on = (on * width + self.days.portion[parts]) * 2 + self._is_exempt(parts)
            sums = weighed(on, self.frame.te[parts], (len(requested) + 1) * width * 2)
            self._spent[key] = sums.reshape(-1, width, 2)[:-1]
        return self._spent[key]

    def _is_exempt(self, parts: Picks) -> Ints:
        exempt: Ints = (~self.frame.delivering)[self.frame.owners[parts]].astype(np.int8)
        return exempt

    def _by_block(self, guess: Floats, weight: Floats, group: int) -> tuple[Floats, Floats]:
        pairs = np.flatnonzero(self.groups.pair_group == group)
        parts = np.flatnonzero(self.selection.portions & (self.groups.portion_group == group))
        block, size = self.frame.blocks.of[self.frame.owners[parts]], len(self.frame.blocks)
        on = block * 2 + self._is_exempt(parts)
        cost = weighed(on, self.frame.te[parts], size * 2).reshape(size, 2) @ weight
        return _active(weighed(self.groups.pair_block[pairs], guess[pairs], size), cost)


def _active(worth: Floats, cost: Floats) -> tuple[Floats, Floats]:
    active = (worth > 0) | (cost > 0)
    return worth[active], cost[active]
