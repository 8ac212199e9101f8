"""The intervals of groups: their days, or their blocks when there are few days, drawn again."""

from typing import NamedTuple

import numpy as np

from ledger.metrics.arrays import Floats, Ints, weighed
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import Grouping
from ledger.metrics.intervals import FEWEST_DAYS, interval
from ledger.metrics.local_days import LocalDays


class Noise(NamedTuple):
    """Where worth and cost of the groups lie."""

    frame: Frame
    selection: Selection
    groups: Grouping
    days: LocalDays

    def intervals(
        self, guess: Floats, weights: Floats, wanted: list[int]
    ) -> dict[int, tuple[float, float]]:
        """Return the interval of worth / cost for each wanted group that has one.

        `guess` is the worth of each pair; `weights`, of shape (groups, 2), says how much a
        delivering and an exempt token-equivalent of a group costs.
        """
        worth, cost = self._by_day(guess, weights, wanted)
        found = {}
        for at, group in enumerate(wanted):
            units = _active(worth[at], cost[at])
            if len(units[0]) < FEWEST_DAYS:
                units = self._by_block(guess, weights[group], group)
            ends = interval(*units)
            if ends is not None:
                found[group] = ends
        return found

    def _costs(self, picked: Ints | slice, weight: Floats) -> Floats:
        """Return what portions cost; `weight` has shape (..., 2), delivering and exempt."""
        exempt = ~self.frame.delivering[self.frame.owners[picked]]
        share = np.where(exempt, weight[..., 1], weight[..., 0])
        cost: Floats = self.frame.te[picked].astype(np.float64) * share
        return cost

    def _by_day(self, guess: Floats, weights: Floats, wanted: list[int]) -> tuple[Floats, Floats]:
        """Return worth and cost, each of shape (wanted groups, days)."""
        count, width = len(wanted), len(self.days.days)
        number = np.full(self.groups.size, count, dtype=np.int64)
        number[wanted] = np.arange(count)
        parts = self.selection.parts
        pair = number[self.groups.pair_group] * width + self.days.block[self.groups.pair_block]
        group = self.groups.portion_group[parts]
        portion = number[group] * width + self.days.portion[parts]
        cost = self._costs(parts, weights[group])
        shape, size = (count + 1, width), (count + 1) * width
        by_day = [weighed(pair, guess, size), weighed(portion, cost, size)]
        worth, costs = (sums.reshape(shape)[:count] for sums in by_day)
        return worth, costs

    def _by_block(self, guess: Floats, weight: Floats, group: int) -> tuple[Floats, Floats]:
        pairs = np.flatnonzero(self.groups.pair_group == group)
        mine = self.selection.portions & (self.groups.portion_group == group)
        parts = np.flatnonzero(mine)
        block = self.frame.blocks.of[self.frame.owners[parts]]
        size = len(self.frame.blocks)
        worth = weighed(self.groups.pair_block[pairs], guess[pairs], size)
        return _active(worth, weighed(block, self._costs(parts, weight), size))


def _active(worth: Floats, cost: Floats) -> tuple[Floats, Floats]:
    active = (worth > 0) | (cost > 0)
    return worth[active], cost[active]
