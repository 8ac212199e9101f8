"""Curves over size: worth, the diminishing point, when to stop, and how sizes are spread.

Never a ratio against its own denominator: STR of a block against its tokens falls even where
tokens do not matter.

Pool adjacent violators: Ayer, Brunk, Ewing, Reid and Silverman 1955, Annals of Mathematical
Statistics 26(4).
"""

from datetime import tzinfo
from itertools import pairwise
from math import ceil, floor, log10, sqrt
from statistics import NormalDist

import numpy as np

from ledger.core.figures import Bin, Sizes, Stop, StopLoss, WorthCurve
from ledger.core.vocabulary import Tag
from ledger.metrics.arrays import Floats, Ints, counted, weighed
from ledger.metrics.blocks import EDITED_WORTH, TAGS
from ledger.metrics.distributions import jeffreys
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.ratio import INTERVAL_BLOCKS
from ledger.metrics.sized import TWENTIETHS_A_MILLION, SizedBlocks, sized_blocks

MIN_WORTH_CURVE_BLOCKS = 24
BLOCKS_A_BIN = 8
MOST_BINS = 10
MAX_FIT_POINTS = 200  # the line is fitted through so many means at most: no eye sees more steps
MIN_DIMINISHING_POINT_BLOCKS = 50
HALF = 0.5
SIGNIFICANCE = 0.05
SIGNIFICANT_Z = 1.96  # standard errors: what rises or falls less surely is flat
MIN_CLUSTERS = 10  # below so many days values are taken as independent
ROUND_FACTORS = (1.0, 2.0, 3.0, 5.0)
SKIPPED_SHARE = 0.05  # sizes that hardly any block falls short of say what 0 says
BARS_A_DECADE = 4  # bars
LARGEST_SHARE = 0.05
MIN_TOP_SHARE_INTERACTIONS = 20  # from so many on the largest twentieth is at least one


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
    sized = sized_blocks(frame, selection, zone, edited_worth)
    blocks = sized.settled()
    number = len(blocks.mte)
    if number < MIN_WORTH_CURVE_BLOCKS or not sized.is_covered:
        return WorthCurve(bins=(), fit=(), diminishing_point=None, blocks=number)
    order = np.argsort(blocks.mte, kind="stable")
    size, worth, day = blocks.mte[order], blocks.worth[order], blocks.day[order]
    cuts = _cuts(size, min(MOST_BINS, number // BLOCKS_A_BIN))
    return WorthCurve(
        bins=tuple(_bins(size, worth, cuts)),
        fit=_monotone_line(size, worth, day),
        diminishing_point=diminishing_point(size, worth, cuts, day, overall=_overall_ratio(sized)),
        blocks=number,
    )


def _overall_ratio(sized: SizedBlocks) -> float:
    return float(sized.guess.sum() / sized.mte.sum())


def _cuts(size: Floats, bins: int) -> Ints:
    """Return where bins of about as many blocks begin and end; equal sizes stay together."""
    at = np.arange(bins + 1) * len(size) // bins
    inner = np.searchsorted(size, size[at[1:-1]], side="left")
    return np.unique(np.concatenate([[0], inner, [len(size)]]))


def _bins(size: Floats, worth: Floats, cuts: Ints) -> list[Bin]:
    sums = np.add.reduceat(worth, cuts[:-1]).tolist()
    bins = []
    for first, end, total in zip(cuts[:-1].tolist(), cuts[1:].tolist(), sums, strict=True):
        number = end - first
        low, high = jeffreys(total, number)
        mean = total / number
        bins.append(Bin(float(size[first]), float(size[end - 1]), number, mean, low, high))
    return bins


def _monotone_line(size: Floats, worth: Floats, day: Ints) -> tuple[tuple[float, float], ...]:
    """Return the corners of the monotone line, a flat one unless it surely rises or falls."""
    number = len(size)
    if size[0] == size[-1]:
        return ((float(size[0]), float(worth.mean())),)
    trend = trend_z(worth, day)
    if abs(trend) < SIGNIFICANT_Z:
        flat = float(worth.mean())
        return (float(size[0]), flat), (float(size[-1]), flat)
    first = np.unique(np.arange(MAX_FIT_POINTS) * number // MAX_FIT_POINTS)
    weight = np.diff(np.append(first, number)).astype(np.float64)
    mean = np.add.reduceat(worth, first) / weight
    sign = 1.0 if trend > 0 else -1.0
    line = isotonic_fit(mean * sign, weight) * sign
    steps = np.flatnonzero(np.diff(line, prepend=np.nan) != 0)
    begins, ends = first[steps], np.append(first[steps[1:]], number) - 1
    corners = [
        (float(size[at]), float(value))
        for begin, end, value in zip(begins, ends, line[steps], strict=True)
        for at in ((begin, end) if end > begin else (begin,))
    ]
    return tuple(corners)


def diminishing_point(
    size: Floats, worth: Floats, cuts: Ints, day: Ints, *, overall: float
) -> float | None:
    """Return the size (MTE) at which the first surely poor step to the next bin begins.

    `size` rises; `cuts` are where bins begin, and the end. The step from one bin to the next
    yields (worth' - worth) / (size' - size). It is surely less than half of `overall` (blocks per
    MTE) when worth - size * overall / 2 surely falls from one to the next: Fieller's way to compare
    a ratio without dividing (1954, JRSS B 16(2)). All steps together may err in 1 of 20 cases
    (Bonferroni). Where worth does not surely rise before that size there is no such point: more
    tokens yielded nothing there either, and the place would only tell how many blocks there are.
    """
    steps = len(cuts) - 2
    if len(size) < MIN_DIMINISHING_POINT_BLOCKS or steps < 1 or overall <= 0:
        return None
    sure = NormalDist().inv_cdf(1 - SIGNIFICANCE / (2 * steps))
    price = overall * HALF
    parts = [_net_worth(size[a:b], worth[a:b], price) for a, b in pairwise(cuts.tolist())]
    for at, ((mean, error), (after, error_after)) in enumerate(pairwise(parts)):
        if after - mean + sure * sqrt(error + error_after) < 0:
            end = cuts[at + 1]
            return (
                float(size[end - 1]) if trend_z(worth[:end], day[:end]) >= SIGNIFICANT_Z else None
            )
    return None


def _net_worth(size: Floats, worth: Floats, price: float) -> tuple[float, float]:
    """Return the mean of worth - price * size and its squared standard error."""
    number = len(size)
    net = worth - price * size
    variance = float(net.var(ddof=1)) if number > 1 else np.inf
    # Blocks that all came out alike are no proof that the next will: as in the bins' intervals.
    share = (float(worth.sum()) + HALF) / (number + 1)
    return float(net.mean()), max(variance, share * (1 - share)) / number


def isotonic_fit(values: Floats, weights: Floats) -> Floats:
    """Return the never falling values nearest to these in weighted squares; weights are above 0."""
    pools: list[tuple[float, float, int]] = []  # sum, weight, how many
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        total, mass, length = value * weight, weight, 1
        while pools and pools[-1][0] * mass >= total * pools[-1][1]:
            before = pools.pop()
            total, mass, length = total + before[0], mass + before[1], length + before[2]
        pools.append((total, mass, length))
    means = np.asarray([total / mass for total, mass, _ in pools], dtype=np.float64)
    return np.repeat(means, [length for _, _, length in pools])


def trend_z(values: Floats, day: Ints) -> float:
    """Return how many standard errors values rise with their place.

    The error adds up within days first: what happens on one day hangs together (Liang and Zeger
    1986, Biometrika 73(1)). Never smaller than if the values were independent.
    """
    place = np.arange(len(values)) - (len(values) - 1) / 2
    moments = place * (values - values.mean())
    alone = float((place**2).sum() * values.var())
    first, length = int(day.min()), int(np.ptp(day)) + 1
    by_day = weighed(day - first, moments, length)
    days = np.count_nonzero(counted(day - first, length))
    spread = float((by_day**2).sum()) if days >= MIN_CLUSTERS else 0.0
    error = sqrt(max(alone, spread))
    return float(moments.sum()) / error if error > 0 else 0.0


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
    sized = sized_blocks(frame, selection, zone, edited_worth)
    blocks = sized.settled()
    number = len(blocks.mte)
    if number < INTERVAL_BLOCKS or not sized.is_covered:
        return StopLoss(stops=(), blocks=number)
    limits = _stop_limits(blocks.mte)
    # How many of the limits each block has passed; what passed one passed all before it.
    passed = np.searchsorted(np.asarray(limits), blocks.mte, side="left")
    left, kept = (
        np.cumsum(counted(limit_counts, len(limits) + 1)[::-1])[::-1][1:].tolist()
        for limit_counts in (passed, passed[blocks.kept])
    )
    stops = [
        Stop(limit, remaining, kept_count / remaining, *jeffreys(kept_count, remaining))
        for limit, remaining, kept_count in zip(limits, left, kept, strict=True)
    ]
    return StopLoss(stops=tuple(stops), blocks=number)


def _stop_limits(size: Floats) -> list[float]:
    """Return 0 and the round sizes that some blocks fall short of and at least 8 pass."""
    skipped = int(len(size) * SKIPPED_SHARE)
    ordered = np.partition(size, (skipped, len(size) - INTERVAL_BLOCKS))
    least, most = float(ordered[skipped]), float(ordered[-INTERVAL_BLOCKS])
    decades = range(int(np.floor(np.log10(least))), int(np.ceil(np.log10(most))) + 1)
    scale = [
        factor * 10.0**exponent if exponent >= 0 else factor / 10.0**-exponent
        for exponent in decades
        for factor in ROUND_FACTORS
    ]
    return [0.0, *(limit for limit in scale if least <= limit < most)]


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
    first = floor(log10(float(mte.min())) * BARS_A_DECADE)
    last = ceil(log10(float(mte.max())) * BARS_A_DECADE)
    edges: Floats = 10.0 ** (np.arange(first, max(last, first + 1) + 1) / BARS_A_DECADE)
    return edges


def _counts(mte: Floats, tag: Ints, edges: Floats) -> list[tuple[int, ...]]:
    """Return how many interactions of each tag lie in each bar."""
    bars = max(len(edges) - 1, 0)
    # A size that rounding puts outside is counted in the bar beside it.
    bar = np.searchsorted(edges[1:-1], mte, side="right")
    counts = counted(tag * np.intp(bars) + bar, TAGS * bars).reshape(TAGS, bars)
    return [tuple(row) for row in counts.tolist()]


def _top_share(mte: Floats) -> float | None:
    if len(mte) < MIN_TOP_SHARE_INTERACTIONS:
        return None
    top = round(len(mte) * LARGEST_SHARE)
    return float(np.partition(mte, -top)[-top:].sum() / mte.sum())
