"""The figures that are each one short formula: kept rate, rework, exploration and the like."""

from math import comb

import numpy as np

from ledger.core.figures import Doubt
from ledger.core.vocabulary import UNTAGGED, Intent, Origin, Tag
from ledger.metrics.arrays import Bools, Ints, counted, summed
from ledger.metrics.blocks import THERE, bit
from ledger.metrics.distributions import mean_interval
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.intervals import interval
from ledger.metrics.query import Estimate, Query
from ledger.metrics.ratio import COVERAGE, INTERVAL_BLOCKS, INTERVAL_DAYS, mte
from ledger.metrics.shares import jeffreys, share

KEPT = bit(Tag.KEPT)
NOT_TAGGED = bit(UNTAGGED)


def kept_rate(look: Query) -> Estimate:
    """Answer: of how many work blocks was something kept?

    Only blocks tagged throughout count: a single kept tag decides a block and a single thrown-away
    tag does not, so a share of the decided ones would be too high. Until there are enough of them
    it is between all open blocks thrown away and all of them kept.
    """
    headline = look.tally.headline
    table = headline.judged.table[0]
    blocks, kept = int(table[THERE].sum()), int(table[KEPT].sum())
    if not blocks:
        return Estimate()
    whole, hits = int(table[THERE & ~NOT_TAGGED].sum()), int(table[KEPT & ~NOT_TAGGED].sum())
    if headline.known[0].allows_interval and whole >= INTERVAL_BLOCKS:
        note = f"Kept in {hits} of {whole} blocks that are tagged throughout."
        return Estimate(
            hits / whole, *jeffreys(hits, whole), whole, note=note, doubt=Doubt.INTERVAL
        )
    could = int(table[KEPT | NOT_TAGGED].sum())
    return Estimate(None, kept / blocks, could / blocks, blocks, doubt=Doubt.BOUNDS)


def block_te(frame: Frame, selection: Selection) -> Ints:
    """Return the token-equivalents (twentieths) of every selected block of deliveries, by time.

    A block takes what its delivering interactions took. One in which a request told no counts is
    left out: nobody knows how large it is.
    """
    delivering, of = frame.delivering, frame.blocks.of
    there = np.zeros(len(frame.blocks), dtype=np.bool_)
    there[of[selection.interactions & delivering]] = True
    parts = np.flatnonzero(selection.portions & delivering[frame.owners])
    block = of[frame.owners[parts]]
    there[block[frame.unknown[parts] > 0]] = False
    return summed(block, frame.te[parts], len(frame.blocks))[there]


def by_hand(look: Query) -> Estimate:
    """Answer: what share of the work blocks has nothing in it but what was entered by hand?"""
    frame = look.frame
    mine = look.selection.interactions & frame.delivering
    begun, in_a_log = np.zeros((2, len(frame.blocks)), dtype=np.bool_)
    begun[frame.blocks.of[mine]] = True
    in_a_log[frame.blocks.of[mine & (frame.origin != Origin.LOGGED)]] = True
    blocks = int(np.count_nonzero(begun))
    if not blocks:
        return Estimate()
    return Estimate(1 - int(np.count_nonzero(in_a_log)) / blocks, n=blocks)


def cache_share(look: Query) -> Estimate:
    """Answer: which share of the tokens that went in was read from a cache?

    A count of what was logged, so it has no interval.
    """
    found = look.summary
    went_in = found.input + found.cache_read + found.cache_write
    known = found.requests - found.unknown
    note = f"{found.unknown} requests told no counts." if found.unknown else ""
    return Estimate(share(found.cache_read, went_in), n=known, of="requests", note=note)


