"""Whose a block's worth is when several groups worked in it (metrics 2.5).

It is split equally over the groups that reach the block's best worth: additive over groups, and
tokens cannot buy a share. While tags are missing, a group's credit lies between what is left when
every open question goes against it and what it has when every one goes its way.
"""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from ledger.core.words import UNTAGGED, Tag
from ledger.metrics.arrays import Bools, Codes, Floats, Ints, counted, weighed
from ledger.metrics.blocks import CODES, WHOLE, bit

FIELD = 13  # bits per count: four counts of up to 8,191 groups fit into one exact float
MASK = 2**FIELD - 1


class Rivals(NamedTuple):
    """Of each pair: how many groups of its block reached something, itself included."""

    kept: Ints
    could: Ints  # are or may yet be kept
    edited: Ints  # best known is edited
    at_best_edited: Ints  # edited, and nothing left open
    untagged: Ints


class Credit(NamedTuple):
    """Of each pair the divisor of a level's worth; 0 means that it earns nothing at that level."""

    lower_kept: Ints  # 100 / this
    lower_edited: Ints  # edited_worth / this
    upper_kept: Ints
    upper_edited: Ints

    def bounds(self, group: Ints, size: int, edited_worth: int) -> list[list[Fraction]]:
        """Return the exact sums of every group, lower and upper, in percent of blocks."""
        levels = (WHOLE, edited_worth, WHOLE, edited_worth)
        sums = [_total(by, group, size, level) for by, level in zip(self, levels, strict=True)]
        return [[a + b for a, b in zip(*sums[at : at + 2], strict=True)] for at in (0, 2)]


def credit(codes: Codes, block: Ints, blocks: int, edited_worth: int) -> Credit:
    """Return who earns what in shared blocks; `codes` are tags by pair, `block` its block."""
    levels = _levels(edited_worth)
    kept, could, edited, at_best_edited, _ = (level[codes] for level in levels)
    rivals = _rivals(codes, block, blocks, levels)
    return Credit(
        lower_kept=np.where(kept, rivals.could, 0),
        lower_edited=np.where(
            edited & (rivals.could == could), rivals.at_best_edited - at_best_edited + 1, 0
        ),
        upper_kept=np.where(could, rivals.kept - kept + 1, 0),
        upper_edited=np.where(at_best_edited & (rivals.kept == 0), rivals.edited, 0),
    )


def guessed(codes: Codes, block: Ints, blocks: int, worth: Floats, edited_worth: int) -> Floats:
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
    """Say of each code whether it is in each count of `Rivals`, edited being what it is worth."""
    kept, edited, untagged = bit(Tag.KEPT), bit(Tag.EDITED), bit(UNTAGGED)
    if edited_worth == WHOLE:
        kept = kept | edited
    edited = edited & ~kept if edited_worth else np.zeros(CODES, dtype=np.bool_)
    return kept, kept | untagged, edited, edited & ~untagged, untagged


def _rivals(codes: Codes, block: Ints, blocks: int, levels: tuple[Bools, ...]) -> Rivals:
    """Count by block, four counts packed into each float that is added up."""
    first = sum(level.astype(np.float64) * 2 ** (FIELD * at) for at, level in enumerate(levels[:4]))
    packed = weighed(block, np.asarray(first)[codes], blocks).astype(np.int64)[block]
    kept, could, edited, best = (packed >> (FIELD * at) & MASK for at in range(4))
    untagged = counted(block[levels[4][codes]], blocks)[block]
    return Rivals(kept, could, edited, best, untagged)


def _total(divisors: Ints, group: Ints, size: int, level: int) -> list[Fraction]:
    has = divisors > 0
    most = int(divisors.max(initial=1)) + 1
    found = counted(group[has].astype(np.intp) * most + divisors[has], size * most)
    return [
        sum((Fraction(level * number, by) for by, number in enumerate(row) if number), Fraction())
        for row in found.reshape(size, most).tolist()
    ]
