"""Shares with their intervals: of interactions by count, of tokens by how days differ."""

from datetime import tzinfo

import numpy as np

from ledger.core.report import Estimate, Fate, rounded, rounded_or_none
from ledger.core.words import UNTAGGED, Intent, Tag
from ledger.metrics.arrays import Bools, Floats, summed
from ledger.metrics.frame import Frame, Selection
from ledger.metrics.intervals import FEWEST_DAYS, interval
from ledger.metrics.shares import jeffreys

LEVEL = 0.9
ORDER = (*(int(tag) for tag in Tag), UNTAGGED)
FEWEST = 8  # interactions below which a token share gets no interval


def rate(hits: int, tries: int) -> Estimate:
    """Return a share of things counted one by one, with its Jeffreys interval."""
    if not tries:
        return Estimate()
    low, high = jeffreys(hits, tries, LEVEL)
    return Estimate(value=rounded(hits / tries), low=rounded(low), high=rounded(high), n=tries)


def token_share(frame: Frame, selection: Selection, mine: Bools, zone: tzinfo | None) -> Estimate:
    """Return which share of the token-equivalents some interactions took; n counts them all."""
    days, parts = frame.days(zone), selection.parts
    of, size = days.portion[parts], len(days.days)
    whole = summed(of, frame.te[parts], size).astype(np.float64)
    part = summed(of, frame.te[parts] * mine[frame.owners[parts]], size).astype(np.float64)
    total, number = float(whole.sum()), int(np.count_nonzero(selection.interactions))
    if not total:
        return Estimate(n=number)
    low, high = _ends(part, whole) if number >= FEWEST else (None, None)
    value = rounded(float(part.sum()) / total)
    return Estimate(value=value, low=rounded_or_none(low), high=rounded_or_none(high), n=number)


def _ends(part: Floats, whole: Floats) -> tuple[float | None, float | None]:
    active = whole > 0
    if np.count_nonzero(active) < FEWEST_DAYS or not part.any():
        return None, None
    ends = interval(part[active], whole[active])
    return (ends[0], min(ends[1], 1.0)) if ends else (None, None)


def fates(frame: Frame, selection: Selection, zone: tzinfo | None) -> tuple[Fate, ...]:
    """Return what became of it: kept, edited, thrown away, untagged."""
    tags = np.bincount(frame.tag[selection.rows], minlength=len(ORDER))
    total = int(tags.sum())
    return tuple(
        Fate(
            tag=Tag(tag).title if tag else "untagged",
            interactions=int(tags[tag]),
            share=rate(int(tags[tag]), total),
            tokens=token_share(frame, selection, frame.tag == tag, zone),
        )
        for tag in ORDER
    )


def exploration(frame: Frame, selection: Selection, zone: tzinfo | None) -> Estimate:
    """Return which share of the token-equivalents went into experiments."""
    return token_share(frame, selection, frame.intent == Intent.EXPERIMENT, zone)
