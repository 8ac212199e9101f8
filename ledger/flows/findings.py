"""What is worth knowing: up to three true sentences, chosen by what the intervals support.

Some ten things are tried at once, so a difference is claimed only where two intervals stay wholly
apart: those of rates are of 99 %, those of ratios of 95 %. Claims come before housekeeping, and
among claims the one that lies furthest from what it is compared with.
"""

from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta, tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.days import start_of
from ledger.core.figures import Summary
from ledger.core.filters import Filter
from ledger.core.words import Intent, Tag
from ledger.flows import finding_words, headline
from ledger.flows.changing import between, settled_period
from ledger.flows.charting import TOOL_NAMES, weights
from ledger.flows.headline import TOKENIZER_SLACK, Statement
from ledger.metrics.arrays import Floats
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.cache_shift import cache_share_by_day
from ledger.metrics.change_scan import change_scan
from ledger.metrics.fate_rates import FateRate, fate_rates, together
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.gates import COVERAGE, INTERVAL_BLOCKS
from ledger.metrics.groups import by_group
from ledger.metrics.look import Look
from ledger.metrics.shares import jeffreys
from ledger.metrics.stop_loss import stop_loss
from ledger.metrics.top_share import top_share

MOST = 3
LEVEL = 0.99  # of the intervals of rates
DOUBT = 0.01  # a change of the weeks is told only below it
LARGEST = 5  # so many of the largest untagged interactions are offered at once
UNEVEN = 0.5  # the largest 5 % of blocks are worth a word from this share on
WARY = 0.05  # points by which the share read from a cache must have moved


class Found(NamedTuple):
    """A sentence and how far what it says lies from what it is compared with, 0..1."""

    distance: float
    statement: Statement


class Ledger(NamedTuple):
    """What the sentences are about."""

    frame: Frame
    chosen: Filter
    selection: Selection
    now_s: int
    zone: tzinfo | None
    edited_worth: int


def findings(
    frame: Frame,
    chosen: Filter,
    whole: Summary,
    now_s: int,
    zone: tzinfo | None = None,
    *,
    edited_worth: int = EDITED_WORTH,
) -> Generator[None, None, tuple[Statement, ...]]:
    """Return up to three sentences worth knowing; empty when the figures support none.

    Yields after each thing tried, so that a window can answer keys meanwhile. `whole` is the
    summary of the same filter.
    """
    about = Ledger(frame, chosen, frame.select(chosen), now_s, zone, edited_worth)
    te = weights(frame, about.selection)
    if not te.any():
        return ()
    claims = []
    for family in (_kinds, _tools, _stop, _shift, _cache, _uneven, _few_thrown):
        found = family(about)
        claims += [found] if found is not None else []
        yield
    claims.sort(key=lambda found: -found.distance)
    said = [found.statement for found in claims]
    said += [statement for statement in _housekeeping(frame, te, whole) if statement]
    return tuple(said[:MOST])


def _few_thrown(about: Ledger) -> Found | None:
    """Tell when few interactions took half of what was thrown away."""
    te = weights(about.frame, about.selection)
    thrown = te[(about.frame.tag == Tag.THROWN_AWAY) & (te > 0)].tolist()
    statement = headline.concentration(thrown)
    if statement is None:
        return None
    return Found(UNEVEN - finding_words.few(thrown) / len(thrown), statement)


def _kinds(about: Ledger) -> Found | None:
    """Tell the kind of work whose kept rate lies furthest from that of all others."""
    rates = fate_rates(about.frame, about.selection, "kind", about.zone)
    if not rates:
        return None
    all_kinds = together(rates)
    found = []
    for rate in rates:
        rest = all_kinds.less(rate)
        gap = _apart(rate, rest)
        if gap and rate.key != "unsorted":
            found.append(Found(gap, finding_words.kind(rate, rest, LEVEL)))
    return max(found, key=lambda one: one.distance, default=None)


