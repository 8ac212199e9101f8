"""What groups of portions used: exact sums of counters, cached while only tags move."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from ledger.core.vocabulary import Tag
from ledger.metrics.arrays import Bools, Ints, Picks, summed
from ledger.metrics.blocks import FULL_WORTH, TAGS
from ledger.metrics.frame import Frame, Selection, TagIndependent

T = TypeVar("T")
MAX_ENTRIES = 6  # a page asks a few groupings of one or two selections at once
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
MAX_MOVED_TAGS = 1_000  # tags; beyond, adding everything up anew is as quick


class _Entry(NamedTuple, Generic[T]):
    portions: Bools
    inputs: tuple[object, ...]
    value: T


class SelectionCache(list[_Entry[T]], TagIndependent):
    """The newest values first; each belongs to the portions of a selection and some arrays."""

    def lookup(self, portions: Bools, *inputs: object) -> T | None:
        """Return the value of the same portions and of the very same arrays."""
        for entry in self:
            is_same = all(a is b for a, b in zip(entry.inputs, inputs, strict=True))
            if is_same and np.array_equal(entry.portions, portions):
                return entry.value
        return None

    def store(self, value: T, portions: Bools, *inputs: object) -> T:
        """Remember a value and return it."""
        self[:] = [_Entry(portions, inputs, value), *self[: MAX_ENTRIES - 1]]
        return value


@dataclass(frozen=True, eq=False)
class Spending:
    """Sums by group, token-equivalents in twentieths; the first axis is the group."""

    counters: dict[str, Ints]
    te: Ints  # shape (groups, 2, 4): delivering or exempt, tag
    te_low: Ints  # the same shape: the least it can have been
    te_high: Ints  # the most, with requests of unknown usage at their ceiling
    unknown: Ints  # shape (groups, 4): requests of unknown usage by tag
    missing: Ints  # shape (groups, 4): what only a tool's own total tells
    counted: Ints  # token-equivalents of portions without an estimate

    @cached_property
    def middle(self) -> Ints:
        """Token-equivalents as best known, shape (groups, 2): delivering or exempt."""
        middle: Ints = self.te.sum(axis=2)
        return middle

    @cached_property
    def low(self) -> Ints:
        """The least it can have been, shape (groups, 2): delivering or exempt."""
        low: Ints = self.te_low.sum(axis=2)
        return low

    @cached_property
    def high(self) -> Ints:
        """The most it can have been, shape (groups, 2): delivering or exempt."""
        high: Ints = self.te_high.sum(axis=2)
        return high

    @cached_property
    def by_tag(self) -> Ints:
        """Token-equivalents as best known, shape (groups, 4): by tag."""
        by_tag: Ints = self.te.sum(axis=1)
        return by_tag


def spending(
    frame: Frame,
    selection: Selection,
    group: Ints,
    size: int,
    counters: tuple[str, ...] = COUNTERS,
) -> Spending:
    """Add up the selected portions; `group` has one element per portion of the frame."""
    te = _sum_by_class(frame, selection, group, size)
    # What is not sure is mostly little, so only there are least and most looked at.
    unsure = frame.unsure[selection.portions[frame.unsure]]
    unsure_class = group[unsure].astype(np.intp) * CLASSES + _class_of(frame, unsure)
    less, more, guessed, unknown, missing = _end_differences(frame, unsure, unsure_class, size)
    return Spending(
        counters=_sum_counters(frame, selection, group, size, counters),
        te=te,
        te_low=te - less,
        te_high=te + more,
        unknown=unknown.sum(axis=1),
        missing=missing.sum(axis=1),
        counted=te.sum(axis=(1, 2)) - guessed.sum(axis=(1, 2)),
    )


def _class_of(frame: Frame, parts: Picks) -> Ints:
    """Return 0..7 for each portion: the tag, plus 4 where the headline leaves it out."""
    owner = frame.owners[parts]
    exempt = np.where(frame.delivering[owner], np.int8(0), np.int8(TAGS))
    classes: Ints = frame.tag[owner] + exempt
    return classes


class _Classes(NamedTuple):
    """Token-equivalents by group, class and tag, and the tags they were added up by."""

    te: Ints  # shape (groups, 2, 4)
    tag: Ints


class _ClassSumCache(SelectionCache[_Classes]):
    """What was added up by class."""


class _CounterSumCache(SelectionCache[dict[str, Ints]]):
    """Sums of counters, which no tag moves."""


def _sum_by_class(frame: Frame, selection: Selection, group: Ints, size: int) -> Ints:
    """Add up token-equivalents by group, delivering or exempt, and tag."""
    cache = frame.cache(_ClassSumCache)
    before = cache.lookup(selection.portions, group, frame.delivering)
    if before is not None:
        moved = before.tag != frame.tag
        if np.count_nonzero(moved) <= MAX_MOVED_TAGS:
            return _carry_moved_tags(frame, selection, group, before, moved)
    parts = selection.parts
    kind = group[parts].astype(np.intp) * CLASSES + _class_of(frame, parts)
    te = summed(kind, frame.te[parts], size * CLASSES).reshape(size, 2, TAGS)
    cache.store(_Classes(te, frame.tag), selection.portions, group, frame.delivering)
    return te


def _carry_moved_tags(
    frame: Frame, selection: Selection, group: Ints, before: _Classes, moved: Bools
) -> Ints:
    """Carry what a few interactions took from their tag before to their tag now."""
    te = before.te.copy()
    if moved.any():
        parts = np.flatnonzero(selection.portions & moved[frame.owners])
        owner, took = frame.owners[parts], frame.te[parts]
        place = group[parts], (~frame.delivering[owner]).astype(np.intp)
        np.subtract.at(te, (*place, before.tag[owner]), took)
        np.add.at(te, (*place, frame.tag[owner]), took)
    return te


def _sum_counters(
    frame: Frame, selection: Selection, group: Ints, size: int, names: tuple[str, ...]
) -> dict[str, Ints]:
    cache, parts = frame.cache(_CounterSumCache), selection.parts
    sums = cache.lookup(selection.portions, group)
    if sums is None:
        sums = cache.store({}, selection.portions, group)
    missing = [name for name in names if name not in sums]
    if missing:
        portion_group = group[parts].astype(np.intp)
        for name in missing:
            sums[name] = summed(portion_group, getattr(frame, name)[parts], size)
    return {name: sums[name].copy() for name in names}


def _end_differences(frame: Frame, unsure: Ints, group_class: Ints, size: int) -> Iterator[Ints]:
    """Yield sums of what is not sure, each of shape (groups, 2, 4).

    How much less and more was spent at the ends, how much is estimated, how many requests told no
    counts, and what only a tool's own total tells.
    """
    low, te, high = frame.te_low[unsure], frame.te[unsure], frame.te_high[unsure]
    estimated = np.where((low != te) | (high != te), te, 0)
    more = frame.te_ceiling[unsure] - te
    apart = (te - low, more, estimated, frame.unknown[unsure], frame.missing[unsure])
    for amounts in apart:
        yield summed(group_class, amounts, size * CLASSES).reshape(size, 2, TAGS)


def weighed_by_tag(by_tag: Ints, edited_worth: int) -> Ints:
    """Return token-equivalents times what their tag is worth in percent, untagged as nothing."""
    worth: Ints = by_tag[..., Tag.KEPT] * FULL_WORTH + by_tag[..., Tag.EDITED] * edited_worth
    return worth
