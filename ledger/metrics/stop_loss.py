"""How many work blocks end up kept of those that have passed a size: when is it time to stop?"""

from datetime import tzinfo

import numpy as np

from ledger.core.curves import Stop, StopLoss
from ledger.metrics.arrays import Floats, counted
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.gates import INTERVAL_BLOCKS
from ledger.metrics.rates import mean_interval
from ledger.metrics.sized import sized_blocks

ROUND = (1.0, 2.0, 3.0, 5.0)
PASSED_BY_MOST = 0.05  # sizes that hardly any block falls short of say what 0 says


def stop_loss(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> StopLoss:
    """Return P(kept | more than x MTE) at round sizes x, from 0 on while 8 blocks remain.

    Completely tagged blocks only, and none at all with less than half of the token-equivalents
    tagged. Edited blocks are not kept ones.
    """
    made = sized_blocks(frame, selection, zone, edited_worth)
    blocks = made.settled()
    number = len(blocks.mte)
    if number < INTERVAL_BLOCKS or not made.is_covered:
        return StopLoss(stops=(), blocks=number)
    limits = _limits(blocks.mte)
    # How many of the limits each block has passed; what passed one passed all before it.
    passed = np.searchsorted(np.asarray(limits), blocks.mte, side="left")
    left, kept = (
        np.cumsum(counted(some, len(limits) + 1)[::-1])[::-1][1:].tolist()
        for some in (passed, passed[blocks.kept])
    )
    stops = [
        Stop(limit, many, good / many, *mean_interval(good, many))
        for limit, many, good in zip(limits, left, kept, strict=True)
    ]
    return StopLoss(stops=tuple(stops), blocks=number)


def _limits(size: Floats) -> list[float]:
    """Return 0 and the round sizes that some blocks fall short of and at least 8 pass."""
    some = int(len(size) * PASSED_BY_MOST)
    ordered = np.partition(size, (some, len(size) - INTERVAL_BLOCKS))
    least, most = float(ordered[some]), float(ordered[-INTERVAL_BLOCKS])
    decades = range(int(np.floor(np.log10(least))), int(np.ceil(np.log10(most))) + 1)
    scale = [one * 10.0**ten if ten >= 0 else one / 10.0**-ten for ten in decades for one in ROUND]
    return [0.0, *(limit for limit in scale if least <= limit < most)]
