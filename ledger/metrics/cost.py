"""What the selection would have cost at list prices: the API-equivalent, never a bill."""

from ledger.core.figures import Doubt
from ledger.metrics.dollars import Cost
from ledger.metrics.look import Answer, Look

NO_TABLE = "No price table was given."


def cost(look: Look) -> Answer:
    """Answer: what would this have cost at the vendors' list prices of the day?"""
    book, found = look.book, look.cost
    if book is None or found is None:
        return Answer(of="", note=NO_TABLE)
    if not found.portions:
        return Answer(of="requests")
    return Answer(
        found.value,
        found.low,
        found.high,
        look.summary.requests,
        "requests",
        f"List prices of the day, as read on {book.read.isoformat()}.{doubts(found)}",
        Doubt.BOUNDS,
    )


def priced(look: Look) -> Answer:
    """Answer: how much of what was spent has a price at all?"""
    found = look.cost
    if found is None:
        return Answer(of="", note=NO_TABLE)
    return Answer(found.priced, n=look.summary.requests, of="requests")


def doubts(found: Cost) -> str:
    """Say in sentences what keeps a cost from being exact, "" when nothing does."""
    said = ""
    if found.high is None:
        said += " Some of it has no price, so this is the least it was."
    if found.assumed:
        said += " Cache writes of unknown life are taken to live five minutes."
    return said
