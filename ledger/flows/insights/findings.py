"""What is worth knowing: up to three true sentences, chosen by what the intervals support.

Some ten things are tried at once, so a difference is claimed only where two intervals stay wholly
apart: those of rates are of 99 %, those of ratios of 95 %. Claims come before housekeeping, and
among claims the one that lies furthest from what it is compared with.
"""

from collections.abc import Generator
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.days import start_of
from ledger.core.figures import Change, Summary
from ledger.core.filters import Filter
from ledger.core.formatting import count, dash_of_shares, day, percent, tokens
from ledger.core.vocabulary import Intent, Tag
from ledger.flows.insights import headline
from ledger.flows.insights.changes import between, settled_period
from ledger.flows.insights.charts import TOOL_NAMES, change_words, likely_weights
from ledger.flows.insights.headline import TOKENIZER_SLACK, Statement
from ledger.metrics.arrays import Floats, Ints, summed
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.changes import CacheShare, cache_share_by_day, change_scan
from ledger.metrics.curves import stop_loss
from ledger.metrics.distributions import jeffreys
from ledger.metrics.fate_rates import FateRate, fate_rates, together
from ledger.metrics.figures import top_share
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.query import Query
from ledger.metrics.ratio import COVERAGE, INTERVAL_BLOCKS
from ledger.metrics.tally import summary_by_group

MOST = 3
LEVEL = 0.99  # of the intervals of rates
MOST_P = 0.01  # a change of the weeks is told only below it
LARGEST = 5  # so many of the largest untagged interactions are offered at once
UNEVEN_SHARE = 0.5  # the largest 5 % of blocks are worth a word from this share on
LEAST_CACHE_SHIFT = 0.05  # points by which the share read from a cache must have moved
KINDS = {
    "question": "Questions",
    "draft": "Drafts",
    "fix": "Fixing until green",
    "review": "Reviews",
    "refactor": "Refactors",
    "data": "Data work",
    "writing": "Writing",
    "operations": "Operations",
    "change": "Other changes",
}
FOUR_WEEKS = 28


class Finding(NamedTuple):
    """A sentence and how far what it says lies from what it is compared with, 0..1."""

    distance: float
    statement: Statement


class FindingContext(NamedTuple):
    """What the sentences are about."""

    frame: Frame
    filter: Filter
    selection: Selection
    now_s: int
    zone: tzinfo | None
    edited_worth: int


def findings(
    frame: Frame,
    filter_: Filter,
    summary: Summary,
    now_s: int,
    zone: tzinfo | None = None,
    *,
    edited_worth: int = EDITED_WORTH,
) -> Generator[None, None, tuple[Statement, ...]]:
    """Return up to three sentences worth knowing; empty when the figures support none.

    Yields after each thing tried, so that a window can answer keys meanwhile. `summary` is that
    of the same filter.
    """
    context = FindingContext(frame, filter_, frame.select(filter_), now_s, zone, edited_worth)
    te = likely_weights(frame, context.selection)
    if not te.any():
        return ()
    claims = []
    for family in (_kinds, _tools, _stop, _shift, _cache, _uneven, _few_thrown):
        finding = family(context)
        claims += [finding] if finding is not None else []
        yield
    claims.sort(key=lambda finding: -finding.distance)
    statements = [finding.statement for finding in claims]
    statements += [statement for statement in _housekeeping(frame, te, summary) if statement]
    return tuple(statements[:MOST])


def _few_thrown(context: FindingContext) -> Finding | None:
    """Tell when few interactions took half of what was thrown away."""
    low, high = thrown_sizes(context.frame, context.selection)
    statement = headline.concentration(low, high)
    if statement is None:
        return None
    return Finding(UNEVEN_SHARE - headline.number_to_half(low, high) / len(low), statement)


def thrown_sizes(frame: Frame, selection: Selection) -> tuple[Ints, Ints]:
    """Return the ends of what each thrown-away interaction took that can have taken anything."""
    parts, size = selection.parts, len(frame)
    low, high = (
        summed(frame.owners[parts], took[parts], size) for took in (frame.te_low, frame.te_ceiling)
    )
    thrown = (frame.tag == Tag.THROWN_AWAY) & (high > 0)
    return low[thrown], high[thrown]


