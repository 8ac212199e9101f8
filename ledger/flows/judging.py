"""Which interactions wait for the person's word, and in what order."""

import numpy as np

from ledger.core.filters import Filter
from ledger.core.words import UNTAGGED, Origin
from ledger.metrics.frame import Frame


def queue(frame: Frame, chosen: Filter, limit: int | None = None) -> list[int]:
    """Return the ids of untagged interactions, newest first: what is fresh is quickest to judge.

    Interactions without a prompt of the person are left out: nobody remembers what they were for.
    """
    selection = frame.select(chosen)
    waiting = selection.interactions & (frame.tag == UNTAGGED)
    waiting &= frame.origin != int(Origin.UNPROMPTED)
    positions = np.flatnonzero(waiting)[::-1][:limit]
    return [int(identity) for identity in frame.id[positions]]


def waiting(frame: Frame, chosen: Filter) -> int:
    """Count the interactions that `queue` would return."""
    return len(queue(frame, chosen))
