"""What became of the work blocks of a selection, and what they and its experiments cost."""

from typing import NamedTuple

import numpy as np

from ledger.core.words import Intent, Tag
from ledger.metrics.arrays import Bools
from ledger.metrics.blocks import DECIDED, THERE, bit, marks
from ledger.metrics.frame import Frame, Selection


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
    mine = selection.interactions & frame.delivering
    codes = marks(frame.blocks.of[mine], frame.tag[mine], len(frame.blocks))

    def count(wanted: Bools) -> int:
        return int(np.count_nonzero(wanted[codes]))

    kept, edited = bit(Tag.KEPT), bit(Tag.EDITED)
    parts = selection.parts
    te, explores = frame.te[parts], frame.intent[frame.owners[parts]] == Intent.EXPERIMENT
    requests, unknown = (int(part[parts].sum()) for part in (frame.requests, frame.unknown))
    return BlockFates(
        kept=count(DECIDED & kept),
        edited=count(DECIDED & edited & ~kept),
        thrown=count(DECIDED & ~edited & ~kept),
        unknown=count(THERE & ~DECIDED),
        te=int(te.sum()),
        te_explore=int(te[explores].sum()),
        uncounted=unknown / requests if requests else 0.0,
    )