def _kinds(context: FindingContext) -> Finding | None:
    """Tell the kind of work whose kept rate lies furthest from that of all others."""
    rates = fate_rates(context.frame, context.selection, "kind", context.zone)
    if not rates:
        return None
    all_kinds = together(rates)
    claims = []
    for rate in rates:
        others = all_kinds.less(rate)
        gap = _interval_gap(rate, others)
        if gap and rate.key != "unsorted":
            claims.append(Finding(gap, kind_sentence(rate, others, LEVEL)))
    return max(claims, key=lambda claim: claim.distance, default=None)


def _interval_gap(rate: FateRate, other: FateRate) -> float:
    """Return how far two rates' intervals lie apart; 0 where they touch or little is known."""
    if any(part.settled < max(INTERVAL_BLOCKS, COVERAGE * part.blocks) for part in (rate, other)):
        return 0.0
    low, high = jeffreys(rate.kept, rate.settled, LEVEL)
    other_low, other_high = jeffreys(other.kept, other.settled, LEVEL)
    return max(low - other_high, other_low - high, 0.0)


def _tools(context: FindingContext) -> Finding | None:
    """Tell the two tools apart that differ most; their ratios are compared in proportion."""
    groups = summary_by_group(
        context.frame,
        context.selection,
        "tool",
        zone=context.zone,
        edited_worth=context.edited_worth,
    )
    statement = headline.compared(groups, TOOL_NAMES)
    if statement is None:
        return None
    low = max(group.ratio.low or 0.0 for group in groups)
    high = min(group.ratio.high for group in groups if group.ratio.high is not None)
    return Finding(1 - TOKENIZER_SLACK * high / low, statement)


def _stop(context: FindingContext) -> Finding | None:
    """Tell the size past which the fewest blocks are kept, against those that stopped before."""
    curve = stop_loss(
        context.frame, context.selection, zone=context.zone, edited_worth=context.edited_worth
    )
    if not curve.stops:
        return None
    all_sizes = curve.stops[0]
    kept_of_all = round(all_sizes.share * all_sizes.blocks)
    claims = []
    for stop in curve.stops[1:]:
        kept_past = round(stop.share * stop.blocks)
        past = FateRate("past", stop.blocks, stop.blocks, kept_past, 0)
        short = FateRate(
            "short", *(2 * (all_sizes.blocks - stop.blocks,)), kept_of_all - kept_past, 0
        )
        gap = _interval_gap(past, short)
        if gap and stop.share < all_sizes.share:
            claims.append(Finding(gap, stop_sentence(stop.mte, past, short, LEVEL)))
    return max(claims, key=lambda claim: claim.distance, default=None)


def _shift(context: FindingContext) -> Finding | None:
    """Tell a change that the weeks show, up to where work is settled."""
    _, end = settled_period(context.filter, context.now_s, context.zone)
    until = start_of(end, context.zone)
    selection = context.frame.select(replace(context.filter, until_s=until))
    change = change_scan(
        context.frame, selection, zone=context.zone, edited_worth=context.edited_worth
    )
    if change is None or change.p > MOST_P:
        return None
    distance = 1 - min(change.factor, 1 / change.factor)
    return Finding(distance, shift_sentence(change))


def _cache(context: FindingContext) -> Finding | None:
    """Tell when clearly more or less of the input is read from a cache than before."""
    first, end = settled_period(context.filter, context.now_s, context.zone)
    length = end - first
    periods = [
        between(context.frame, context.filter, *span, context.zone)
        for span in ((first, end), (first - length, first))
    ]
    if not all(_tells(context.frame, period) for period in periods):
        return None
    now, before = (cache_share_by_day(context.frame, one, context.zone) for one in periods)
    if now is None or before is None:
        return None
    gap = max(now.low - before.high, before.low - now.high)
    if gap <= 0 or abs(now.value - before.value) < LEAST_CACHE_SHIFT:
        return None
    last = end - timedelta(days=1)
    return Finding(gap, cache_sentence(now, before, last, length.days))


