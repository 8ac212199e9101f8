"""The figures that are each one short formula: kept rate, rework, exploration and the like."""

from math import comb
from typing import NamedTuple

import numpy as np

from ledger.core.figures import Doubt, Estimate
from ledger.core.usage import CACHE_READ_WEIGHT, INPUT_WEIGHT
from ledger.core.vocabulary import UNTAGGED, Intent, Origin, Tag
from ledger.metrics.arrays import Ints, counted, summed
from ledger.metrics.blocks import OCCUPIED, codes_with
from ledger.metrics.distributions import jeffreys
from ledger.metrics.frame import UNKNOWN_CEILING, Frame, Selection
from ledger.metrics.intervals import interval
from ledger.metrics.query import Query, bounded
from ledger.metrics.ratio import COVERAGE, INTERVAL_BLOCKS, INTERVAL_DAYS, mte
from ledger.metrics.shares import share
from ledger.metrics.uncertain import largest_share, likely_te, part_of_spending

HAS_KEPT = codes_with(Tag.KEPT)
HAS_UNTAGGED = codes_with(UNTAGGED)
TOP_SHARE_DIVISOR = 20  # the largest 5 %
MIN_TOP_SHARE_BLOCKS = 20
MEDIAN_TAIL = 0.025  # of the interval, on each side
NORMAL_FROM_BLOCKS = 1000  # from here on the binomial is taken as normal
NORMAL_975 = 1.959964
AGREEMENT_OF = "tagged interactions with evidence"


def kept_rate(query: Query) -> Estimate:
    """Answer: of how many work blocks was something kept?

    Only blocks tagged throughout count: a single kept tag decides a block and a single thrown-away
    tag does not, so a share of the decided ones would be too high. Until there are enough of them
    it is between all open blocks thrown away and all of them kept.
    """
    headline = query.tally.headline
    table = headline.judged.table[0]
    blocks, kept = int(table[OCCUPIED].sum()), int(table[HAS_KEPT].sum())
    if not blocks:
        return Estimate()
    settled, hits = (
        int(table[OCCUPIED & ~HAS_UNTAGGED].sum()),
        int(table[HAS_KEPT & ~HAS_UNTAGGED].sum()),
    )
    if headline.known[0].allows_interval and settled >= INTERVAL_BLOCKS:
        note = f"Kept in {hits} of {settled} blocks that are tagged throughout."
        return Estimate(
            hits / settled, *jeffreys(hits, settled), settled, note=note, doubt=Doubt.INTERVAL
        )
    could = int(table[HAS_KEPT | HAS_UNTAGGED].sum())
    return Estimate(None, kept / blocks, could / blocks, blocks, doubt=Doubt.BOUNDS)


class BlockSizes(NamedTuple):
    """Token-equivalents (twentieths) of every selected block of deliveries, by time."""

    low: Ints
    likely: Ints
    high: Ints

    @property
    def are_counted(self) -> bool:
        """Whether every one of them is known exactly."""
        return bool((self.low == self.high).all())


def block_te(frame: Frame, selection: Selection) -> BlockSizes:
    """Return what the delivering interactions of every selected block took.

    Requests without counts are likely to have cost as much as the others on average, and at most
    the ceiling.
    """
    delivering, of = frame.delivering, frame.blocks.of
    begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    begun[of[selection.interactions & delivering]] = True
    parts = np.flatnonzero(selection.portions & delivering[frame.owners])
    block = of[frame.owners[parts]]
    amounts = frame.te_low[parts], likely_te(frame, parts), frame.te_ceiling[parts]
    return BlockSizes(*(summed(block, took, len(frame.blocks))[begun] for took in amounts))


