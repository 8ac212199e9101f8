"""What figures are computed from: one selection, with the sums that many of them share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import NamedTuple

from ledger.core.figures import Doubt, Ratio, Summary
from ledger.core.prices import PriceBook
from ledger.metrics.blocks import EDITED_WORTH
from ledger.metrics.charges import Cost, cost_of
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.ratio import mte as millions
from ledger.metrics.tally import Tally, summary_at, tally


class Estimate(NamedTuple):
    """What one question found; None where the gates forbid to say it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    of: str = "work blocks"  # what `n` counts
    note: str = ""
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, eq=False, kw_only=True)
class Query:
    """A selection with all that a question may depend on; nothing here is read from anywhere.

    `plan_fee_month` is in dollars, 0 without a plan. `period_days` is how long the period is that
    was asked about; None: from the first to the last day with anything in it. `redone` are
    interactions that were asked again almost word for word (`rework.soon_again` says which can be).
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


ASSUMED = "What is untagged is taken to be like the rest."
SAMPLED = "From {} answers to the daily questions."


def str_ratio(look: Query) -> Estimate:
    """Answer: how many half-hours of delivered work were kept for a million tokens?"""
    return _ratio(look.summary.ratio)


def str_of_all(look: Query) -> Estimate:
    """Answer: the same, with experiments and tagged automation."""
    return _ratio(look.summary.ratio_all)


def str_bounds(look: Query) -> Estimate:
    """Answer: what would the ratio be with all untagged work thrown away, and all of it kept?"""
    found = look.summary.ratio
    return Estimate(None, found.lower, found.upper, found.blocks, doubt=Doubt.BOUNDS)


def block_count(look: Query) -> Estimate:
    """Answer: in how many half-hours of a project was AI work started?"""
    found = look.summary.ratio
    return Estimate(float(found.blocks), n=found.days, of="active days")


def mte_spent(look: Query) -> Estimate:
    """Answer: how many tokens were spent, weighted by what they cost?"""
    spent, found = look.tally.spent, look.summary
    low, high = (millions(int(end[0].sum())) for end in (spent.low, spent.high))
    if low == high:
        return Estimate(found.mte, n=found.requests, of="requests")
    return Estimate(found.mte, low, high, found.requests, "requests", doubt=Doubt.BOUNDS)


def share_kept(look: Query) -> Estimate:
    """Answer: how much of what was spent went into work that was kept?"""
    found = look.summary
    low, high = found.kept_share_lower, found.kept_share_upper
    value = low if low == high else None
    return Estimate(value, low, high, found.interactions, "interactions", doubt=Doubt.BOUNDS)


def share_tagged(look: Query) -> Estimate:
    """Answer: how much of what was spent is tagged?"""
    found = look.summary
    return Estimate(found.coverage, n=found.interactions, of="interactions")


def share_counted(look: Query) -> Estimate:
    """Answer: how much of what was spent was counted by the tool, not estimated?"""
    found = look.summary
    return Estimate(found.counted, n=found.requests, of="requests")


def unknown_requests(look: Query) -> Estimate:
    """Answer: how many requests told no token counts?"""
    found = look.summary
    return Estimate(float(found.unknown), n=found.requests, of="requests")


def _ratio(found: Ratio) -> Estimate:
    note = ASSUMED if found.point is not None and found.assumed else ""
    low, high, doubt = found.low, found.high, Doubt.INTERVAL
    if found.sampled:
        note = SAMPLED.format(found.answers)
        low, high = found.sample_low, found.sample_high
    if low is None or high is None:
        low, high, doubt = found.lower, found.upper, Doubt.BOUNDS
    return Estimate(found.point, low, high, found.blocks, note=note, doubt=doubt)
