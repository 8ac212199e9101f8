"""The two sides of a comparison as blocks: where each worked, what came of it, at what cost."""

from typing import NamedTuple

import numpy as np

from ledger.core.curves import Arm
from ledger.metrics.arrays import Bools, Floats, Ints, weighed
from ledger.metrics.frame import Frame
from ledger.metrics.mantel_haenszel import Cells

BLOCKS_TO_SHARE = 3  # of each side: one lucky block is no shared work


class Blocks(NamedTuple):
    """One element per block and side; `stratum` numbers the kinds of work."""

    arm: Ints  # 0 or 1
    block: Ints
    day: Ints
    stratum: Ints
    is_begun: Bools  # False where only tokens of an earlier start fall into the selection
    worth: Floats  # 0..1
    mte: Floats
    exposure: Floats  # what it is compared by: MTE, or money

    def where(self, chosen: Bools) -> "Blocks":
        """Return some of the blocks."""
        return Blocks._make(column[chosen] for column in self)

    def together(self, arm: int) -> Arm:
        """Return the sums of one side."""
        mine = self.arm == arm
        return Arm(
            float(self.worth[mine].sum()),
            float(self.mte[mine].sum()),
            int(np.count_nonzero(self.is_begun[mine])),
        )

    def rate(self, arm: int) -> float | None:
        """Return worth per exposure of one side; None where there was no exposure."""
        mine = self.arm == arm
        exposure = float(self.exposure[mine].sum())
        return float(self.worth[mine].sum()) / exposure if exposure > 0 else None

    def in_shared_strata(self) -> "Blocks":
        """Return the blocks of the strata in which both sides did some work."""
        size = int(self.stratum.max(initial=-1)) + 1
        slot, slots = self.stratum * 2 + self.arm, size * 2
        begun = weighed(slot, self.is_begun.astype(np.float64), slots).reshape(-1, 2)
        exposure = weighed(slot, self.exposure, slots).reshape(-1, 2)
        both: Bools = (begun >= BLOCKS_TO_SHARE) & (exposure > 0)
        shared = both[:, 0] & both[:, 1]
        return self.where(shared[self.stratum])

    def cells(self, fewest_days: int) -> Cells:
        """Return them by day, or by block where a side has work on fewer days than that."""
        days = min(len(np.unique(self.day[self.arm == arm])) for arm in (0, 1))
        unit = self.day if days >= fewest_days else self.block
        strata = int(self.stratum.max(initial=0)) + 1
        key = (unit.astype(np.int64) * strata + self.stratum) * 2 + self.arm
        found, at = np.unique(key, return_inverse=True)
        rest, arm = np.divmod(found, 2)
        where, stratum = np.divmod(rest, strata)
        worth, exposure = (weighed(at, one, len(found)) for one in (self.worth, self.exposure))
        return Cells(where, stratum, arm, worth, exposure)


class Side(NamedTuple):
    """How much is known of one side."""

    name: str
    coverage: float | None  # tagged share of token-equivalents
    unknown: float  # share of requests of unknown usage
    unpriced: float  # share of portions of deliveries without an exposure
    exempt: float  # share of token-equivalents in experiments and automation


def side(frame: Frame, name: str, parts: Ints, exposure: Floats | None) -> Side:
    """Look at the selected portions of one side."""
    owner, te = frame.owners[parts], frame.te[parts].astype(np.float64)
    delivering, spent = frame.delivering[owner], float(te.sum())
    mine = float(te[delivering].sum())
    tagged = float(te[delivering & (frame.tag[owner] != 0)].sum())
    requests = int(frame.requests[parts].sum())
    paid = np.zeros(len(parts)) if exposure is None else exposure[parts]
    priced = np.isfinite(paid[delivering])
    return Side(
        name=name,
        coverage=tagged / mine if mine else None,
        unknown=int(frame.unknown[parts].sum()) / requests if requests else 0.0,
        unpriced=1 - float(priced.mean()) if len(priced) else 0.0,
        exempt=1 - mine / spent if spent else 0.0,
    )