def by_hand(query: Query) -> Estimate:
    """Answer: what share of the work blocks has nothing in it but what was entered by hand?"""
    frame = query.frame
    deliveries = query.selection.interactions & frame.delivering
    begun, in_a_log = np.zeros((2, len(frame.blocks)), dtype=np.bool_)
    begun[frame.blocks.of[deliveries]] = True
    in_a_log[frame.blocks.of[deliveries & (frame.origin != Origin.LOGGED)]] = True
    blocks = int(np.count_nonzero(begun))
    if not blocks:
        return Estimate()
    return Estimate(1 - int(np.count_nonzero(in_a_log)) / blocks, n=blocks)


def cache_share(query: Query) -> Estimate:
    """Answer: which share of the tokens that went in was read from a cache?

    A count of what was logged, so it has no interval. What nobody counted may all have been read
    from a cache, or all have been fresh: a token-equivalent is one fresh token or ten read ones.
    """
    summary, spent = query.summary, query.tally.spent
    others = summary.input + summary.cache_write
    known = summary.requests - summary.unknown
    uncounted = summary.unknown * UNKNOWN_CEILING + int(spent.missing.sum())
    read, fresh = uncounted // CACHE_READ_WEIGHT, uncounted // INPUT_WEIGHT
    value = share(summary.cache_read, summary.cache_read + others)
    ends = (
        share(summary.cache_read, summary.cache_read + others + fresh),
        share(summary.cache_read + read, summary.cache_read + others + read),
    )
    return bounded(query, value, ends, known, "requests")


def blocks_per_day(query: Query) -> Estimate:
    """Answer: in how many half-hours of an active day was AI work started?

    The interval is that of another stretch of days like these (bootstrap-t over the active days).
    """
    frame = query.frame
    is_begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    is_begun[frame.blocks.of[query.selection.interactions & frame.delivering]] = True
    begun = np.flatnonzero(is_begun)
    if not len(begun):
        return Estimate(of="active days")
    days_of = frame.days(query.zone)
    every_day = counted(days_of.block[begun], len(days_of.days))
    by_day = every_day[every_day > 0].astype(np.float64)
    value, days = float(by_day.mean()), len(by_day)
    if not query.interval or days < INTERVAL_DAYS or len(begun) < INTERVAL_BLOCKS:
        return Estimate(value, n=days, of="active days")
    low, high = interval(by_day, np.ones(days)) or (None, None)
    return Estimate(value, low, high, days, "active days", doubt=Doubt.INTERVAL)


def tokens_per_block(query: Query) -> Estimate:
    """Answer: how many million token-equivalents did one kept work block take?

    The least is what it took if all untagged work was kept. There is no most while nothing is.
    """
    ratio = query.summary.ratio
    return Estimate(
        _inverse(ratio.point),
        _inverse(ratio.upper),
        _inverse(ratio.lower),
        ratio.blocks,
        doubt=Doubt.BOUNDS,
    )


def _inverse(ratio: float | None) -> float | None:
    return 1 / ratio if ratio else None