def blocks_per_day(look: Query) -> Estimate:
    """Answer: in how many half-hours of an active day was AI work started?

    The interval is that of another stretch of days like these (bootstrap-t over the active days).
    """
    frame = look.frame
    there = np.zeros(len(frame.blocks), dtype=np.bool_)
    there[frame.blocks.of[look.selection.interactions & frame.delivering]] = True
    begun = np.flatnonzero(there)
    if not len(begun):
        return Estimate(of="active days")
    days_of = frame.days(look.zone)
    every_day = counted(days_of.block[begun], len(days_of.days))
    by_day = every_day[every_day > 0].astype(np.float64)
    value, days = float(by_day.mean()), len(by_day)
    if not look.interval or days < INTERVAL_DAYS or len(begun) < INTERVAL_BLOCKS:
        return Estimate(value, n=days, of="active days")
    low, high = interval(by_day, np.ones(days)) or (None, None)
    return Estimate(value, low, high, days, "active days", doubt=Doubt.INTERVAL)


def tokens_per_block(look: Query) -> Estimate:
    """Answer: how many million token-equivalents did one kept work block take?

    The least is what it took if all untagged work was kept. There is no most while nothing is.
    """
    found = look.summary.ratio
    return Estimate(
        _over(found.point),
        _over(found.upper),
        _over(found.lower),
        found.blocks,
        doubt=Doubt.BOUNDS,
    )


def _over(ratio: float | None) -> float | None:
    return 1 / ratio if ratio else None


ONE_IN = 20  # the largest 5 %
FEWEST = 20


