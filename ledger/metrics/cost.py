"""What a selection and a kept block would have cost at list prices, and of a plan: never a bill.

Everything spent counts, experiments and automation too, and every block that was kept.
"""

from dataclasses import replace
from datetime import tzinfo
from typing import NamedTuple

import numpy as np

from ledger.core.figures import Doubt, Estimate
from ledger.metrics.blocks import FULL_WORTH
from ledger.metrics.charges import Cost, charges
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.query import Query, bounded
from ledger.metrics.uncertain import part_of_spending

NO_TABLE = "No price table was given."
NO_PLAN = "No plan is entered in the settings."
MOST_NAMED = 3
DAYS_A_MONTH = 365.25 / 12


def cost(query: Query) -> Estimate:
    """Answer: what would this have cost at the vendors' list prices of the day?"""
    book, list_cost = query.book, query.cost
    if book is None or list_cost is None:
        return Estimate(of="", note=NO_TABLE)
    if not list_cost.portions:
        return Estimate(of="requests")
    return Estimate(
        list_cost.value,
        list_cost.low,
        list_cost.high,
        query.summary.requests,
        "requests",
        f"List prices of the day, as read on {book.read.isoformat()}.{named_doubts(list_cost)}",
        Doubt.BOUNDS,
    )


def priced(query: Query) -> Estimate:
    """Answer: how much of what was spent has a price at all?"""
    if query.book is None:
        return Estimate(of="", note=NO_TABLE)
    frame, parts = query.frame, query.selection.parts
    value, ends = part_of_spending(frame, parts, charges(frame, query.book).priced[parts])
    share = bounded(query, value, ends, query.summary.requests, "requests")
    lacking = named_doubts(query.cost).strip() if query.cost else ""
    note = " ".join(filter(None, (share.note, lacking)))
    return replace(share, note=note)


def doubts(list_cost: Cost) -> str:
    """Say in sentences what keeps a cost from being exact, "" when nothing does.

    No model is named here: these sentences can leave with a review.
    """
    sentences = ""
    if list_cost.high is None:
        sentences += " Some of it has no price, so this is the least it was."
    if list_cost.own:
        sentences += " Some prices are your own."
    return sentences


def named_doubts(list_cost: Cost) -> str:
    """Say the same for the person alone, with the names of what has no known price."""
    sentences = doubts(list_cost)
    if list_cost.lacking:
        names = [lacking.words for lacking in list_cost.lacking]
        more = len(names) - MOST_NAMED
        listed = "; ".join(names[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
        sentences += f" No price is known for: {listed}."
    return sentences


class KeptBlocks(NamedTuple):
    """Kept work blocks: at least, at most, and the best single figure where one is allowed."""

    least: float
    most: float
    best: float | None


class Dollars(NamedTuple):
    """An amount: the least, the best single figure, and the most as far as anybody can tell."""

    low: float
    value: float | None
    high: float | None


def cost_per_block(query: Query) -> Estimate:
    """Answer: what would a kept block have cost at list prices (API-equivalent)?"""
    list_cost = query.cost
    if query.book is None or list_cost is None:
        return Estimate(of="", note=NO_TABLE)
    amount = Dollars(list_cost.low, list_cost.value, list_cost.high)
    day = query.book.read.isoformat()
    note = f"At list prices of the day, as read on {day}, not a bill.{doubts(list_cost)}"
    return _per_block(query, amount, note)


def cost_per_block_paid(query: Query) -> Estimate:
    """Answer: how much of the plan's fee went into a kept block?"""
    if not query.plan_fee_month:
        return Estimate(of="", note=NO_PLAN)
    fee = fee_share(
        query.frame, query.selection, query.plan_fee_month, query.period_days, query.zone
    )
    if fee is None:
        return Estimate()
    note = "The plan's fee for these days, shared out by token-equivalents."
    return _per_block(query, fee, note)


def cost_per_block_marginal(query: Query) -> Estimate:
    """Answer: what did one more kept block cost on top of the plan? Without one, its list price."""
    if not query.plan_fee_month:
        return cost_per_block(query)
    list_cost = query.cost
    if list_cost is None:
        return Estimate(of="", note=NO_TABLE)
    note = "Nothing inside the plan's quota; beyond it no more than list prices."
    return _per_block(query, Dollars(0.0, None, list_cost.high), note)


def kept_blocks(query: Query) -> KeptBlocks:
    """Return how many blocks were kept, with experiments and tagged automation among them."""
    together = query.tally.together
    least, most = (float(bound[0]) / FULL_WORTH for bound in together.judged.bounds)
    point, known = query.summary.ratio_all.point, together.known[0]
    if point is None:
        return KeptBlocks(least, most, None)
    # The point allows for unknown requests; as a number of blocks it must not.
    best = point * query.summary.mte / (1 - known.unknown)
    return KeptBlocks(least, most, min(max(best, least), most))


def _per_block(query: Query, amount: Dollars, note: str) -> Estimate:
    kept, blocks = kept_blocks(query), query.summary.ratio_all.blocks
    if not blocks:
        return Estimate()
    low = amount.low / kept.most if kept.most else None
    high = None if amount.high is None or not kept.least else amount.high / kept.least
    value = None
    if amount.value is not None and kept.best:
        value = amount.value / kept.best
    return Estimate(value, low, high, blocks, note=note.strip(), doubt=Doubt.BOUNDS)


def fee_share(
    frame: Frame,
    selection: Selection,
    fee_month: int,
    period_days: int | None = None,
    zone: tzinfo | None = None,
) -> Dollars | None:
    """Return the dollars of the fee that fall on the selection; None where nothing was used.

    The fee of the period (its days, or those from the first to the last used) is shared by
    token-equivalents between what was selected and everything else of the same days. What nobody
    counted can stand on either side.
    """
    parts, day = selection.parts, frame.days(zone).portion
    spent_on = day[parts]
    if not len(spent_on):
        return None
    first, last = int(spent_on.min()), int(spent_on.max())
    same_days = np.flatnonzero((day >= first) & (day <= last))
    value, (low, high) = part_of_spending(frame, same_days, selection.portions[same_days])
    if value is None or low is None or high is None:
        return None
    days = last - first + 1 if period_days is None else period_days
    fee = fee_month * days / DAYS_A_MONTH
    return Dollars(fee * low, fee * value, fee * high)
