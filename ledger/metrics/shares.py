"""Shares of a whole: kept, and tagged."""

from ledger.metrics.arrays import Ints
from ledger.metrics.blocks import FULL_WORTH
from ledger.metrics.spending import weighed_by_tag


def share(part: int, total: int) -> float | None:
    """Return part / whole, None where there is no whole."""
    return part / total if total else None


def kept_share(by_tag: Ints, edited_worth: int) -> tuple[float | None, float | None]:
    """Return the kept share of token-equivalents with the untagged as thrown away and as kept.

    `by_tag` holds the token-equivalents of untagged, kept, edited and thrown away.
    """
    kept, total = int(weighed_by_tag(by_tag, edited_worth)), int(by_tag.sum()) * FULL_WORTH
    return share(kept, total), share(kept + int(by_tag[0]) * FULL_WORTH, total)


def kept_share_of_tagged(by_tag: Ints, edited_worth: int) -> float | None:
    """Return the kept share of the tagged token-equivalents; None where nothing is tagged."""
    return share(int(weighed_by_tag(by_tag, edited_worth)), int(by_tag[1:].sum()) * FULL_WORTH)


def coverage(by_tag: Ints) -> float | None:
    """Return the tagged share of token-equivalents."""
    return share(int(by_tag[1:].sum()), int(by_tag.sum()))
