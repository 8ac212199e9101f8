"""What became of work blocks: kept and thrown away, by group and in all, and at what cost."""

from datetime import tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.vocabulary import UNTAGGED, Intent, Tag
from ledger.metrics.arrays import Bools
from ledger.metrics.blocks import DECIDED, EDITED_WORTH, OCCUPIED, codes_with, tag_codes
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import GroupBy, grouping
from ledger.metrics.outcome import Outcome

SETTLED = OCCUPIED & ~codes_with(UNTAGGED)
SETTLED_KEPT = SETTLED & codes_with(Tag.KEPT)
SETTLED_THROWN = SETTLED & ~codes_with(Tag.KEPT) & ~codes_with(Tag.EDITED)


class FateRate(NamedTuple):
    """Blocks of one group: all, those tagged throughout, and of these the kept and the thrown.

    A block counts by its best output; one in which several groups worked counts for each, by what
    each did in it.
    """

    key: str
    blocks: int
    settled: int
    kept: int
    thrown: int

    def less(self, other: "FateRate") -> "FateRate":
        """Return the blocks of this group without those of another."""
        numbers = (a - b for a, b in zip(self[1:], other[1:], strict=True))
        return FateRate(self.key, *numbers)


def fate_rates(
    frame: Frame, selection: Selection, by: GroupBy, zone: tzinfo | None = None
) -> list[FateRate]:
    """Return the rates of every group with a block of a delivery, in the order of keys.

    Only blocks that are tagged throughout can count as kept: a single kept tag decides a block and
    a single thrown-away tag does not, so a share of the decided ones would be too high.
    """
    groups = grouping(frame, by, zone)
    members = selection.interactions & frame.delivering
    table = Outcome(frame, selection, groups, members, frame.days(zone), EDITED_WORTH).table
    sums = np.stack(
        [table[:, codes].sum(axis=1) for codes in (OCCUPIED, SETTLED, SETTLED_KEPT, SETTLED_THROWN)]
    )
    rates = [FateRate(key, *row) for key, row in zip(groups.keys, sums.T.tolist(), strict=True)]
    return sorted(rate for rate in rates if rate.blocks)


def together(rates: list[FateRate]) -> FateRate:
    """Return all groups as one."""
    return FateRate("all", *(sum(column) for column in list(zip(*rates, strict=True))[1:]))


class BlockFates(NamedTuple):
    """Blocks of deliveries by what the best of their output was, and token-equivalents.

    Only tags count, never a suggestion. Every block is in one of the four; `unknown` are those
    whose worth another tag could still change. Token-equivalents are in twentieths.
    """

    kept: int
    edited: int
    thrown: int
    unknown: int
    te: int  # of everything
    te_explore: int  # of experiments
    uncounted: float  # share of requests of which nobody knows what they used

    @property
    def blocks(self) -> int:
        """All work blocks."""
        return self.kept + self.edited + self.thrown + self.unknown


def block_fates(frame: Frame, selection: Selection) -> BlockFates:
    """Count the blocks in which a selection's deliveries were begun."""
    members = selection.interactions & frame.delivering
    codes = tag_codes(frame.blocks.of[members], frame.tag[members], len(frame.blocks))

    def count(counted_codes: Bools) -> int:
        return int(np.count_nonzero(counted_codes[codes]))

    kept, edited = codes_with(Tag.KEPT), codes_with(Tag.EDITED)
    parts = selection.parts
    te, explores = frame.te[parts], frame.intent[frame.owners[parts]] == Intent.EXPERIMENT
    requests, unknown = (int(part[parts].sum()) for part in (frame.requests, frame.unknown))
    return BlockFates(
        kept=count(DECIDED & kept),
        edited=count(DECIDED & edited & ~kept),
        thrown=count(DECIDED & ~edited & ~kept),
        unknown=count(OCCUPIED & ~DECIDED),
        te=int(te.sum()),
        te_explore=int(te[explores].sum()),
        uncounted=unknown / requests if requests else 0.0,
    )