def top_share(look: Query) -> Estimate:
    """Answer: which share of the token-equivalents did the largest 5 % of work blocks take?

    Needs 20 blocks, one of which is then 5 %; 5 % of a number that 20 does not divide is rounded
    up.
    """
    sizes = np.sort(block_te(look.frame, look.selection))
    if len(sizes) < FEWEST:
        return Estimate(n=len(sizes))
    largest = -(-len(sizes) // ONE_IN)
    value = share(int(sizes[-largest:].sum()), int(sizes.sum()))
    return Estimate(value, n=len(sizes))


OUTSIDE = 0.025  # of the interval, on each side
LARGE = 1000  # from here on the binomial is taken as normal
NORMAL_975 = 1.959964


def block_size(look: Query) -> Estimate:
    """Answer: how many million token-equivalents did a work block take, in the middle?

    Half of the blocks took less. The interval lies between two order statistics (Conover 1999,
    Practical Nonparametric Statistics, 3.2): it asks nothing of how sizes are spread.
    """
    sizes = np.sort(block_te(look.frame, look.selection))
    n = len(sizes)
    if not n:
        return Estimate()
    value = mte(int(sizes[(n - 1) // 2]) + int(sizes[n // 2])) / 2
    if n < INTERVAL_BLOCKS:
        return Estimate(value, n=n)
    below = middle_rank(n)
    low, high = mte(int(sizes[below - 1])), mte(int(sizes[n - below]))
    return Estimate(value, low, high, n, doubt=Doubt.INTERVAL)


def middle_rank(n: int) -> int:
    """Return the rank k so that the median lies between the k-th smallest and k-th largest.

    It holds for at least 95 % of samples of this many; needs 6 or more.
    """
    if n >= LARGE:
        return int((n - NORMAL_975 * n**0.5) / 2)
    below, rank = 0, 0
    while (below + comb(n, rank)) <= OUTSIDE * 2**n:
        below += comb(n, rank)
        rank += 1
    return rank


def exploration(look: Query) -> Estimate:
    """Answer: which share of what was spent went into experiments?

    Estimated and unknown counts give it a least and a most.
    """
    frame, selection = look.frame, look.selection
    is_experiment = frame.prompted & (frame.intent == Intent.EXPERIMENT)
    parts = selection.parts
    mine = is_experiment[frame.owners[parts]]
    te = frame.te[parts]
    whole = int(te.sum())
    if not whole:
        return Estimate(of="experiments")
    number = int(np.count_nonzero(is_experiment & selection.interactions))
    value, ends = int(te[mine].sum()) / whole, _ends(look, mine)
    if ends is None:
        return Estimate(value, n=number, of="experiments")
    return Estimate(value, *ends, number, "experiments", doubt=Doubt.BOUNDS)


def _ends(look: Query, mine: Bools) -> tuple[float, float] | None:
    """Return the least and the most it can be; None where everything was counted."""
    frame, parts = look.frame, look.selection.parts
    low, high = frame.te_low[parts], frame.te_ceiling[parts]
    if (low == high).all():
        return None
    least = int(low[mine].sum()), int(high[~mine].sum())
    most = int(high[mine].sum()), int(low[~mine].sum())
    shares = [part / (part + rest) if part + rest else 0.0 for part, rest in (least, most)]
    return shares[0], shares[1]


def projects_per_day(look: Query) -> Estimate:
    """Answer: in how many projects was AI work started on an active day?"""
    frame = look.frame
    begun = np.zeros(len(frame.blocks), dtype=np.bool_)
    begun[frame.blocks.of[look.selection.interactions & frame.delivering]] = True
    if not begun.any():
        return Estimate(of="active days")
    day = frame.days(look.zone).block[begun].astype(np.int64)
    key = day * (len(frame.projects) + 1) + frame.blocks.project[begun]
    days = len(np.unique(day))
    return Estimate(len(np.unique(key)) / days, n=days, of="active days")


OF = "tagged interactions with evidence"


def agreement(look: Query) -> Estimate:
    """Answer: of the tagged interactions that evidence speaks about, how many are tagged alike?

    The person decides; a share that falls says that tags are given more kindly than code survives.
    """
    rows = look.selection.rows
    tag, suggested = look.frame.tag[rows], look.frame.suggested[rows]
    both = (tag != UNTAGGED) & (suggested != UNTAGGED)
    number = int(np.count_nonzero(both))
    if number < INTERVAL_BLOCKS:
        return Estimate(n=number, of=OF)
    alike = int(np.count_nonzero(both & (tag == suggested)))
    low, high = mean_interval(alike, number)
    return Estimate(alike / number, low, high, number, OF, doubt=Doubt.INTERVAL)


SOON_S = 600


def rework(look: Query) -> Estimate:
    """Answer: which share of what was spent was thrown away or had to be done again?

    At least what was thrown away, at most that and everything untagged. An untagged interaction
    that was asked again almost word for word is taken as redone; the person's own tag goes before.
    """
    frame, parts = look.frame, look.selection.parts
    te, owner = frame.te[parts], frame.owners[parts]
    whole = int(te.sum())
    if not whole:
        return Estimate(of="interactions")
    thrown = frame.tag == Tag.THROWN_AWAY
    open_ = frame.tag == UNTAGGED
    redone = _redone(look) & open_
    gone, again, unsaid = (int(te[some[owner]].sum()) for some in (thrown, redone, open_))
    tagged = share(whole - unsaid, whole) or 0.0
    asked_twice = int(np.count_nonzero(redone & look.selection.interactions))
    return Estimate(
        (gone + again) / whole if tagged >= COVERAGE else None,
        gone / whole,
        (gone + unsaid) / whole,
        look.summary.interactions,
        "interactions",
        f"{asked_twice} untagged were asked again within 10 minutes." if asked_twice else "",
        Doubt.BOUNDS,
    )


def soon_again(frame: Frame) -> tuple[Ints, Ints]:
    """Return pairs of prompts of a session that began within 10 minutes: the earlier, the later.

    Positions in the frame; each prompt is paired with the next one only. Whether the second
    repeats the first is for evidence to say.
    """
    rows = np.flatnonzero(frame.prompted)
    order = rows[np.lexsort((rows, frame.session[rows]))]
    first, second = order[:-1], order[1:]
    near = (frame.session[first] == frame.session[second]) & (
        frame.time_s[second] - frame.time_s[first] <= SOON_S
    )
    return first[near], second[near]


def _redone(look: Query) -> Bools:
    redone = np.zeros(len(look.frame), dtype=np.bool_)
    if look.redone:
        redone[look.frame.positions(look.redone)] = True
    return redone
