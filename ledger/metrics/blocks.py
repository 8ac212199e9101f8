"""Work blocks: half-hours (UTC) of a project in which work began, and the local days they lie on.

A block is worth what the best of its interactions is worth, in percent: kept 100, edited
`edited_worth`, thrown away 0. What failed is charged through its tokens, not a second time.
"""

from dataclasses import dataclass
from datetime import date, tzinfo
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ledger.core.columns import QUARTER_S
from ledger.core.days import day_starts
from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.metrics.arrays import Bools, Codes, Ints, distinct

BLOCK_S = 1800
BLOCKS_A_WEEK = 7 * 24 * 3600 // BLOCK_S
EPOCH_TO_MONDAY = (
    3 * 24 * 3600 // BLOCK_S
)  # 1970 began on a Thursday, so weeks begin three days earlier
FULL_WORTH = 100
EDITED_WORTH = 50
TAGS = 4  # untagged and the three tags
CODES = 2**TAGS
GATHER_BITS = np.uint32(1 << 24 | 1 << 17 | 1 << 10 | 1 << 3)
OCCUPIED: Bools = np.arange(CODES) > 0


class BlockIndex(NamedTuple):
    """Which block each interaction lies in; blocks are numbered in the order of time."""

    of: Ints  # per interaction
    half: Ints  # per block: half-hours since 1970
    project: Ints  # per block

    def __len__(self) -> int:
        return len(self.half)

    @property
    def start_s(self) -> Ints:
        """Return where each block begins, in seconds since 1970."""
        return self.half * BLOCK_S

    @property
    def week(self) -> Ints:
        """Return the UTC week of each block, Monday first."""
        return (self.half + EPOCH_TO_MONDAY) // BLOCKS_A_WEEK


def index_blocks(project: Ints, time_s: Ints) -> BlockIndex:
    """Number the work blocks of interactions."""
    projects = int(project.max(initial=0)) + 1
    key = (time_s // BLOCK_S) * projects + project
    of, blocks = distinct(key)
    half, block_project = np.divmod(blocks, projects)
    return BlockIndex(of, half, block_project)


def tag_codes(slot: Ints, tag: Ints, size: int) -> Codes:
    """Return which tags occur in each slot (a block, or a block and a group), as a code 0..15.

    Bit `tag` is set when the tag occurs, bit 0 for untagged; 0 is a slot without interactions.
    """
    present = np.zeros(size * TAGS, dtype=np.uint8)
    present[slot * TAGS + tag] = 1
    # The product moves each of the four bytes' lowest bit side by side into the top byte.
    return (present.view("<u4") * GATHER_BITS >> np.uint32(24)).astype(np.uint8)


def codes_with(tag: int) -> Bools:
    """Return of each code whether the tag occurs in it."""
    has: Bools = (np.arange(CODES) >> tag & 1).astype(np.bool_)
    return has


# No further tag can change what these are worth.
DECIDED: Bools = OCCUPIED & (codes_with(Tag.KEPT) | ~codes_with(UNTAGGED))


def lower_worth(edited_worth: int) -> Ints:
    """Return what each code is worth when all untagged was thrown away, in percent."""
    return np.where(
        codes_with(Tag.KEPT), FULL_WORTH, codes_with(Tag.EDITED) * np.int64(edited_worth)
    )


def upper_worth(edited_worth: int) -> Ints:
    """Return what each code is worth when all untagged was kept, in percent."""
    return np.where(codes_with(UNTAGGED), FULL_WORTH, lower_worth(edited_worth))


@dataclass(frozen=True, eq=False)
class LocalDays:
    """Local days without a gap, and the day number of everything in a frame.

    A block lies on the day on which it begins, a portion on the day of its quarter-hour.
    """

    days: tuple[date, ...]
    starts: Ints  # where each day begins, and where the last one ends
    _blocks: BlockIndex
    _time_s: Ints
    _quarter: Ints

    def of(self, seconds: Ints) -> Ints:
        """Return the day numbers of moments in seconds since 1970."""
        return np.searchsorted(self.starts, seconds, side="right") - 1

    @cached_property
    def block(self) -> Ints:
        """The day number of every block."""
        return self.of(self._blocks.start_s)

    @cached_property
    def row(self) -> Ints:
        """The day number of every interaction."""
        return self.of(self._time_s)

    @cached_property
    def portion(self) -> Ints:
        """The day number of every portion."""
        first, last = self._quarter.min(initial=0), self._quarter.max(initial=0)
        if len(self._quarter):
            first = self._quarter.min()
        quarters = np.arange(first, last + 1, dtype=np.int64)
        day: Ints = self.of(quarters * QUARTER_S)[self._quarter - first]
        return day


def local_days(
    blocks: BlockIndex, time_s: Ints, quarter: Ints, zone: tzinfo | None = None
) -> LocalDays:
    """Lay local days over everything; no data, no days."""
    moments = [
        *_first_and_last(blocks.start_s),
        *_first_and_last(time_s),
        *_first_and_last(quarter.astype(np.int64) * QUARTER_S),
    ]
    if not moments:
        return LocalDays((), np.zeros(1, dtype=np.int64), blocks, time_s, quarter)
    days, starts = day_starts(min(moments), max(moments), zone)
    return LocalDays(tuple(days), np.asarray(starts, np.int64), blocks, time_s, quarter)


def _first_and_last(values: Ints) -> tuple[int, ...]:
    return (int(values.min()), int(values.max())) if len(values) else ()
