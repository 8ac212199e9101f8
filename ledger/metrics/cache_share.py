"""How much of what went into the models came out of a cache."""

from ledger.metrics.look import Answer, Look
from ledger.metrics.shares import share


def cache_share(look: Look) -> Answer:
    """Answer: which share of the tokens that went in was read from a cache?

    A count of what was logged, so it has no interval.
    """
    found = look.summary
    went_in = found.input + found.cache_read + found.cache_write
    known = found.requests - found.unknown
    note = f"{found.unknown} requests told no counts." if found.unknown else ""
    return Answer(share(found.cache_read, went_in), n=known, of="requests", note=note)
