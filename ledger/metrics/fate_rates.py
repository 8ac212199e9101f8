"""How often work blocks of each tool, model, project or kind were kept or thrown away."""

from datetime import tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.words import UNTAGGED, Tag
from ledger.metrics.blocks import EDITED_WORTH, THERE, bit
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import GroupBy, grouping
from ledger.metrics.outcome import Outcome

SETTLED = THERE & ~bit(UNTAGGED)
KEPT = SETTLED & bit(Tag.KEPT)
THROWN = SETTLED & ~bit(Tag.KEPT) & ~bit(Tag.EDITED)


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
    sums = np.stack([table[:, codes].sum(axis=1) for codes in (THERE, SETTLED, KEPT, THROWN)])
    rates = [FateRate(key, *row) for key, row in zip(groups.keys, sums.T.tolist(), strict=True)]
    return sorted(rate for rate in rates if rate.blocks)


def together(rates: list[FateRate]) -> FateRate:
    """Return all groups as one."""
    return FateRate("all", *(sum(column) for column in list(zip(*rates, strict=True))[1:]))
