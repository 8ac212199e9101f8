"""Work blocks one by one: what each cost, what it was worth, and whether all of it is tagged."""

from datetime import tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.usage import TWENTIETHS
from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.metrics.arrays import Bools, Codes, Floats, Ints, Picks, weighed
from ledger.metrics.blocks import DECIDED, THERE, WHOLE, bit, lower_worth
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.outcome import Outcome
from ledger.metrics.ratio import COVERAGE, MILLION
from ledger.metrics.spending import SelectionCache, spending

SETTLED = THERE & ~bit(UNTAGGED)
TWENTIETHS_A_MILLION = TWENTIETHS * MILLION


class SizedBlocks(NamedTuple):
    """Blocks of deliveries in the order of time; what has no known cost is left out."""

    block: Ints  # number among the frame's blocks
    day: Ints  # number among the frame's days
    mte: Floats  # above 0
    codes: Codes  # tags, as `blocks.marks` writes them
    worth: Floats  # 0..1, what is known of it
    guess: Floats  # 0..1, the untagged taken to be like the tagged of the same tool and week
    coverage: float | None  # tagged share of all token-equivalents of deliveries

    @property
    def kept(self) -> Bools:
        """Whether something in the block was kept."""
        kept: Bools = bit(Tag.KEPT)[self.codes]
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

    def where(self, chosen: Bools) -> "SizedBlocks":
        """Return some of the blocks."""
        return SizedBlocks(
            block=self.block[chosen],
            day=self.day[chosen],
            mte=self.mte[chosen],
            codes=self.codes[chosen],
            worth=self.worth[chosen],
            guess=self.guess[chosen],
            coverage=self.coverage,
        )


def sized_blocks(
    frame: Frame, selection: Selection, zone: tzinfo | None, edited_worth: int
) -> SizedBlocks:
    """Return the blocks of a selection; `edited_worth` is in percent."""
    groups, days = grouping(frame, "all"), frame.days(zone)
    members = selection.interactions & frame.delivering
    judged = Outcome(frame, selection, groups, members, days, edited_worth)
    cost, tagged = costs(frame, selection), _tagged(frame, selection)
    there = THERE[judged.codes] & (cost > 0) & ~_unknown(frame, selection)
    at = np.flatnonzero(there)
    codes = judged.codes[at]
    return SizedBlocks(
        block=at,
        day=days.block[at],
        mte=cost[at] / TWENTIETHS_A_MILLION,
        codes=codes,
        worth=(lower_worth(edited_worth) / WHOLE)[codes],
        guess=judged.guess[at] / WHOLE,
        coverage=float(tagged / cost.sum()) if cost.any() else None,
    )


class _Costs(SelectionCache[Floats]):
    """What blocks cost; no tag moves it."""


def costs(frame: Frame, selection: Selection) -> Floats:
    """Return what the deliveries of each of the frame's blocks took, in twentieths."""
    known = frame.kept(_Costs)
    found = known.find(selection.portions, frame.delivering)
    if found is None:
        parts = delivering_parts(frame, selection)
        block, size = frame.blocks.of[frame.owners[parts]], len(frame.blocks)
        found = weighed(block, frame.te[parts], size)
        known.keep(found, selection.portions, frame.delivering)
    return found


def _tagged(frame: Frame, selection: Selection) -> float:
    """Return what tagged deliveries took, in twentieths."""
    groups = grouping(frame, "all")
    spent = spending(frame, selection, groups.portion_group, groups.size, ())
    return float(spent.te[0, 0, UNTAGGED + 1 :].sum())


def delivering_parts(frame: Frame, selection: Selection) -> Picks:
    """Return the selected portions of deliveries."""
    parts = selection.parts
    if frame.delivering.all():
        return parts
    mine = frame.delivering[frame.owners[parts]]
    return np.flatnonzero(mine) if isinstance(parts, slice) else parts[mine]


def _unknown(frame: Frame, selection: Selection) -> Bools:
    """Say of each of the frame's blocks whether some of what it cost is unknown."""
    unknown = np.zeros(len(frame.blocks), dtype=np.bool_)
    some = np.flatnonzero(frame.unknown)
    some = some[selection.portions[some]]
    unknown[frame.blocks.of[frame.owners[some]]] = True
    return unknown