def _apart(one: FateRate, other: FateRate) -> float:
    """Return how far two rates' intervals lie apart; 0 where they touch or little is known."""
    if any(rate.settled < max(INTERVAL_BLOCKS, COVERAGE * rate.blocks) for rate in (one, other)):
        return 0.0
    low, high = jeffreys(one.kept, one.settled, LEVEL)
    other_low, other_high = jeffreys(other.kept, other.settled, LEVEL)
    return max(low - other_high, other_low - high, 0.0)


def _tools(about: Ledger) -> Found | None:
    """Tell the two tools apart that differ most; their ratios are compared in proportion."""
    groups = by_group(
        about.frame, about.selection, "tool", zone=about.zone, edited_worth=about.edited_worth
    )
    statement = headline.compared(groups, TOOL_NAMES)
    if statement is None:
        return None
    low = max(one.ratio.low or 0.0 for one in groups)
    high = min(one.ratio.high for one in groups if one.ratio.high is not None)
    return Found(1 - TOKENIZER_SLACK * high / low, statement)


def _stop(about: Ledger) -> Found | None:
    """Tell the size past which the fewest blocks are kept, against those that stopped before."""
    curve = stop_loss(
        about.frame, about.selection, zone=about.zone, edited_worth=about.edited_worth
    )
    if not curve.stops:
        return None
    whole = curve.stops[0]
    kept = round(whole.share * whole.blocks)
    found = []
    for stop in curve.stops[1:]:
        mine = round(stop.share * stop.blocks)
        past = FateRate("past", stop.blocks, stop.blocks, mine, 0)
        short = FateRate("short", *(2 * (whole.blocks - stop.blocks,)), kept - mine, 0)
        gap = _apart(past, short)
        if gap and stop.share < whole.share:
            found.append(Found(gap, finding_words.stop(stop.mte, past, short, LEVEL)))
    return max(found, key=lambda one: one.distance, default=None)


def _shift(about: Ledger) -> Found | None:
    """Tell a change that the weeks show, up to where work is settled."""
    _, end = settled_period(about.chosen, about.now_s, about.zone)
    until = start_of(end, about.zone)
    selection = about.frame.select(replace(about.chosen, until_s=until))
    change = change_scan(about.frame, selection, zone=about.zone, edited_worth=about.edited_worth)
    if change is None or change.p > DOUBT:
        return None
    distance = 1 - min(change.factor, 1 / change.factor)
    return Found(distance, finding_words.shift(change))


def _cache(about: Ledger) -> Found | None:
    """Tell when clearly more or less of the input is read from a cache than before."""
    first, end = settled_period(about.chosen, about.now_s, about.zone)
    length = end - first
    now, before = (
        cache_share_by_day(
            about.frame,
            between(about.frame, about.chosen, *span, about.zone),
            about.zone,
        )
        for span in ((first, end), (first - length, first))
    )
    if now is None or before is None:
        return None
    gap = max(now.low - before.high, before.low - now.high)
    if gap <= 0 or abs(now.value - before.value) < WARY:
        return None
    last = end - timedelta(days=1)
    return Found(gap, finding_words.cache(now, before, last, length.days))


def _uneven(about: Ledger) -> Found | None:
    """Tell when a few blocks took most of the tokens."""
    share = top_share(Look(frame=about.frame, selection=about.selection, zone=about.zone))
    if share.value is None or share.value <= UNEVEN:
        return None
    return Found(share.value - UNEVEN, finding_words.uneven(share.value, share.n))


def _housekeeping(frame: Frame, te: Floats, whole: Summary) -> tuple[Statement | None, ...]:
    """Return what would make the figures surer, in the order of use."""
    explored = float(te[frame.intent == Intent.EXPERIMENT].sum()) / float(te.sum())
    return (
        _largest_untagged(te, frame),
        headline.experiments(explored),
        headline.unknown(whole),
    )


def _largest_untagged(te: Floats, frame: Frame) -> Statement | None:
    total, untagged = float(te.sum()), te[frame.tag == 0]
    largest = np.partition(untagged, -LARGEST)[-LARGEST:] if len(untagged) > LARGEST else untagged
    covered = 1 - float(untagged.sum()) / total
    number = int(np.count_nonzero(largest))
    return headline.lift(covered, covered + float(largest.sum()) / total, number)
