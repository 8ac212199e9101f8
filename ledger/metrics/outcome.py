"""What became of the work blocks of each group: decided, earned, credited, expected.

It is split equally over the groups that reach the block's best worth: additive over groups, and
tokens cannot buy a share. While tags are missing, a group's credit lies between what is left when
every open question goes against it and what it has when every one goes its way.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ledger.core.vocabulary import TOOLS, UNTAGGED, Tag
from ledger.metrics.arrays import Bools, Codes, Floats, Ints, Picks, counted, weighed
from ledger.metrics.blocks import (
    CODES,
    DECIDED,
    FULL_WORTH,
    OCCUPIED,
    BlockIndex,
    LocalDays,
    codes_with,
    lower_worth,
    tag_codes,
    upper_worth,
)
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import Grouping, memberships

MAX_TABLE_CELLS = 20_000_000
COUNT_BITS = 13  # bits per count: four counts of up to 8,191 groups fit into one exact float
COUNT_MASK = 2**COUNT_BITS - 1


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
        """The tags of every pair, as `blocks.tag_codes` writes them."""
        pairs = len(self.groups.pair_block)
        return tag_codes(self.groups.slot[self._mine], self.frame.tag[self._rows], pairs)

    @cached_property
    def table(self) -> Ints:
        """How many pairs of each group have each code, shape (groups, 16)."""
        return _code_table(self.groups.pair_group, self.codes, self.groups.size)

    @cached_property
    def blocks(self) -> Ints:
        """The number of blocks of each group."""
        blocks: Ints = self.table[:, OCCUPIED].sum(axis=1)
        return blocks

    @cached_property
    def decided(self) -> Ints:
        """The number of blocks whose worth no further tag can change."""
        decided: Ints = self.table[:, DECIDED].sum(axis=1)
        return decided

    @cached_property
    def days(self) -> Ints:
        """The number of days on which a block of each group began."""
        occupied = self.codes > 0
        width = max(len(self.days_of.days), 1)
        group, block = self.groups.pair_group[occupied], self.groups.pair_block[occupied]
        key = group * np.int64(width) + self.days_of.block[block]
        if self.groups.size * width > MAX_TABLE_CELLS:
            return counted(np.unique(key) // width, self.groups.size)
        active = np.zeros(self.groups.size * width, dtype=np.bool_)
        active[key] = True
        days: Ints = np.count_nonzero(active.reshape(self.groups.size, width), axis=1)
        return days

    @cached_property
    def bounds(self) -> tuple[list[Fraction], list[Fraction]]:
        """The least and the most that each group can have earned."""
        groups, worth = self.groups, self.edited_worth
        disputed = groups.contested
        table = self.table
        if len(disputed):
            table = table - _code_table(
                groups.pair_group[disputed], self.codes[disputed], groups.size
            )
        alone = (table @ lower_worth(worth)).tolist(), (table @ upper_worth(worth)).tolist()
        lower, upper = ([Fraction(worth_sum) for worth_sum in bound] for bound in alone)
        if not len(disputed):
            return lower, upper
        shares = shared_credit(self.codes[disputed], *groups.contested_block, worth)
        contested = shares.bounds(groups.pair_group[disputed], groups.size, worth)
        lower, upper = (
            [a + b for a, b in zip(*sums, strict=True)]
            for sums in zip((lower, upper), contested, strict=True)
        )
        return lower, upper

    @cached_property
    def guess(self) -> Floats:
        """The best single value of each pair, partly assumed."""
        groups, blocks = self.groups, self.frame.blocks
        codes = self.codes
        if groups.shared:
            rows = self._rows
            codes = tag_codes(blocks.of[rows], self.frame.tag[rows], len(blocks))
        worth = expected_worth(blocks, self._first_tool, codes, self.edited_worth)
        guess: Floats = np.where(self.codes > 0, worth[groups.pair_block], 0.0)
        disputed = groups.contested
        if len(disputed):
            block_worth = worth[groups.pair_block[disputed]]
            guess[disputed] = share_expected_worth(
                self.codes[disputed], *groups.contested_block, block_worth, self.edited_worth
            )
        return guess

    @property
    def _first_tool(self) -> Ints:
        """Return the tool of the first chosen interaction of every block."""
        tool = np.zeros(len(self.frame.blocks), dtype=np.intp)
        # Of several writes to one place the last one stays, so the earliest goes last.
        tool[self.frame.blocks.of[self._rows][::-1]] = self.frame.tool[self._rows][::-1]
        return tool


def _code_table(group: Ints, codes: Codes, size: int) -> Ints:
    return counted(group * np.intp(CODES) + codes, size * CODES).reshape(-1, CODES)


class GroupsPerBlock(NamedTuple):
    """Of each pair: how many groups of its block reached something, itself included."""

    kept: Ints
    could: Ints  # are or may yet be kept
    edited: Ints  # best known is edited
    at_best_edited: Ints  # edited, and nothing left open
    untagged: Ints


class SharedCredit(NamedTuple):
    """Of each pair the divisor of a level's worth; 0 means that it earns nothing at that level."""

    lower_kept: Ints  # 100 / this
    lower_edited: Ints  # edited_worth / this
    upper_kept: Ints
    upper_edited: Ints

    def bounds(self, group: Ints, size: int, edited_worth: int) -> list[list[Fraction]]:
        """Return the exact sums of every group, lower and upper, in percent of blocks."""
        levels = (FULL_WORTH, edited_worth, FULL_WORTH, edited_worth)
        sums = [_exact_sums(by, group, size, level) for by, level in zip(self, levels, strict=True)]
        return [[a + b for a, b in zip(*sums[at : at + 2], strict=True)] for at in (0, 2)]


