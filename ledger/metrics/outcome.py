"""What became of the work blocks of each group: how many, how many are decided, what they earn."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from ledger.metrics.arrays import Bools, Codes, Floats, Ints, Picks, counted
from ledger.metrics.blocks import CODES, DECIDED, THERE, lower_worth, marks, upper_worth
from ledger.metrics.credit import credit, guessed
from ledger.metrics.expected import expected_worth
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import Grouping, memberships
from ledger.metrics.local_days import LocalDays

DENSE = 20_000_000


@dataclass(frozen=True, eq=False)
class Outcome:
    """Block figures by group; worth is in percent of a block."""

    frame: Frame
    selection: Selection
    groups: Grouping
    members: Bools  # the interactions that form the blocks
    days_of: LocalDays
    edited_worth: int

    @cached_property
    def _mine(self) -> Picks:
        """The memberships that form the blocks."""
        return memberships(self.groups, self.selection, self.members)

    @cached_property
    def _rows(self) -> Picks:
        """Their interactions, in the order of time."""
        rows = self.groups.rows
        return self._mine if rows is None else rows[self._mine]

    @cached_property
    def codes(self) -> Codes:
        """The tags of every pair, as `blocks.marks` writes them."""
        pairs = len(self.groups.pair_block)
        return marks(self.groups.slot[self._mine], self.frame.tag[self._rows], pairs)

    @cached_property
    def table(self) -> Ints:
        """How many pairs of each group have each code, shape (groups, 16)."""
        return _table(self.groups.pair_group, self.codes, self.groups.size)

    @cached_property
    def blocks(self) -> Ints:
        """The number of blocks of each group."""
        blocks: Ints = self.table[:, THERE].sum(axis=1)
        return blocks

    @cached_property
    def decided(self) -> Ints:
        """The number of blocks whose worth no further tag can change."""
        decided: Ints = self.table[:, DECIDED].sum(axis=1)
        return decided

    @cached_property
    def days(self) -> Ints:
        """The number of days on which a block of each group began."""
        there = self.codes > 0
        width = max(len(self.days_of.days), 1)
        group, block = self.groups.pair_group[there], self.groups.pair_block[there]
        key = group * np.int64(width) + self.days_of.block[block]
        if self.groups.size * width > DENSE:
            return counted(np.unique(key) // width, self.groups.size)
        seen = np.zeros(self.groups.size * width, dtype=np.bool_)
        seen[key] = True
        days: Ints = np.count_nonzero(seen.reshape(self.groups.size, width), axis=1)
        return days

    @cached_property
    def bounds(self) -> tuple[list[Fraction], list[Fraction]]:
        """The least and the most that each group can have earned."""
        groups, worth = self.groups, self.edited_worth
        disputed = groups.contested
        table = self.table
        if len(disputed):
            table = table - _table(groups.pair_group[disputed], self.codes[disputed], groups.size)
        alone = (table @ lower_worth(worth)).tolist(), (table @ upper_worth(worth)).tolist()
        lower, upper = ([Fraction(one) for one in bound] for bound in alone)
        if not len(disputed):
            return lower, upper
        shares = credit(self.codes[disputed], *groups.contested_block, worth)
        more = shares.bounds(groups.pair_group[disputed], groups.size, worth)
        lower, upper = (
            [a + b for a, b in zip(*both, strict=True)]
            for both in zip((lower, upper), more, strict=True)
        )
        return lower, upper

    @cached_property
    def guess(self) -> Floats:
        """The best single value of each pair, partly assumed."""
        groups, blocks = self.groups, self.frame.blocks
        codes = self.codes
        if groups.shared:
            rows = self._rows
            codes = marks(blocks.of[rows], self.frame.tag[rows], len(blocks))
        worth = expected_worth(blocks, self._first_tool, codes, self.edited_worth)
        guess: Floats = np.where(self.codes > 0, worth[groups.pair_block], 0.0)
        disputed = groups.contested
        if len(disputed):
            mine = worth[groups.pair_block[disputed]]
            guess[disputed] = guessed(
                self.codes[disputed], *groups.contested_block, mine, self.edited_worth
            )
        return guess

    @property
    def _first_tool(self) -> Ints:
        """Return the tool of the first chosen interaction of every block."""
        tool = np.zeros(len(self.frame.blocks), dtype=np.intp)
        # Of several writes to one place the last one stays, so the earliest goes last.
        tool[self.frame.blocks.of[self._rows][::-1]] = self.frame.tool[self._rows][::-1]
        return tool


def _table(group: Ints, codes: Codes, size: int) -> Ints:
    return counted(group * np.intp(CODES) + codes, size * CODES).reshape(-1, CODES)
