"""What a selection and a kept block would have cost at list prices, and of a plan: never a bill.

Everything spent counts, experiments and automation too, and every block that was kept.
"""

from datetime import tzinfo
from typing import NamedTuple

from ledger.core.figures import Doubt
from ledger.metrics.blocks import WHOLE
from ledger.metrics.charges import Cost
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.query import Estimate, Query

NO_TABLE = "No price table was given."


def cost(look: Query) -> Estimate:
    """Answer: what would this have cost at the vendors' list prices of the day?"""
    book, found = look.book, look.cost
    if book is None or found is None:
        return Estimate(of="", note=NO_TABLE)
    if not found.portions:
        return Estimate(of="requests")
    return Estimate(
        found.value,
        found.low,
        found.high,
        look.summary.requests,
        "requests",
        f"List prices of the day, as read on {book.read.isoformat()}.{doubts(found)}",
        Doubt.BOUNDS,
    )


def priced(look: Query) -> Estimate:
    """Answer: how much of what was spent has a price at all?"""
    found = look.cost
    if found is None:
        return Estimate(of="", note=NO_TABLE)
    return Estimate(found.priced, n=look.summary.requests, of="requests")


def doubts(found: Cost) -> str:
    """Say in sentences what keeps a cost from being exact, "" when nothing does."""
    said = ""
    if found.high is None:
        said += " Some of it has no price, so this is the least it was."
    if found.assumed:
        said += " Cache writes of unknown life are taken to live five minutes."
    return said


NO_PLAN = "No plan is entered in the settings."


class Kept(NamedTuple):
    """Kept work blocks: at least, at most, and the best single figure where one is allowed."""

    least: float
    most: float
    best: float | None


class Dollars(NamedTuple):
    """An amount: the least, the best single figure, and the most as far as anybody can tell."""

    low: float
    value: float | None
    high: float | None


def cost_per_block(look: Query) -> Estimate:
    """Answer: what would a kept block have cost at list prices (API-equivalent)?"""
    found = look.cost
    if look.book is None or found is None:
        return Estimate(of="", note=NO_TABLE)
    amount = Dollars(found.low, found.value, found.high)
    day = look.book.read.isoformat()
    note = f"At list prices of the day, as read on {day}, not a bill.{doubts(found)}"
    return _per_block(look, amount, note)


def cost_per_block_paid(look: Query) -> Estimate:
    """Answer: how much of the plan's fee went into a kept block?"""
    if not look.plan_fee_month:
        return Estimate(of="", note=NO_PLAN)
    fee = fee_share(look.frame, look.selection, look.plan_fee_month, look.period_days, look.zone)
    if fee is None:
        return Estimate()
    note = "The plan's fee for these days, shared out by token-equivalents."
    return _per_block(look, Dollars(fee, fee, fee), note)


def cost_per_block_marginal(look: Query) -> Estimate:
    """Answer: what did one more kept block cost on top of the plan? Without one, its list price."""
    if not look.plan_fee_month:
        return cost_per_block(look)
    found = look.cost
    if found is None:
        return Estimate(of="", note=NO_TABLE)
    note = "Nothing inside the plan's quota; beyond it no more than list prices."
    return _per_block(look, Dollars(0.0, None, found.high), note)


def kept_blocks(look: Query) -> Kept:
    """Return how many blocks were kept, with experiments and tagged automation among them."""
    together = look.tally.together
    least, most = (float(bound[0]) / WHOLE for bound in together.judged.bounds)
    point, known = look.summary.ratio_all.point, together.known[0]
    if point is None:
        return Kept(least, most, None)
    # The point allows for unknown requests; as a number of blocks it must not.
    best = point * look.summary.mte / (1 - known.unknown)
    return Kept(least, most, min(max(best, least), most))


def _per_block(look: Query, amount: Dollars, note: str) -> Estimate:
    kept, blocks = kept_blocks(look), look.summary.ratio_all.blocks
    if not blocks:
        return Estimate()
    low = amount.low / kept.most if kept.most else None
    high = None if amount.high is None or not kept.least else amount.high / kept.least
    value = None
    if amount.value is not None and kept.best:
        value = amount.value / kept.best
    return Estimate(value, low, high, blocks, note=note.strip(), doubt=Doubt.BOUNDS)


DAYS_A_MONTH = 365.25 / 12


def fee_share(
    frame: Frame,
    selection: Selection,
    fee_month: int,
    period_days: int | None = None,
    zone: tzinfo | None = None,
) -> float | None:
    """Return the dollars of the fee that fall on the selection; None where nothing was used.

    The fee of the period (its days, or those from the first to the last used) is shared by
    token-equivalents between what was selected and everything else of the same days.
    """
    parts, day = selection.parts, frame.days(zone).portion
    mine = day[parts]
    if not len(mine):
        return None
    first, last = int(mine.min()), int(mine.max())
    same_days = (day >= first) & (day <= last)
    whole = int(frame.te[same_days].sum())
    if not whole:
        return None
    days = last - first + 1 if period_days is None else period_days
    return fee_month * days / DAYS_A_MONTH * (int(frame.te[parts].sum()) / whole)
