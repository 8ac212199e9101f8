"""How interactions, portions and blocks fall into groups: by tool, model, project, kind, day.

A pair is a block together with one group that has an interaction in it.
"""

from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Literal

import numpy as np

from ledger.core.vocabulary import TOOLS, Kind
from ledger.metrics.arrays import Bools, Ints, Picks, counted, distinct, mask_index
from ledger.metrics.frame import Frame, Selection, TagIndependent

GroupBy = Literal["tool", "model", "project", "kind", "day", "all"]


@dataclass(frozen=True, eq=False)
class Grouping:
    """Groups over a whole frame; it does not depend on tags or on a selection.

    The first group of arrays has one element per membership: an interaction in a group. Only
    models can have an interaction more than once or not at all (when it made no request); there
    `rows` says which interaction, elsewhere it is None and memberships are the interactions.
    """

    keys: tuple[str, ...]
    rows: Ints | None
    group: Ints  # of each membership
    slot: Ints  # pair of each membership
    pair_block: Ints  # of each pair
    pair_group: Ints
    portion_group: Ints  # of each portion
    shared: bool  # whether a block can lie in several groups

    @property
    def size(self) -> int:
        """How many groups there are."""
        return len(self.keys)

    @cached_property
    def contested(self) -> Ints:
        """The pairs in blocks that lie in several groups."""
        if not self.shared:
            return np.zeros(0, dtype=np.intp)
        groups_in = counted(self.pair_block, int(self.pair_block.max(initial=0)) + 1)
        return np.flatnonzero(groups_in[self.pair_block] > 1)

    @cached_property
    def contested_block(self) -> tuple[Ints, int]:
        """The block of each contested pair, these numbered without gaps, and how many they are."""
        position, blocks = distinct(self.pair_block[self.contested])
        return position, len(blocks)


def memberships(groups: Grouping, selection: Selection, rows: Bools) -> Picks:
    """Return which memberships the interactions under a mask make.

    Under a filter that names models, an interaction is a member of these models only.
    """
    if groups.rows is None:
        return mask_index(rows)
    members: Bools = rows[groups.rows]
    if selection.models is not None:
        members &= selection.models[groups.group]
    return mask_index(members)


class GroupingCache(dict[tuple[GroupBy, tzinfo | None], Grouping], TagIndependent):
    """The groupings made of one frame, that by kinds of work excepted."""


class KindGroupingCache(dict[None, Grouping]):
    """The grouping by kinds of work, which evidence moves."""


def grouping(frame: Frame, by: GroupBy, zone: tzinfo | None = None) -> Grouping:
    """Return the frame's groups, made once per frame."""
    if by == "kind":
        by_kind = frame.cache(KindGroupingCache)
        if None not in by_kind:
            by_kind[None] = _build_grouping(frame, by, zone)
        return by_kind[None]
    cache = frame.cache(GroupingCache)
    key = (by, zone if by == "day" else None)
    if key not in cache:
        cache[key] = _build_grouping(frame, by, zone)
    return cache[key]


def _build_grouping(frame: Frame, by: GroupBy, zone: tzinfo | None) -> Grouping:
    match by:
        case "all":
            return _all(frame)
        case "project":
            return _projects(frame)
        case "day":
            return _days(frame, zone)
        case "tool":
            return _group_by_number(frame, frame.tool, tuple(str(tool) for tool in TOOLS))
        case "kind":
            return _group_by_number(frame, frame.kind, tuple(kind.key for kind in Kind))
        case "model":
            return _models(frame)


def _all(frame: Frame) -> Grouping:
    blocks = np.arange(len(frame.blocks))
    return Grouping(
        keys=("all",),
        rows=None,
        group=_zeros(len(frame)),
        slot=frame.blocks.of,
        pair_block=blocks,
        pair_group=_zeros(len(blocks)),
        portion_group=_zeros(len(frame.owner)),
        shared=False,
    )


def _projects(frame: Frame) -> Grouping:
    return Grouping(
        keys=frame.projects,
        rows=None,
        group=frame.project,
        slot=frame.blocks.of,
        pair_block=np.arange(len(frame.blocks)),
        pair_group=frame.blocks.project,
        portion_group=frame.project[frame.owners],
        shared=False,
    )


def _days(frame: Frame, zone: tzinfo | None) -> Grouping:
    days = frame.days(zone)
    return Grouping(
        keys=tuple(day.isoformat() for day in days.days),
        rows=None,
        group=days.row,
        slot=frame.blocks.of,
        pair_block=np.arange(len(frame.blocks)),
        pair_group=days.block,
        portion_group=days.portion,
        shared=False,
    )


def _group_by_number(frame: Frame, number: Ints, names: tuple[str, ...]) -> Grouping:
    """Group by a number that each interaction has one of, and several may meet in a block."""
    slot, pairs = distinct(frame.blocks.of * len(names) + number)
    block, group = np.divmod(pairs, len(names))
    return Grouping(
        keys=names,
        rows=None,
        group=number,
        slot=slot,
        pair_block=block,
        pair_group=group,
        portion_group=number[frame.owners],
        shared=True,
    )


def _models(frame: Frame) -> Grouping:
    models = max(len(frame.models), 1)
    _, members = distinct(frame.owners * models + frame.model)
    rows, model = np.divmod(members, models)
    slot, pairs = distinct(frame.blocks.of[rows] * models + model)
    block, pair_model = np.divmod(pairs, models)
    return Grouping(
        keys=frame.models,
        rows=rows,
        group=model,
        slot=slot,
        pair_block=block,
        pair_group=pair_model,
        portion_group=frame.model,
        shared=True,
    )


def _zeros(size: int) -> Ints:
    return np.zeros(size, dtype=np.int8)
