"""Work blocks one by one: what each cost, what it was worth, and whether all of it is tagged."""

from datetime import tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.usage import TWENTIETHS
from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.metrics.arrays import Bools, Codes, Floats, Ints, Picks, weighed
from ledger.metrics.blocks import DECIDED, FULL_WORTH, OCCUPIED, codes_with, lower_worth
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.outcome import Outcome
from ledger.metrics.ratio import COVERAGE, MILLION
from ledger.metrics.spending import SelectionCache, spending

SETTLED = OCCUPIED & ~codes_with(UNTAGGED)
TWENTIETHS_A_MILLION = TWENTIETHS * MILLION


class SizedBlocks(NamedTuple):
    """Blocks of deliveries in the order of time; what has no known cost is left out."""

    block: Ints  # number among the frame's blocks
    day: Ints  # number among the frame's days
    mte: Floats  # above 0
    codes: Codes  # tags, as `blocks.tag_codes` writes them
    worth: Floats  # 0..1, what is known of it
    guess: Floats  # 0..1, the untagged taken to be like the tagged of the same tool and week
    coverage: float | None  # tagged share of all token-equivalents of deliveries

    @property
    def kept(self) -> Bools:
        """Whether something in the block was kept."""
        kept: Bools = codes_with(Tag.KEPT)[self.codes]
        return kept

    @property
    def decided(self) -> Bools:
        """Whether no further tag can change what the block is worth."""
        decided: Bools = DECIDED[self.codes]
        return decided

    @property
    def is_covered(self) -> bool:
        """Whether enough is tagged to say more than bounds."""
        return self.coverage is not None and self.coverage >= COVERAGE

    def settled(self) -> "SizedBlocks":
        """Return the blocks in which every interaction is tagged.

        A block with something kept is decided however much of it is untagged, one without only
        when all of it is tagged: the decided ones hold too many kept blocks, the more the larger
        they are. Asking all tags of both kinds keeps that out of curves over size.
        """
        return self.where(SETTLED[self.codes])

    def where(self, mask: Bools) -> "SizedBlocks":
        """Return some of the blocks."""
        return SizedBlocks(
            block=self.block[mask],
            day=self.day[mask],
            mte=self.mte[mask],
            codes=self.codes[mask],
            worth=self.worth[mask],
            guess=self.guess[mask],
            coverage=self.coverage,
        )


def sized_blocks(
    frame: Frame, selection: Selection, zone: tzinfo | None, edited_worth: int
) -> SizedBlocks:
    """Return the blocks of a selection; `edited_worth` is in percent."""
    groups, days = grouping(frame, "all"), frame.days(zone)
    members = selection.interactions & frame.delivering
    judged = Outcome(frame, selection, groups, members, days, edited_worth)
    cost, tagged = costs(frame, selection), _tagged_te(frame, selection)
    shown = OCCUPIED[judged.codes] & (cost > 0) & ~_has_unknown_cost(frame, selection)
    at = np.flatnonzero(shown)
    codes = judged.codes[at]
    return SizedBlocks(
        block=at,
        day=days.block[at],
        mte=cost[at] / TWENTIETHS_A_MILLION,
        codes=codes,
        worth=(lower_worth(edited_worth) / FULL_WORTH)[codes],
        guess=judged.guess[at] / FULL_WORTH,
        coverage=float(tagged / cost.sum()) if cost.any() else None,
    )


class _BlockCostCache(SelectionCache[Floats]):
    """What blocks cost; no tag moves it."""


def costs(frame: Frame, selection: Selection) -> Floats:
    """Return what the deliveries of each of the frame's blocks took, in twentieths."""
    cache = frame.cache(_BlockCostCache)
    by_block = cache.lookup(selection.portions, frame.delivering)
    if by_block is None:
        parts = delivering_parts(frame, selection)
        block, size = frame.blocks.of[frame.owners[parts]], len(frame.blocks)
        by_block = weighed(block, frame.te[parts], size)
        cache.store(by_block, selection.portions, frame.delivering)
    return by_block


def _tagged_te(frame: Frame, selection: Selection) -> float:
    """Return what tagged deliveries took, in twentieths."""
    groups = grouping(frame, "all")
    spent = spending(frame, selection, groups.portion_group, groups.size, ())
    return float(spent.te[0, 0, UNTAGGED + 1 :].sum())


def delivering_parts(frame: Frame, selection: Selection) -> Picks:
    """Return the selected portions of deliveries."""
    parts = selection.parts
    if frame.delivering.all():
        return parts
    delivered = frame.delivering[frame.owners[parts]]
    return np.flatnonzero(delivered) if isinstance(parts, slice) else parts[delivered]


def _has_unknown_cost(frame: Frame, selection: Selection) -> Bools:
    """Say of each of the frame's blocks whether some of what it cost is unknown."""
    unknown = np.zeros(len(frame.blocks), dtype=np.bool_)
    uncounted = np.flatnonzero((frame.unknown > 0) | (frame.missing > 0))
    uncounted = uncounted[selection.portions[uncounted]]
    unknown[frame.blocks.of[frame.owners[uncounted]]] = True
    return unknown
