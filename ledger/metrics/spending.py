"""What groups of portions used: exact sums of counters and token-equivalents."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ledger.core.words import Tag
from ledger.metrics.arrays import Ints, summed
from ledger.metrics.blocks import TAGS, WHOLE
from ledger.metrics.frame import Frame, Selection

COUNTERS = (
    "requests",
    "unknown",
    "input",
    "cache_read",
    "cache_write",
    "output",
    "reasoning",
)
CLASSES = 2 * TAGS


@dataclass(frozen=True, eq=False)
class Spending:
    """Sums by group, token-equivalents in twentieths; the first axis is the group."""

    counters: dict[str, Ints]
    te: Ints  # shape (groups, 2, 4): delivering or exempt, tag
    low: Ints  # shape (groups, 2): delivering or exempt; the least it can have been
    high: Ints  # the most, with requests of unknown usage at their ceiling
    counted: Ints  # token-equivalents of portions without an estimate

    @cached_property
    def middle(self) -> Ints:
        """Token-equivalents as best known, shape (groups, 2): delivering or exempt."""
        middle: Ints = self.te.sum(axis=2)
        return middle

    @cached_property
    def by_tag(self) -> Ints:
        """Token-equivalents as best known, shape (groups, 4): by tag."""
        by_tag: Ints = self.te.sum(axis=1)
        return by_tag


def classes(frame: Frame, selection: Selection) -> Ints:
    """Return of each selected portion 0..7: its tag, plus 4 when it is exempt from the headline."""
    of_row = frame.tag + np.where(frame.delivering, np.int8(0), np.int8(TAGS))
    return of_row[frame.owners[selection.parts]]


def spending(
    frame: Frame,
    selection: Selection,
    group: Ints,
    size: int,
    counters: tuple[str, ...] = COUNTERS,
) -> Spending:
    """Add up the selected portions; `group` has one element per portion of the frame."""
    parts = selection.parts
    mine = group[parts].astype(np.intp)
    kind = mine * CLASSES + classes(frame, selection)
    te = frame.te[parts]
    by_class = summed(kind, te, size * CLASSES).reshape(size, 2, TAGS)
    low = high = by_class.sum(axis=2)
    if frame.estimated.any():
        low = _halves(kind, frame.te_low[parts], size)
    if frame.te_ceiling is not frame.te_high or frame.estimated.any():
        high = _halves(kind, frame.te_ceiling[parts], size)
    counted = te if not frame.estimated.any() else np.where(frame.estimated[parts], 0, te)
    return Spending(
        counters={name: summed(mine, getattr(frame, name)[parts], size) for name in counters},
        te=by_class,
        low=low,
        high=high,
        counted=summed(mine, counted, size),
    )


def _halves(kind: Ints, values: Ints, size: int) -> Ints:
    sums: Ints = summed(kind, values, size * CLASSES).reshape(size, 2, TAGS).sum(axis=2)
    return sums


def weighed_by_tag(by_tag: Ints, edited_worth: int) -> Ints:
    """Return token-equivalents times what their tag is worth in percent, untagged as nothing."""
    worth: Ints = by_tag[..., Tag.KEPT] * WHOLE + by_tag[..., Tag.EDITED] * edited_worth
    return worth
