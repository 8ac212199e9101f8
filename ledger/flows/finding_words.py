"""The sentences of what is worth knowing; figures always with how many, and with their interval."""

from collections.abc import Sequence
from datetime import date

from ledger.core.curves import Change
from ledger.core.phrasing import count, dash_of_shares, day, percent, tokens
from ledger.flows.curve_words import change_words
from ledger.flows.headline import Statement
from ledger.metrics.cache_shift import CacheShare
from ledger.metrics.fate_rates import FateRate
from ledger.metrics.shares import jeffreys

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
HALF = 0.5
FOUR_WEEKS = 28


def kind(rate: FateRate, rest: FateRate, level: float) -> Statement:
    """Say how often a kind of work is kept, against all other work."""
    text = (
        f"{KINDS.get(rate.key, rate.key)}: you kept {rate.kept} of {rate.settled} half-hours "
        f"({interval(rate, level)}), of all other work {percent(rest.kept / rest.settled)} "
        f"({interval(rest, level)})."
    )
    return Statement(text, "kept-rate", words=f"kind:{rate.key}")


def stop(mte: float, past: FateRate, short_of: FateRate, level: float) -> Statement:
    """Say how few of the blocks past a size are kept."""
    text = (
        f"Half-hours past {tokens(mte)} tokens: {percent(past.kept / past.settled)} end up kept "
        f"({interval(past, level)}, of {past.settled}). Of those that stop before it is "
        f"{percent(short_of.kept / short_of.settled)} ({interval(short_of, level)})."
    )
    return Statement(text, "kept-rate", chart="size")


def shift(change: Change) -> Statement:
    """Say that the weeks show a change."""
    return Statement(change_words(change), "comparisons", chart="changing")


def cache(now: CacheShare, before: CacheShare, last: date, days: int) -> Statement:
    """Say how much more or less of the input was read from a cache than before."""
    period = "four weeks" if days == FOUR_WEEKS else f"{days} days"
    text = (
        f"{percent(now.value)} of the input was read from a cache in the {period} to {day(last)} "
        f"({dash_of_shares(now.low, now.high)}), {percent(before.value)} in the {period} before "
        f"({dash_of_shares(before.low, before.high)}). "
        "What is read from a cache costs about a tenth."
    )
    return Statement(text, "cache-share", chart="spending")


def uneven(share: float, blocks: int) -> Statement:
    """Say how much the largest blocks took."""
    text = f"The largest 5\u202f% of your {count(blocks, 'half-hour')} of work took "
    return Statement(f"{text}{percent(share)} of the tokens.", "top-share", chart="size")


def interval(rate: FateRate, level: float) -> str:
    """Return the interval of a kept rate: “70–98 %”."""
    return dash_of_shares(*jeffreys(rate.kept, rate.settled, level))


def few(sizes: Sequence[float]) -> int:
    """Return how few of the sizes, the largest first, make half of their sum."""
    taken, number, half = 0.0, 0, sum(sizes) * HALF
    for size in sorted(sizes, reverse=True):
        if taken >= half:
            break
        taken, number = taken + size, number + 1
    return number