def _tells(frame: Frame, selection: Selection) -> bool:
    """Whether all requests told what they used: a share of input is claimed of no others."""
    parts = selection.parts
    return not frame.unknown[parts].any() and not frame.missing[parts].any()


def _uneven(context: FindingContext) -> Finding | None:
    """Tell when a few blocks took most of the tokens, whatever was not counted."""
    share = top_share(Query(frame=context.frame, selection=context.selection, zone=context.zone))
    least = share.value if share.low is None else share.low
    if least is None or least <= UNEVEN_SHARE:
        return None
    sentence = uneven_sentence(least, share.n, is_least=share.low is not None)
    return Finding(least - UNEVEN_SHARE, sentence)


def _housekeeping(frame: Frame, te: Floats, summary: Summary) -> tuple[Statement | None, ...]:
    """Return what would make the figures surer, in the order of use."""
    explored = float(te[frame.intent == Intent.EXPERIMENT].sum()) / float(te.sum())
    return (
        _largest_untagged(te, frame),
        None if headline.too_many_unknown(summary) else headline.experiments(explored),
        headline.unknown(summary),
    )


def _largest_untagged(te: Floats, frame: Frame) -> Statement | None:
    total, untagged = float(te.sum()), te[frame.tag == 0]
    largest = np.partition(untagged, -LARGEST)[-LARGEST:] if len(untagged) > LARGEST else untagged
    covered = 1 - float(untagged.sum()) / total
    number = int(np.count_nonzero(largest))
    return headline.lift(covered, covered + float(largest.sum()) / total, number)


def kind_sentence(rate: FateRate, rest: FateRate, level: float) -> Statement:
    """Say how often a kind of work is kept, against all other work."""
    text = (
        f"{KINDS.get(rate.key, rate.key)}: you kept {rate.kept} of {rate.settled} half-hours "
        f"({interval_words(rate, level)}), of all other work {percent(rest.kept / rest.settled)} "
        f"({interval_words(rest, level)})."
    )
    return Statement(text, "kept-rate", words=f"kind:{rate.key}")


def stop_sentence(mte: float, past: FateRate, short_of: FateRate, level: float) -> Statement:
    """Say how few of the blocks past a size are kept."""
    text = (
        f"Half-hours past {tokens(mte)} tokens: {percent(past.kept / past.settled)} end up kept "
        f"({interval_words(past, level)}, of {past.settled}). Of those that stop before it is "
        f"{percent(short_of.kept / short_of.settled)} ({interval_words(short_of, level)})."
    )
    return Statement(text, "kept-rate", chart="size")


def shift_sentence(change: Change) -> Statement:
    """Say that the weeks show a change."""
    return Statement(change_words(change), "comparisons", chart="changing")


def cache_sentence(now: CacheShare, before: CacheShare, last: date, days: int) -> Statement:
    """Say how much more or less of the input was read from a cache than before."""
    period = "four weeks" if days == FOUR_WEEKS else f"{days} days"
    text = (
        f"{percent(now.value)} of the input was read from a cache in the {period} to {day(last)} "
        f"({dash_of_shares(now.low, now.high)}), {percent(before.value)} in the {period} before "
        f"({dash_of_shares(before.low, before.high)}). "
        "What is read from a cache costs about a tenth."
    )
    return Statement(text, "cache-share", chart="spending")


def uneven_sentence(share: float, blocks: int, *, is_least: bool = False) -> Statement:
    """Say how much the largest blocks took, or took at least."""
    at_least = "at least " if is_least else ""
    text = f"The largest 5\u202f% of your {count(blocks, 'half-hour')} of work took {at_least}"
    return Statement(f"{text}{percent(share)} of the tokens.", "top-share", chart="size")


def interval_words(rate: FateRate, level: float) -> str:
    """Return the interval of a kept rate: “70–98 %”."""
    return dash_of_shares(*jeffreys(rate.kept, rate.settled, level))
