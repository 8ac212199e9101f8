"""Shares of spending that is known between two ends only: how small and how large can they be?

A request without counts took anything from nothing up to `frame.UNKNOWN_CEILING`, an estimate lies
in its range, and what only the tool's own total tells was perhaps spent. Each of these moves by
itself, so a share is least when all that speaks for it is at its low end and all else at its high
one. Everything here is exact until its one division.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from ledger.metrics.arrays import Bools, Ints, Picks
from ledger.metrics.blocks import FULL_WORTH
from ledger.metrics.frame import UNKNOWN_CEILING, Frame

MAX_STEPS = 100  # each step of a search brings it strictly nearer to its end; a handful is usual


class Piece(NamedTuple):
    """One part of a whole: what each unit of it counts, in percent, and its two ends."""

    worth: int
    low: int
    high: int


def share_ends(pieces: Iterable[Piece]) -> tuple[float | None, float | None]:
    """Return the least and the most that the worth of all pieces can be of their whole, 0..1.

    None where nothing can have been spent. A share of sums moves one way with each piece, so its
    ends lie where every piece is at an end of its own; a whole of nothing has no share.
    """
    sums: dict[int, tuple[int, int]] = {}
    for worth, low, high in pieces:
        least, most = sums.get(worth, (0, 0))
        sums[worth] = least + low, most + high
    worths = list(sums)
    shares = [
        sum(worth * amount for worth, amount in zip(worths, corner, strict=True))
        / (FULL_WORTH * sum(corner))
        for corner in product(*sums.values())
        if sum(corner)
    ]
    return min(shares, default=None), max(shares, default=None)


def likely(
    te: Sequence[int], unknown: Sequence[int], missing: Sequence[int], requests: int
) -> list[int]:
    """Return what parts of a whole likely took, in a unit of their own: for shares of them only.

    A request without counts is taken to have cost as much as the others of the whole on average,
    and no more than the ceiling; where there are no others, any amount gives the same shares.
    """
    without = sum(unknown)
    if not without:
        return [counted + more for counted, more in zip(te, missing, strict=True)]
    counted, others = sum(te), max(requests - without, 1)
    each = min(counted, UNKNOWN_CEILING * others) if counted else UNKNOWN_CEILING * others
    return [
        (known + more) * others + each * number
        for known, more, number in zip(te, missing, unknown, strict=True)
    ]


def likely_of_groups(te: Ints, unknown: Ints, missing: Ints, requests: Ints) -> list[list[int]]:
    """Return `likely` of many groups: arrays of shape (groups, parts), `requests` of (groups)."""
    rows = zip(te.tolist(), unknown.tolist(), missing.tolist(), requests.tolist(), strict=True)
    return [likely(*row) for row in rows]


def part_of_spending(
    frame: Frame, parts: Picks, mine: Bools
) -> tuple[float | None, tuple[float | None, float | None]]:
    """Return which share of the portions' spending some of them took: likely, and its ends.

    `mine` has one element for each of `parts`.
    """
    low, high = (
        (int(took[mine].sum()), int(took[~mine].sum()))
        for took in (frame.te_low[parts], frame.te_ceiling[parts])
    )
    ends = share_ends((Piece(FULL_WORTH, low[0], high[0]), Piece(0, low[1], high[1])))
    te, unknown, missing = (
        (int(column[mine].sum()), int(column[~mine].sum()))
        for column in (frame.te[parts], frame.unknown[parts], frame.missing[parts])
    )
    took = likely(te, unknown, missing, int(frame.requests[parts].sum()))
    return (took[0] / sum(took) if sum(took) else None), ends


def likely_te(frame: Frame, parts: Picks) -> Ints:
    """Return what each of the portions likely took, in twentieths, between its two ends."""
    te, unknown, missing = frame.te[parts], frame.unknown[parts], frame.missing[parts]
    without = int(unknown.sum())
    if not without:
        return te + missing
    counted, others = int(te.sum()), int(frame.requests[parts].sum()) - without
    each = min(counted // max(others, 1), UNKNOWN_CEILING) if counted else UNKNOWN_CEILING
    took: Ints = te + missing + unknown * np.int64(each)
    return took


def largest_share(low: Ints, high: Ints, number: int) -> tuple[float | None, float | None]:
    """Return the least and the most that the `number` largest of some sizes can be of their sum.

    Each size lies between its ends. None where the sizes may all be nothing.
    """
    if not len(low) or not high.any():
        return None, None
    return _least_of_largest(low, high, number), _most_of_largest(low, high, number)


def _most_of_largest(low: Ints, high: Ints, number: int) -> float:
    """Search by Dinkelbach's method: those that gain most are at their high end, all others low."""
    best = 0.0
    for _ in range(MAX_STEPS):
        gain = (1 - best) * high + best * low
        chosen = np.argsort(-gain, kind="stable")[:number]
        taken = int(high[chosen].sum())
        whole = taken + int(low.sum()) - int(low[chosen].sum())
        if taken <= best * whole:
            break
        best = taken / whole
    return best


def _least_of_largest(low: Ints, high: Ints, number: int) -> float:
    """Search the level to which everything is brought as near as it can be: the evenest sizes.

    For a share r the best level is where one more step up stops paying: the `number` largest grow
    by one each, and r of everything that still can grow is taken off.
    """
    levels = np.unique(np.concatenate([low, high]))
    above = len(low) - np.searchsorted(np.sort(low), levels, side="right")
    can_grow = len(low) - above - np.searchsorted(np.sort(high), levels, side="right")
    best = 1.0
    for _ in range(MAX_STEPS):
        pays = number - above - best * can_grow < 0
        level = levels[int(np.argmin(pays))] if not pays.all() else levels[-1]
        sizes = np.sort(np.clip(level, low, high))
        if not sizes.any():
            sizes = np.sort(high)
        found = int(sizes[-number:].sum()) / int(sizes.sum())
        if found >= best:
            break
        best = found
    return best
