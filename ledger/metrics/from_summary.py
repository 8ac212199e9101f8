"""The answers that a summary already holds: the ratio, its bounds, shares and counts."""

from ledger.core.figures import Doubt, Ratio
from ledger.metrics.look import Answer, Look
from ledger.metrics.ratio import mte as millions

ASSUMED = "What is untagged is taken to be like the rest."
SAMPLED = "From {} answers to the daily questions."


def ratio(look: Look) -> Answer:
    """Answer: how many half-hours of delivered work were kept for a million tokens?"""
    return _ratio(look.summary.ratio)


def ratio_all(look: Look) -> Answer:
    """Answer: the same, with experiments and tagged automation."""
    return _ratio(look.summary.ratio_all)


def bounds(look: Look) -> Answer:
    """Answer: what would the ratio be with all untagged work thrown away, and all of it kept?"""
    found = look.summary.ratio
    return Answer(None, found.lower, found.upper, found.blocks, doubt=Doubt.BOUNDS)


def blocks(look: Look) -> Answer:
    """Answer: in how many half-hours of a project was AI work started?"""
    found = look.summary.ratio
    return Answer(float(found.blocks), n=found.days, of="active days")


def mte(look: Look) -> Answer:
    """Answer: how many tokens were spent, weighted by what they cost?"""
    spent, found = look.tally.spent, look.summary
    low, high = (millions(int(end[0].sum())) for end in (spent.low, spent.high))
    if low == high:
        return Answer(found.mte, n=found.requests, of="requests")
    return Answer(found.mte, low, high, found.requests, "requests", doubt=Doubt.BOUNDS)


def kept_share(look: Look) -> Answer:
    """Answer: how much of what was spent went into work that was kept?"""
    found = look.summary
    low, high = found.kept_share_lower, found.kept_share_upper
    value = low if low == high else None
    return Answer(value, low, high, found.interactions, "interactions", doubt=Doubt.BOUNDS)


def coverage(look: Look) -> Answer:
    """Answer: how much of what was spent is tagged?"""
    found = look.summary
    return Answer(found.coverage, n=found.interactions, of="interactions")


def counted(look: Look) -> Answer:
    """Answer: how much of what was spent was counted by the tool, not estimated?"""
    found = look.summary
    return Answer(found.counted, n=found.requests, of="requests")


def unknown(look: Look) -> Answer:
    """Answer: how many requests told no token counts?"""
    found = look.summary
    return Answer(float(found.unknown), n=found.requests, of="requests")


def _ratio(found: Ratio) -> Answer:
    note = ASSUMED if found.point is not None and found.assumed else ""
    low, high, doubt = found.low, found.high, Doubt.INTERVAL
    if found.sampled:
        note = SAMPLED.format(found.answers)
        low, high = found.sample_low, found.sample_high
    if low is None or high is None:
        low, high, doubt = found.lower, found.upper, Doubt.BOUNDS
    return Answer(found.point, low, high, found.blocks, note=note, doubt=doubt)
