"""What figures are computed from: one selection, with the sums that many of them share."""

from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property

from ledger.core.figures import Doubt, Estimate, Ratio, Summary
from ledger.core.formatting import count
from ledger.core.prices import PriceBook
from ledger.metrics.blocks import EDITED_WORTH, FULL_WORTH
from ledger.metrics.charges import Cost, cost_of
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.grouping import grouping
from ledger.metrics.ratio import UNKNOWN_SHARE
from ledger.metrics.ratio import mte as millions
from ledger.metrics.tally import Tally, summary_at, tally
from ledger.metrics.uncertain import Piece, share_ends

ASSUMED_NOTE = "What is untagged is taken to be like the rest."
SAMPLED_NOTE = "From {} answers to the daily questions."


@dataclass(frozen=True, eq=False, kw_only=True)
class Query:
    """A selection with all that a question may depend on; nothing here is read from anywhere.

    `plan_fee_month` is in dollars, 0 without a plan. `period_days` is how long the period is that
    was asked about; None: from the first to the last day with anything in it.
    """

    frame: Frame
    selection: Selection
    zone: tzinfo | None = None
    edited_worth: int = EDITED_WORTH
    interval: bool = True
    book: PriceBook | None = None
    plan_fee_month: int = 0
    period_days: int | None = None

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

    @property
    def ends_by_tag(self) -> tuple[list[int], list[int]]:
        """The least and the most that the untagged, kept, edited and thrown away took."""
        spent = self.tally.spent
        low, high = (ends[0].sum(axis=0).tolist() for ends in (spent.te_low, spent.te_high))
        return low, high

    @property
    def counts_enough(self) -> bool:
        """Whether enough requests told what they cost for a single value."""
        return self.summary.unknown <= UNKNOWN_SHARE * self.summary.requests

    @property
    def uncounted_note(self) -> str:
        """How much of it nobody counted, in a sentence; "" where everything was."""
        unknown, sentences = self.summary.unknown, []
        if unknown:
            sentences.append(f"{count(unknown, 'request')} told no counts.")
        if self.tally.spent.missing.any():
            sentences.append("A tool says that it used more than it wrote down.")
        return " ".join(sentences)

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
    note = query.uncounted_note
    return Estimate(summary.mte, low, high, summary.requests, "requests", note, Doubt.BOUNDS)


def share_kept(query: Query) -> Estimate:
    """Answer: how much of what was spent went into work that was kept?"""
    summary = query.summary
    low, high = summary.kept_share_lower, summary.kept_share_upper
    value = low if low == high else None
    note = query.uncounted_note
    return Estimate(value, low, high, summary.interactions, "interactions", note, Doubt.BOUNDS)


def share_tagged(query: Query) -> Estimate:
    """Answer: how much of what was spent is tagged?"""
    summary, (low, high) = query.summary, query.ends_by_tag
    ends = share_ends(
        Piece(FULL_WORTH if tag else 0, *took)
        for tag, took in enumerate(zip(low, high, strict=True))
    )
    return bounded(query, summary.coverage, ends, summary.interactions, "interactions")


def share_counted(query: Query) -> Estimate:
    """Answer: how much of what was spent was counted by the tool, not estimated?"""
    summary, (low, high) = query.summary, query.ends_by_tag
    counted = int(query.tally.spent.counted[0])
    ends = share_ends(
        (Piece(FULL_WORTH, counted, counted), Piece(0, sum(low) - counted, sum(high) - counted))
    )
    return bounded(query, summary.counted, ends, summary.requests, "requests")


def unknown_requests(query: Query) -> Estimate:
    """Answer: how many requests told no token counts?"""
    summary = query.summary
    return Estimate(float(summary.unknown), n=summary.requests, of="requests")


def bounded(
    query: Query,
    value: float | None,
    ends: tuple[float | None, float | None],
    number: int,
    of: str,
) -> Estimate:
    """Return a share with its ends, where not all of it is counted; else a plain one."""
    low, high = ends
    if low is None or high is None or low == high:
        return Estimate(low, n=number, of=of)
    shown = value if query.counts_enough else None
    return Estimate(shown, low, high, number, of, query.uncounted_note, Doubt.BOUNDS)


def _ratio(ratio: Ratio) -> Estimate:
    note = ASSUMED_NOTE if ratio.point is not None and ratio.assumed else ""
    low, high, doubt = ratio.low, ratio.high, Doubt.INTERVAL
    if ratio.sampled:
        note = SAMPLED_NOTE.format(ratio.answers)
        low, high = ratio.sample_low, ratio.sample_high
    if low is None or high is None:
        low, high, doubt = ratio.lower, ratio.upper, Doubt.BOUNDS
    return Estimate(ratio.point, low, high, ratio.blocks, note=note, doubt=doubt)