def shared_credit(codes: Codes, block: Ints, blocks: int, edited_worth: int) -> SharedCredit:
    """Return who earns what in shared blocks; `codes` are tags by pair, `block` its block."""
    levels = _levels(edited_worth)
    kept, could, edited, at_best_edited, _ = (level[codes] for level in levels)
    rivals = _rivals(codes, block, blocks, levels)
    return SharedCredit(
        lower_kept=np.where(kept, rivals.could, 0),
        lower_edited=np.where(
            edited & (rivals.could == could), rivals.at_best_edited - at_best_edited + 1, 0
        ),
        upper_kept=np.where(could, rivals.kept - kept + 1, 0),
        upper_edited=np.where(at_best_edited & (rivals.kept == 0), rivals.edited, 0),
    )


def share_expected_worth(
    codes: Codes, block: Ints, blocks: int, worth: Floats, edited_worth: int
) -> Floats:
    """Share expected worth: a decided block's by its tags, an open one's by what is open.

    `worth` is the expected worth of each pair's block.
    """
    levels = _levels(edited_worth)
    kept, _, edited, _, untagged = (level[codes] for level in levels)
    rivals = _rivals(codes, block, blocks, levels)
    is_kept, is_open = rivals.kept > 0, rivals.untagged > 0
    takes = np.where(is_kept, kept, np.where(is_open, untagged, edited))
    count = np.where(is_kept, rivals.kept, np.where(is_open, rivals.untagged, rivals.edited))
    return np.where(takes, worth / np.maximum(count, 1), 0.0)


def _levels(edited_worth: int) -> tuple[Bools, ...]:
    """Say of each code whether it is in each count of `GroupsPerBlock`."""
    kept, edited, untagged = codes_with(Tag.KEPT), codes_with(Tag.EDITED), codes_with(UNTAGGED)
    if edited_worth == FULL_WORTH:
        kept = kept | edited
    edited = edited & ~kept if edited_worth else np.zeros(CODES, dtype=np.bool_)
    return kept, kept | untagged, edited, edited & ~untagged, untagged


def _rivals(codes: Codes, block: Ints, blocks: int, levels: tuple[Bools, ...]) -> GroupsPerBlock:
    """Count by block, four counts packed into each float that is added up."""
    first = sum(
        level.astype(np.float64) * 2 ** (COUNT_BITS * at) for at, level in enumerate(levels[:4])
    )
    packed = weighed(block, np.asarray(first)[codes], blocks).astype(np.int64)[block]
    kept, could, edited, best = (packed >> (COUNT_BITS * at) & COUNT_MASK for at in range(4))
    untagged = counted(block[levels[4][codes]], blocks)[block]
    return GroupsPerBlock(kept, could, edited, best, untagged)


def _exact_sums(divisors: Ints, group: Ints, size: int, level: int) -> list[Fraction]:
    earns = divisors > 0
    most = int(divisors.max(initial=1)) + 1
    counts = counted(group[earns].astype(np.intp) * most + divisors[earns], size * most)
    return [
        sum((Fraction(level * number, by) for by, number in enumerate(row) if number), Fraction())
        for row in counts.reshape(size, most).tolist()
    ]


def expected_worth(blocks: BlockIndex, tool: Ints, codes: Codes, edited_worth: int) -> Floats:
    """Return the worth of each block in percent; an assumption wherever it is not decided.

    `tool` is the tool of each block, `codes` its tags (`blocks.tag_codes`). An undecided block gets
    the mean worth of the decided ones of its tool and UTC week, else of its tool, else of all,
    and never less than it is already known to be worth.
    """
    lower, upper = lower_worth(edited_worth), upper_worth(edited_worth)
    week = blocks.week
    week = week - week[:1]  # blocks are in the order of time
    tools, weeks = len(TOOLS), int(week.max(initial=0)) + 1
    stratum = (week * tools + tool) * CODES + codes
    strata = counted(stratum, weeks * tools * CODES).reshape(weeks, tools, CODES)
    guess = _mean_decided_worth(strata.sum(axis=(0, 1)), lower)
    for known in (strata.sum(axis=0), strata):
        guess = np.where(known[..., DECIDED].any(axis=-1), _mean_decided_worth(known, lower), guess)
    table = np.where(lower < upper, np.maximum(guess[..., np.newaxis], lower), lower)
    worth: Floats = table.reshape(-1)[stratum]
    return worth


def _mean_decided_worth(number: Ints, worth: Ints) -> Floats:
    """Return the mean worth of decided blocks; the last axis of `number` is the code."""
    known = number[..., DECIDED]
    mean: Floats = known @ worth[DECIDED] / np.maximum(known.sum(axis=-1), 1)
    return mean
