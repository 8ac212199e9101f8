"""What figures are computed from: one selection, with the sums that many of them share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property

from ledger.core.figures import Doubt, Estimate, Ratio, Summary
from ledger.core.prices import PriceBook
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.charges import Cost, cost_of
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.ratio import mte as millions
from ledger.metrics.tally import Tally, summary_at, tally

ASSUMED_NOTE = "What is untagged is taken to be like the rest."
SAMPLED_NOTE = "From {} answers to the daily questions."


@dataclass(frozen=True, eq=False, kw_only=True)
class Query:
    """A selection with all that a question may depend on; nothing here is read from anywhere.

    `plan_fee_month` is in dollars, 0 without a plan. `period_days` is how long the period is that
    was asked about; None: from the first to the last day with anything in it. `redone` are
    interactions that were asked again almost word for word (`soon_again` says which can be).
    """

    frame: Frame
    selection: Selection
    zone: tzinfo | None = None
    edited_worth: int = EDITED_WORTH
    interval: bool = True
    book: PriceBook | None = None
    plan_fee_month: int = 0
    period_days: int | None = None
    redone: Collection[int] | None = None

    @cached_property
    def tally(self) -> Tally:
        """The sums of everything selected, as one group."""
        return tally(
            self.frame,
            self.selection,
            grouping(self.frame, "all"),
            zone=self.zone,
            edited_worth=self.edited_worth,
            interval=self.interval,
        )

    @cached_property
    def summary(self) -> Summary:
        """The summary of everything selected."""
        return summary_at(self.tally, 0)

    @cached_property
    def cost(self) -> Cost | None:
        """What it would have cost at list prices; None without a price table."""
        return None if self.book is None else cost_of(self.frame, self.selection, self.book)


def str_ratio(query: Query) -> Estimate:
    """Answer: how many half-hours of delivered work were kept for a million tokens?"""
    return _ratio(query.summary.ratio)


def str_of_all(query: Query) -> Estimate:
    """Answer: the same, with experiments and tagged automation."""
    return _ratio(query.summary.ratio_all)


def str_bounds(query: Query) -> Estimate:
    """Answer: what would the ratio be with all untagged work thrown away, and all of it kept?"""
    ratio = query.summary.ratio
    return Estimate(None, ratio.lower, ratio.upper, ratio.blocks, doubt=Doubt.BOUNDS)


def block_count(query: Query) -> Estimate:
    """Answer: in how many half-hours of a project was AI work started?"""
    ratio = query.summary.ratio
    return Estimate(float(ratio.blocks), n=ratio.days, of="active days")


def mte_spent(query: Query) -> Estimate:
    """Answer: how many tokens were spent, weighted by what they cost?"""
    spent, summary = query.tally.spent, query.summary
    low, high = (millions(int(end[0].sum())) for end in (spent.low, spent.high))
    if low == high:
        return Estimate(summary.mte, n=summary.requests, of="requests")
    return Estimate(summary.mte, low, high, summary.requests, "requests", doubt=Doubt.BOUNDS)


def share_kept(query: Query) -> Estimate:
    """Answer: how much of what was spent went into work that was kept?"""
    summary = query.summary
    low, high = summary.kept_share_lower, summary.kept_share_upper
    value = low if low == high else None
    return Estimate(value, low, high, summary.interactions, "interactions", doubt=Doubt.BOUNDS)


def share_tagged(query: Query) -> Estimate:
    """Answer: how much of what was spent is tagged?"""
    summary = query.summary
    return Estimate(summary.coverage, n=summary.interactions, of="interactions")


def share_counted(query: Query) -> Estimate:
    """Answer: how much of what was spent was counted by the tool, not estimated?"""
    summary = query.summary
    return Estimate(summary.counted, n=summary.requests, of="requests")


def unknown_requests(query: Query) -> Estimate:
    """Answer: how many requests told no token counts?"""
    summary = query.summary
    return Estimate(float(summary.unknown), n=summary.requests, of="requests")


def _ratio(ratio: Ratio) -> Estimate:
    note = ASSUMED_NOTE if ratio.point is not None and ratio.assumed else ""
    low, high, doubt = ratio.low, ratio.high, Doubt.INTERVAL
    if ratio.sampled:
        note = SAMPLED_NOTE.format(ratio.answers)
        low, high = ratio.sample_low, ratio.sample_high
    if low is None or high is None:
        low, high, doubt = ratio.lower, ratio.upper, Doubt.BOUNDS
    return Estimate(ratio.point, low, high, ratio.blocks, note=note, doubt=doubt)
