"""The whole ledger ready for figures: columns, blocks, local days, and what a filter selects."""

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from typing import Self, TypeVar, cast

import numpy as np

from ledger.core import projects
from ledger.core.columns import QUARTER_S, Columns
from ledger.core.evidence import Question
from ledger.core.filters import ANY, Filter
from ledger.core.model_names import canonical
from ledger.core.usage import TWENTIETHS
from ledger.core.vocabulary import TOOLS, UNTAGGED, Intent, Origin, Tag, Tool
from ledger.metrics.arrays import Bools, Ints, Picks, mask_index
from ledger.metrics.blocks import BlockIndex, LocalDays, index_blocks, local_days
from ledger.metrics.sampled import QuestionSample
from ledger.metrics.table import Table

# A request whose usage nobody knows may have cost anything from nothing to this: a full context of
# 200,000 tokens written to a cache and 50,000 tokens of output. A constant, and not the largest
# one seen, so that bounds stay additive and no inflated interaction moves another's bounds.
UNKNOWN_CEILING = 500_000 * TWENTIETHS
MAX_SCANNED_IDS = 16

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Selection:
    """What a filter left over: one boolean per interaction and one per portion."""

    interactions: Bools
    portions: Bools
    models: Bools | None = None  # which models, when the filter names any

    @cached_property
    def rows(self) -> Picks:
        """Index of the interactions selected."""
        return mask_index(self.interactions)

    @cached_property
    def parts(self) -> Picks:
        """Index of the portions selected."""
        return mask_index(self.portions)


class TagIndependent:
    """Marks caches that depend on times, places and usage only: they outlive `revised`."""


