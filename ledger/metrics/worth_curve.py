"""What work blocks are worth by their size: the answer to “do more tokens yield more?”.

Never a ratio against its own denominator: STR of a block against its tokens falls even where
tokens do not matter (metrics 2.10).
"""

from datetime import tzinfo

import numpy as np

from ledger.core.curves import Bin, WorthCurve
from ledger.metrics.arrays import Floats, Ints
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.knee import knee
from ledger.metrics.monotone import SURE, rise, rising
from ledger.metrics.rates import mean_interval
from ledger.metrics.sized import SizedBlocks, sized_blocks

FEWEST_BLOCKS = 24
BLOCKS_A_BIN = 8
MOST_BINS = 10
CELLS = 200  # the line is fitted through so many means at most: no eye sees more steps


def worth_curve(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> WorthCurve:
    """Return the worth of completely tagged blocks by size.

    No bins below 24 such blocks or with less than half of the token-equivalents tagged.
    """
    made = sized_blocks(frame, selection, zone, edited_worth)
    blocks = made.settled()
    number = len(blocks.mte)
    if number < FEWEST_BLOCKS or not made.is_covered:
        return WorthCurve(bins=(), fit=(), knee=None, blocks=number)
    order = np.argsort(blocks.mte, kind="stable")
    size, worth, day = blocks.mte[order], blocks.worth[order], blocks.day[order]
    cuts = _cuts(size, min(MOST_BINS, number // BLOCKS_A_BIN))
    return WorthCurve(
        bins=tuple(_bins(size, worth, cuts)),
        fit=_fit(size, worth, day),
        knee=knee(size, worth, cuts, day, overall=_overall(made)),
        blocks=number,
    )


def _overall(made: SizedBlocks) -> float:
    return float(made.guess.sum() / made.mte.sum())


def _cuts(size: Floats, bins: int) -> Ints:
    """Return where bins of about as many blocks begin and end; equal sizes stay together."""
    at = np.arange(bins + 1) * len(size) // bins
    inner = np.searchsorted(size, size[at[1:-1]], side="left")
    return np.unique(np.concatenate([[0], inner, [len(size)]]))


def _bins(size: Floats, worth: Floats, cuts: Ints) -> list[Bin]:
    sums = np.add.reduceat(worth, cuts[:-1]).tolist()
    found = []
    for first, end, total in zip(cuts[:-1].tolist(), cuts[1:].tolist(), sums, strict=True):
        number = end - first
        low, high = mean_interval(total, number)
        mean = total / number
        found.append(Bin(float(size[first]), float(size[end - 1]), number, mean, low, high))
    return found


def _fit(size: Floats, worth: Floats, day: Ints) -> tuple[tuple[float, float], ...]:
    """Return the corners of the monotone line, a flat one unless it surely rises or falls."""
    number = len(size)
    if size[0] == size[-1]:
        return ((float(size[0]), float(worth.mean())),)
    trend = rise(worth, day)
    if abs(trend) < SURE:
        flat = float(worth.mean())
        return (float(size[0]), flat), (float(size[-1]), flat)
    first = np.unique(np.arange(CELLS) * number // CELLS)
    weight = np.diff(np.append(first, number)).astype(np.float64)
    mean = np.add.reduceat(worth, first) / weight
    sign = 1.0 if trend > 0 else -1.0
    line = rising(mean * sign, weight) * sign
    steps = np.flatnonzero(np.diff(line, prepend=np.nan) != 0)
    begins, ends = first[steps], np.append(first[steps[1:]], number) - 1
    corners = [
        (float(size[at]), float(value))
        for begin, end, value in zip(begins, ends, line[steps], strict=True)
        for at in ((begin, end) if end > begin else (begin,))
    ]
    return tuple(corners)
