"""What a kept half-hour took: the headline turned over."""

from ledger.core.figures import Doubt
from ledger.metrics.look import Answer, Look


def tokens_per_block(look: Look) -> Answer:
    """Answer: how many million token-equivalents did one kept work block take?

    The least is what it took if all untagged work was kept. There is no most while nothing is.
    """
    found = look.summary.ratio
    return Answer(
        _over(found.point),
        _over(found.upper),
        _over(found.lower),
        found.blocks,
        doubt=Doubt.BOUNDS,
    )


def _over(ratio: float | None) -> float | None:
    return 1 / ratio if ratio else None