class Frame(Table):
    """A ledger at one moment; it never changes, `patched` and `with_tags` make new ones.

    Nothing cached here depends on tags: that is what lets `with_tags` share all of it. What depends
    on intents, kinds of work or labels is left behind by `revised`.
    """

    @classmethod
    def empty(cls) -> Self:
        """Return a frame without interactions."""
        return cls.of(Columns())

    @cached_property
    def blocks(self) -> BlockIndex:
        """The work blocks of all interactions."""
        return index_blocks(self.project, self.time_s)

    @cached_property
    def names_of_projects(self) -> dict[str, str]:
        """The short, unique name of every project key."""
        return projects.names(self.projects, self.project_names)

    @cached_property
    def owners(self) -> Ints:
        """`owner` in the type that numpy indexes with."""
        return self.owner.astype(np.intp)

    @cached_property
    def prompted(self) -> Bools:
        """Interactions that a person began."""
        prompted: Bools = self.origin != Origin.UNPROMPTED
        return prompted

    @cached_property
    def delivering(self) -> Bools:
        """Interactions whose blocks and tokens make the headline."""
        delivering: Bools = self.prompted & (self.intent == Intent.DELIVERY)
        return delivering

    @cached_property
    def te_ceiling(self) -> Ints:
        """The most that each portion can have cost, in twentieths.

        Requests without counts are in it, and what only the tool's own total tells.
        """
        if not self.unknown.any() and not self.missing.any():
            return self.te_high
        return self.te_high + self.unknown * np.int64(UNKNOWN_CEILING) + self.missing

    @cached_property
    def unsure(self) -> Ints:
        """Portions that may have cost less or more than `te` says: mostly few or none."""
        return np.flatnonzero((self.te_low != self.te) | (self.te_ceiling != self.te))

    @cached_property
    def _days(self) -> dict[tzinfo | None, LocalDays]:
        return {}

    def days(self, zone: tzinfo | None = None) -> LocalDays:
        """Return the local days of everything; `zone` None is the system's."""
        if zone not in self._days:
            self._days[zone] = local_days(self.blocks, self.time_s, self.quarter, zone)
        return self._days[zone]

    @cached_property
    def _caches(self) -> dict[type, object]:
        return {}

    def cache(self, kind: type[T]) -> T:
        """Return this frame's one cache of a kind, for what depends on the frame."""
        cached = self._caches.setdefault(kind, kind())
        return cast("T", cached)

    @cached_property
    def _by_id(self) -> Ints:
        return np.argsort(self.id)

    def positions(self, ids: Iterable[int]) -> Ints:
        """Return where interactions stand; ids that are not here are left out."""
        requested = np.fromiter(ids, np.int64)
        if len(requested) <= MAX_SCANNED_IDS and "_by_id" not in vars(self):
            matches = [np.flatnonzero(self.id == identity) for identity in requested]
            return np.concatenate(matches) if matches else np.zeros(0, dtype=np.intp)
        if not len(self):
            return np.zeros(0, dtype=np.intp)
        at = np.searchsorted(self.id, requested, sorter=self._by_id)
        places = self._by_id[np.minimum(at, len(self) - 1)]
        present: Ints = places[self.id[places] == requested]
        return present

    def patched(self, columns: Columns, gone: Collection[int] = ()) -> Self:
        """Return a frame in which some interactions came, changed or went."""
        return type(self)(**self.joined(Table.of(columns), gone), questions=self.questions)

    def revised(self, columns: Columns, gone: Collection[int] = ()) -> Self:
        """Return a frame in which the same interactions are judged otherwise.

        Like `patched`, for columns that differ in `JUDGED_COLUMNS` and in labels only: nothing
        about times, places and usage is looked at again.
        """
        places = self.positions(columns.id)
        if len(places) != len(columns) or len(self.positions(gone)):
            return self.patched(columns, gone)
        values = self.judged_fields(Table.of(columns), places)
        other = copy(self)
        caches = vars(other)
        if "intent" in values:
            caches.pop("delivering", None)
        lasting = {
            kind: cached
            for kind, cached in self._caches.items()
            if issubclass(kind, TagIndependent)
        }
        for name, value in (values | {"_caches": lasting}).items():
            object.__setattr__(other, name, value)
        return other

    def warm(self) -> Self:
        """Look at times and places now, so that the first figure need not."""
        self.days()
        _ = self.owners, self.delivering, self.unsure, self._by_id, self._caches
        return self

    def with_tags(self, ids: Iterable[int], tag: Tag | int | None) -> Self:
        """Return a frame in which the interactions have this tag; None or 0 is untagged."""
        tags = self.tag.copy()
        tags[self.positions(ids)] = UNTAGGED if tag is None else int(tag)
        other = copy(self)
        object.__setattr__(other, "tag", tags)
        return other

    def with_questions(self, questions: Iterable[Question]) -> Self:
        """Return a frame that knows these daily questions."""
        other = copy(self)
        vars(other).pop("question_sample", None)
        object.__setattr__(other, "questions", tuple(questions))
        return other

    @cached_property
    def question_sample(self) -> QuestionSample:
        """The daily questions beside the blocks they are about."""
        return QuestionSample(self.blocks, self.projects, self.questions)

    def select(self, filter_: Filter = ANY) -> Selection:
        """Return what the filter leaves over.

        Time picks interactions by when they began and portions by their quarter-hour, so that sums
        over periods add up. Everything else picks interactions and, with them, their portions; a
        model picks its own portions and the interactions that have one.
        """
        rows = self._matching(filter_)
        portions = np.ones(len(self.owner), np.bool_) if rows.all() else rows[self.owners]
        models = None
        if filter_.models:
            models = _name_mask(self.models, filter_.models | set(map(canonical, filter_.models)))
            of_model = _look_up(models, self.model)
            uses = np.zeros(len(self), dtype=np.bool_)
            uses[self.owners[of_model]] = True
            rows, portions = rows & uses, portions & of_model
        if filter_.since_s is not None:
            rows &= self.time_s >= filter_.since_s
            portions &= self.quarter >= -(-filter_.since_s // QUARTER_S)
        if filter_.until_s is not None:
            rows &= self.time_s < filter_.until_s
            portions &= self.quarter < -(-filter_.until_s // QUARTER_S)
        return Selection(rows, portions, models)

    def _matching(self, filter_: Filter) -> Bools:
        """Say which interactions agree with all of the filter but time and model."""
        rows = np.ones(len(self), dtype=np.bool_)
        if filter_.tools:
            rows &= _is_named_in(self.tool, TOOLS, filter_.tools)
        if filter_.projects:
            rows &= _is_named_in(self.project, self.projects, filter_.projects)
        if filter_.worktrees:
            rows &= _is_named_in(self.worktree, self.worktrees, filter_.worktrees)
        if filter_.tags:
            rows &= np.isin(self.tag, list(filter_.tags))
        if filter_.intents:
            rows &= np.isin(self.intent, [int(intent) for intent in filter_.intents])
        if filter_.kinds:
            rows &= np.isin(self.kind, list(filter_.kinds))
        if filter_.labels:
            ids = [self.labels.get(label, frozenset()) for label in filter_.labels]
            rows &= self._mask_of(frozenset().union(*ids))
        if filter_.ids is not None:
            rows &= self._mask_of(filter_.ids)
        return rows

    def _mask_of(self, ids: Collection[int]) -> Bools:
        named = np.zeros(len(self), dtype=np.bool_)
        named[self.positions(ids)] = True
        return named


def _is_named_in(
    numbers: Ints, names: tuple[str, ...] | tuple[Tool, ...], allowed: Collection[str]
) -> Bools:
    return _look_up(_name_mask(names, allowed), numbers)


def _name_mask(names: tuple[str, ...] | tuple[Tool, ...], allowed: Collection[str]) -> Bools:
    return np.asarray([name in allowed for name in names], dtype=np.bool_)


def _look_up(table: Bools, numbers: Ints) -> Bools:
    return table[numbers] if len(table) else np.zeros(len(numbers), dtype=np.bool_)
