"""The intervals of groups: their days, or their blocks when there are few days, drawn again."""

from dataclasses import dataclass, field

import numpy as np

from ledger.metrics.arrays import Floats, Ints, Picks, weighed
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import Grouping
from ledger.metrics.intervals import FEWEST_DAYS, interval
from ledger.metrics.local_days import LocalDays


@dataclass(frozen=True, eq=False)
class Noise:
    """Where worth and cost of the groups lie."""

    frame: Frame
    selection: Selection
    groups: Grouping
    days: LocalDays
    _spent: dict[tuple[int, ...], Floats] = field(default_factory=dict)

    def intervals(
        self, guess: Floats, weights: Floats, wanted: list[int]
    ) -> dict[int, tuple[float, float]]:
        """Return the interval of worth / cost for each wanted group that has one.

        `guess` is the worth of each pair; `weights`, of shape (groups, 2), says how much a
        delivering and an exempt token-equivalent of a group costs.
        """
        earned = self._earned(guess, wanted)
        cost = (self._spent_by_day(wanted) * weights[wanted][:, np.newaxis]).sum(axis=-1)
        found = {}
        for at, group in enumerate(wanted):
            units = _active(earned[at], cost[at])
            if len(units[0]) < FEWEST_DAYS:
                units = self._by_block(guess, weights[group], group)
            ends = interval(*units)
            if ends is not None:
                found[group] = ends
        return found

    def _numbers(self, wanted: list[int]) -> Ints:
        """Number the wanted groups; all others share the number after."""
        number = np.full(self.groups.size, len(wanted), dtype=np.int64)
        number[wanted] = np.arange(len(wanted))
        return number

    def _earned(self, guess: Floats, wanted: list[int]) -> Floats:
        """Return worth, shape (wanted groups, days)."""
        groups, width = self.groups, len(self.days.days)
        on = self._numbers(wanted)[groups.pair_group] * width + self.days.block[groups.pair_block]
        sums = weighed(on, guess, (len(wanted) + 1) * width)
        return sums.reshape(-1, width)[:-1]

    def _spent_by_day(self, wanted: list[int]) -> Floats:
        """Return token-equivalents, shape (wanted groups, days, 2): delivering and exempt."""
        key = tuple(wanted)
        if key not in self._spent:
            parts, width = self.selection.parts, len(self.days.days)
            on = self._numbers(wanted)[self.groups.portion_group[parts]]
            on = (on * width + self.days.portion[parts]) * 2 + self._is_exempt(parts)
            sums = weighed(on, self.frame.te[parts], (len(wanted) + 1) * width * 2)
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
