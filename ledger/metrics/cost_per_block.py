"""What a kept work block cost in dollars: three figures under three names.

Everything spent counts, experiments and automation too, and every block that was kept.
"""

from typing import NamedTuple

from ledger.core.figures import Doubt
from ledger.metrics.blocks import WHOLE
from ledger.metrics.cost import NO_TABLE, doubts
from ledger.metrics.look import Answer, Look
from ledger.metrics.plan import fee_share

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


def cost_per_block(look: Look) -> Answer:
    """Answer: what would a kept block have cost at list prices (API-equivalent)?"""
    found = look.cost
    if look.book is None or found is None:
        return Answer(of="", note=NO_TABLE)
    amount = Dollars(found.low, found.value, found.high)
    day = look.book.read.isoformat()
    note = f"At list prices of the day, as read on {day}, not a bill.{doubts(found)}"
    return _per_block(look, amount, note)


def cost_per_block_paid(look: Look) -> Answer:
    """Answer: how much of the plan's fee went into a kept block?"""
    if not look.plan_fee_month:
        return Answer(of="", note=NO_PLAN)
    fee = fee_share(look.frame, look.selection, look.plan_fee_month, look.period_days, look.zone)
    if fee is None:
        return Answer()
    note = "The plan's fee for these days, shared out by token-equivalents."
    return _per_block(look, Dollars(fee, fee, fee), note)


def cost_per_block_marginal(look: Look) -> Answer:
    """Answer: what did one more kept block cost on top of the plan? Without one, its list price."""
    if not look.plan_fee_month:
        return cost_per_block(look)
    found = look.cost
    if found is None:
        return Answer(of="", note=NO_TABLE)
    note = "Nothing inside the plan's quota; beyond it no more than list prices."
    return _per_block(look, Dollars(0.0, None, found.high), note)


def kept_blocks(look: Look) -> Kept:
    """Return how many blocks were kept, with experiments and tagged automation among them."""
    together = look.tally.together
    least, most = (float(bound[0]) / WHOLE for bound in together.judged.bounds)
    point, known = look.summary.ratio_all.point, together.known[0]
    if point is None:
        return Kept(least, most, None)
    # The point allows for unknown requests; as a number of blocks it must not.
    best = point * look.summary.mte / (1 - known.unknown)
    return Kept(least, most, min(max(best, least), most))


def _per_block(look: Look, amount: Dollars, note: str) -> Answer:
    kept, blocks = kept_blocks(look), look.summary.ratio_all.blocks
    if not blocks:
        return Answer()
    low = amount.low / kept.most if kept.most else None
    high = None if amount.high is None or not kept.least else amount.high / kept.least
    value = None
    if amount.value is not None and kept.best:
        value = amount.value / kept.best
    return Answer(value, low, high, blocks, note=note.strip(), doubt=Doubt.BOUNDS)