def top_share(query: Query) -> Estimate:
    """Answer: which share of the token-equivalents did the largest 5 % of work blocks take?

    Needs 20 blocks, one of which is then 5 %; 5 % of a number that 20 does not divide is rounded
    up.
    """
    sizes = block_te(query.frame, query.selection)
    number = len(sizes.likely)
    if number < MIN_TOP_SHARE_BLOCKS:
        return Estimate(n=number)
    largest = -(-number // TOP_SHARE_DIVISOR)
    likely = np.sort(sizes.likely)
    value = share(int(likely[-largest:].sum()), int(likely.sum()))
    if sizes.are_counted:
        return Estimate(value, n=number)
    ends = largest_share(sizes.low, sizes.high, largest)
    return bounded(query, value, ends, number, "work blocks")


def block_size(query: Query) -> Estimate:
    """Answer: how many million token-equivalents did a work block take, in the middle?

    Half of the blocks took less. The interval lies between two order statistics (Conover 1999,
    Practical Nonparametric Statistics, 3.2): it asks nothing of how sizes are spread. Where sizes
    are not sure, its lower end is taken from the least they can be, its upper from the most.
    """
    sizes = block_te(query.frame, query.selection)
    low, likely, high = (np.sort(end) for end in sizes)
    n = len(likely)
    if not n:
        return Estimate()
    value = _median(likely) if query.counts_enough else None
    note = query.uncounted_note
    if n >= INTERVAL_BLOCKS:
        below = median_rank(n)
        ends = mte(int(low[below - 1])), mte(int(high[n - below]))
        return Estimate(value, *ends, n, note=note, doubt=Doubt.INTERVAL)
    if sizes.are_counted:
        return Estimate(value, n=n)
    return Estimate(value, _median(low), _median(high), n, note=note, doubt=Doubt.BOUNDS)


def _median(ordered: Ints) -> float:
    n = len(ordered)
    return mte(int(ordered[(n - 1) // 2]) + int(ordered[n // 2])) / 2


def median_rank(n: int) -> int:
    """Return the rank k so that the median lies between the k-th smallest and k-th largest.

    It holds for at least 95 % of samples of this many; needs 6 or more.
    """
    if n >= NORMAL_FROM_BLOCKS:
        return int((n - NORMAL_975 * n**0.5) / 2)
    below, rank = 0, 0
    while (below + comb(n, rank)) <= MEDIAN_TAIL * 2**n:
        below += comb(n, rank)
        rank += 1
    return rank


def exploration(query: Query) -> Estimate:
    """Answer: which share of what was spent went into experiments?

    Estimated and unknown counts give it a least and a most, whichever side they stand on.
    """
    frame, selection = query.frame, query.selection
    is_experiment = frame.prompted & (frame.intent == Intent.EXPERIMENT)
    number = int(np.count_nonzero(is_experiment & selection.interactions))
    parts = selection.parts
    value, ends = part_of_spending(frame, parts, is_experiment[frame.owners[parts]])
    return bounded(query, value, ends, number, "experiments")


def projects_per_day(query: Query) -> Estimate:
    """Answer: in how many projects was AI work started on an active day?"""
    frame = query.frame
    begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    begun[frame.blocks.of[query.selection.interactions & frame.delivering]] = True
    if not begun.any():
        return Estimate(of="active days")
    day = frame.days(query.zone).block[begun].astype(np.int64)
    key = day * (len(frame.projects) + 1) + frame.blocks.project[begun]
    days = len(np.unique(day))
    return Estimate(len(np.unique(key)) / days, n=days, of="active days")


def agreement(query: Query) -> Estimate:
    """Answer: of the tagged interactions that evidence speaks about, how many are tagged alike?

    The person decides; a share that falls says that tags are given more kindly than code survives.
    """
    rows = query.selection.rows
    tag, suggested = query.frame.tag[rows], query.frame.suggested[rows]
    comparable = (tag != UNTAGGED) & (suggested != UNTAGGED)
    number = int(np.count_nonzero(comparable))
    if number < INTERVAL_BLOCKS:
        return Estimate(n=number, of=AGREEMENT_OF)
    agreeing = int(np.count_nonzero(comparable & (tag == suggested)))
    low, high = jeffreys(agreeing, number)
    return Estimate(agreeing / number, low, high, number, AGREEMENT_OF, doubt=Doubt.INTERVAL)


def rework(query: Query) -> Estimate:
    """Answer: which share of what was spent was thrown away?

    At least what was thrown away, at most that and everything untagged.
    """
    frame, parts = query.frame, query.selection.parts
    tag = frame.tag[frame.owners[parts]]
    thrown = tag == Tag.THROWN_AWAY
    value, (low, _) = part_of_spending(frame, parts, thrown)
    _, (_, high) = part_of_spending(frame, parts, thrown | (tag == UNTAGGED))
    if low is None or high is None:
        return Estimate(of="interactions")
    is_told = query.counts_enough and (query.summary.coverage or 0.0) >= COVERAGE
    return Estimate(
        value if is_told else None,
        low,
        high,
        query.summary.interactions,
        "interactions",
        query.uncounted_note,
        Doubt.BOUNDS,
    )
