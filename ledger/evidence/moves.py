"""Text that went to another file: three or more lines in a row that are missing in the first."""

from collections.abc import Callable
from typing import Final

import numpy as np

from ledger.evidence.change import Part
from ledger.evidence.features import Bools, Counts, Hashes

SHORTEST_RUN: Final = 3  # lines


def moved(missing: Part, lines: Hashes, before: Callable[[], Counts]) -> Counts:
    """Return which missing lines stand in another file, in rows of at least three.

    `lines` are that file's lines in their order, `before` gives what it had before the change:
    lines that stood there already did not come from elsewhere.
    """
    wanted = _are_in(lines, missing.hashes)
    if np.count_nonzero(wanted) < SHORTEST_RUN:
        return Counts.nothing()
    wanted &= before().at(lines) == 0
    edges = np.diff(np.concatenate(([0], wanted.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    long = ends - starts >= SHORTEST_RUN
    if not long.any():
        return Counts.nothing()
    runs = [lines[start:end] for start, end in zip(starts[long], ends[long], strict=True)]
    found = Counts.of(np.concatenate(runs))
    rows = np.searchsorted(missing.hashes, found.hashes)
    return Counts(found.hashes, np.minimum(found.counts, missing.counts[rows]))


def _are_in(lines: Hashes, ascending: Hashes) -> Bools:
    """Tell which lines are among others; much quicker than `np.isin` where both are few."""
    if not len(ascending):
        return np.zeros(len(lines), np.bool_)
    place = np.searchsorted(ascending, lines)
    place[place == len(ascending)] = 0
    found: Bools = ascending[place] == lines
    return found
