"""Which interactions wait for the person's word, and in what order."""

import numpy as np

from ledger.core.filters import Filter
from ledger.core.words import UNTAGGED
from ledger.metrics.arrays import Bools
from ledger.metrics.frame import Frame


def queue(frame: Frame, chosen: Filter, limit: int | None = None) -> list[int]:
    """Return the ids of untagged interactions, newest first: what is fresh is quickest to judge.

    Interactions without a prompt of the person are left out: nobody remembers what they were for.
    """
    positions = np.flatnonzero(_waiting(frame, chosen))[::-1][:limit]
    return [int(identity) for identity in frame.id[positions]]


def waiting(frame: Frame, chosen: Filter) -> int:
    """Count the interactions that `queue` would return."""
    return int(np.count_nonzero(_waiting(frame, chosen)))


def _waiting(frame: Frame, chosen: Filter) -> Bools:
    untagged: Bools = frame.select(chosen).interactions & (frame.tag == UNTAGGED)
    return untagged & frame.prompted
