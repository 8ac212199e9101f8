"""Shares of a whole: kept, and tagged.

Where counts are not sure the kept share has two ends, which `uncertain` finds; `by_tag` is always
what untagged, kept, edited and thrown away took, in that order.
"""

from collections.abc import Sequence

from ledger.core.vocabulary import UNTAGGED, Tag
from ledger.metrics.blocks import FULL_WORTH
from ledger.metrics.uncertain import Piece, share_ends


def share(part: int, total: int) -> float | None:
    """Return part / whole, None where there is no whole."""
    return part / total if total else None


def kept_share(
    low: Sequence[int], high: Sequence[int], edited_worth: int
) -> tuple[float | None, float | None]:
    """Return the least and the most that the kept share of token-equivalents can be.

    `low` and `high` hold the ends of what untagged, kept, edited and thrown away took. At worst
    the untagged was thrown away, at best it was kept.
    """
    worth = {Tag.KEPT: FULL_WORTH, Tag.EDITED: edited_worth, Tag.THROWN_AWAY: 0}
    tagged = [Piece(worth[tag], low[tag], high[tag]) for tag in worth]
    ends = low[UNTAGGED], high[UNTAGGED]
    least, _ = share_ends([*tagged, Piece(0, *ends)])
    _, most = share_ends([*tagged, Piece(FULL_WORTH, *ends)])
    return least, most


def kept_share_of_tagged(by_tag: Sequence[int], edited_worth: int) -> float | None:
    """Return the kept share of the tagged token-equivalents; None where nothing is tagged."""
    worth = by_tag[Tag.KEPT] * FULL_WORTH + by_tag[Tag.EDITED] * edited_worth
    return share(worth, sum(by_tag[1:]) * FULL_WORTH)


def coverage(by_tag: Sequence[int]) -> float | None:
    """Return the tagged share of token-equivalents."""
    return share(sum(by_tag[1:]), sum(by_tag))
