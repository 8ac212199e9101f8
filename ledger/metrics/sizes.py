"""How many interactions cost how much, and how much of everything the largest took."""

from datetime import tzinfo
from math import ceil, floor, log10

import numpy as np

from ledger.core.curves import Sizes
from ledger.core.words import Tag
from ledger.metrics.arrays import Floats, Ints, counted, weighed
from ledger.metrics.blocks import EDITED_WORTH, TAGS
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.sized import TWENTIETHS_A_MILLION

A_DECADE = 4  # bars
LARGEST = 0.05
FEWEST = 20  # from so many on the largest twentieth is at least one


def sizes(
    frame: Frame,
    selection: Selection,
    *,
    zone: tzinfo | None = None,
    edited_worth: int = EDITED_WORTH,
) -> Sizes:
    """Return how often interactions of each size occur; those of no known cost are left out."""
    parts = selection.parts
    cost = weighed(frame.owners[parts], frame.te[parts], len(frame))
    at = np.flatnonzero((cost > 0) & selection.interactions)
    mte, tag = cost[at] / TWENTIETHS_A_MILLION, frame.tag[at]
    edges = _edges(mte)
    counts = _counts(mte, tag, edges)
    return Sizes(
        edges=tuple(edges.tolist()),
        untagged=counts[0],
        kept=counts[Tag.KEPT],
        edited=counts[Tag.EDITED],
        thrown_away=counts[Tag.THROWN_AWAY],
        median_mte=float(np.median(mte)) if len(mte) else 0.0,
        top_share=_top_share(mte),
    )


def _edges(mte: Floats) -> Floats:
    """Return edges that are evenly spaced on a logarithmic scale, whole decades among them."""
    if not len(mte):
        return np.zeros(0)
    first = floor(log10(float(mte.min())) * A_DECADE)
    last = ceil(log10(float(mte.max())) * A_DECADE)
    edges: Floats = 10.0 ** (np.arange(first, max(last, first + 1) + 1) / A_DECADE)
    return edges


def _counts(mte: Floats, tag: Ints, edges: Floats) -> list[tuple[int, ...]]:
    """Return how many interactions of each tag lie in each bar."""
    bars = max(len(edges) - 1, 0)
    # A size that rounding puts outside is counted in the bar beside it.
    bar = np.searchsorted(edges[1:-1], mte, side="right")
    counts = counted(tag * np.intp(bars) + bar, TAGS * bars).reshape(TAGS, bars)
    return [tuple(row) for row in counts.tolist()]


def _top_share(mte: Floats) -> float | None:
    if len(mte) < FEWEST:
        return None
    top = round(len(mte) * LARGEST)
    return float(np.partition(mte, -top)[-top:].sum() / mte.sum())
