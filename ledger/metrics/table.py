"""The ledger's columns as numpy arrays, and how a few changed interactions are put in place."""

from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from ledger.core.columns import COLUMNS, Column, Columns, ColumnSet, Level, Source
from ledger.core.evidence import Question
from ledger.metrics.arrays import Bools, Ints

ROWS = tuple(column.name for column in COLUMNS if column.level is Level.INTERACTION)
PORTIONS = tuple(column.name for column in COLUMNS if column.level is Level.PORTION)
# By people or by evidence, whatever the logs hold.
JUDGED_COLUMNS = tuple(column.name for column in COLUMNS if column.source is not Source.LOGS)


@dataclass(frozen=True, eq=False, kw_only=True)
class Table(ColumnSet[Ints]):
    """The same fields as `core.columns.Columns`, to be read and never written."""

    questions: tuple[Question, ...] = ()

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Look at columns through numpy; nothing is copied."""
        arrays: dict[str, Any] = {column.name: _values(columns, column) for column in COLUMNS}
        return cls(
            **arrays,
            projects=columns.projects,
            worktrees=columns.worktrees,
            project_names=columns.project_names,
            folders=columns.folders,
            models=columns.models,
            labels=columns.labels,
            stamp=columns.stamp,
        )

    def columns(self, stamp: int) -> Columns:
        """Return the table as the store keeps it; `stamp` is the state of the ledger it shows."""
        projects, project = _used_names(self.projects, self.project)
        models, model = _used_names(self.models, self.model)
        worktrees, worktree = _used_names(self.worktrees, self.worktree)
        tidied = {"project": project, "model": model, "worktree": worktree}
        blocks = {
            name: array(typecode, tidied.get(name, getattr(self, name)).tobytes())
            for name, typecode, *_ in COLUMNS
        }
        return Columns(
            **blocks,
            projects=projects,
            worktrees=worktrees,
            project_names=self.project_names,
            folders=self.folders,
            models=models,
            labels=self.labels,
            stamp=stamp,
        )

    def __len__(self) -> int:
        return len(self.id)

    def joined(self, changed: "Table", gone: Collection[int] = ()) -> dict[str, Any]:
        """Return the fields of a table in which `changed` replaces what it names.

        Interactions of `changed` come or are replaced with all their portions and labels; those in
        `gone` leave. The order (time_s, id) is kept. Names are only added, never renumbered.
        """
        leaving = np.concatenate([changed.id, np.fromiter(gone, np.int64, len(gone))])
        stay = ~np.isin(self.id, leaving)
        projects, project_at = _merged_names(self.projects, changed.projects)
        models, model_at = _merged_names(self.models, changed.models)
        worktrees, worktree_at = _merged_names(self.worktrees, changed.worktrees)
        renamed = {
            "project": project_at[changed.project],
            "model": model_at[changed.model],
            "worktree": worktree_at[changed.worktree],
        }
        new = {name: renamed.get(name, getattr(changed, name)) for name, *_ in COLUMNS}
        came = self._places(stay, changed)
        fields = {name: _interleaved(getattr(self, name)[stay], new[name], came) for name in ROWS}
        fields |= self._portions(stay, new, came)
        return fields | {
            "projects": projects,
            "worktrees": worktrees,
            "project_names": {**self.project_names, **changed.project_names},
            "folders": self.folders | changed.folders,
            "models": models,
            "labels": _merged_labels(self.labels, changed.labels, frozenset(leaving.tolist())),
            "stamp": max(self.stamp, changed.stamp),
        }

    def judged_fields(self, changed: "Table", places: Ints) -> dict[str, Any]:
        """Return those `JUDGED_COLUMNS`, and the labels, that `changed` moves; it stands there."""
        moved: dict[str, Any] = {}
        for name in JUDGED_COLUMNS:
            old, new = getattr(self, name), getattr(changed, name)
            if (old[places] != new).any():
                moved[name] = old.copy()
                moved[name][places] = new
        labels = _merged_labels(self.labels, changed.labels, frozenset(changed.id.tolist()))
        return moved | {"labels": labels, "stamp": max(self.stamp, changed.stamp)}

    def _places(self, stay: Bools, changed: "Table") -> Bools:
        """Say of each interaction of the joined table whether it is one of `changed`."""
        times, ids = self.time_s[stay], self.id[stay]
        first = np.searchsorted(times, changed.time_s, side="left")
        after = np.searchsorted(times, changed.time_s, side="right")
        for at in np.flatnonzero(first < after):
            first[at] += np.searchsorted(ids[first[at] : after[at]], changed.id[at])
        came = np.zeros(len(times) + len(changed), dtype=np.bool_)
        came[first + np.arange(len(changed))] = True
        return came

    def _portions(self, stay: Bools, new: dict[str, Ints], came: Bools) -> dict[str, Ints]:
        moved = np.zeros(len(stay), dtype=np.int32)
        moved[stay] = np.flatnonzero(~came)
        arrived = np.flatnonzero(came).astype(np.int32)
        remains = stay[self.owner]
        old = {name: getattr(self, name)[remains] for name in PORTIONS}
        old["owner"] = moved[old["owner"]]
        owner = arrived[new["owner"]]
        parts = {name: (old[name], owner if name == "owner" else new[name]) for name in PORTIONS}
        return {
            name: np.concatenate(columns).astype(columns[0].dtype)
            for name, columns in parts.items()
        }


def _values(columns: Columns, column: Column) -> Ints:
    values: array[int] = getattr(columns, column.name)
    if column.optional and not values:
        elements = columns.id if column.level is Level.INTERACTION else columns.owner
        values = array(column.typecode, bytes(values.itemsize * len(elements)))
    return _view(values)


def _view(values: "array[int]") -> Ints:
    view: Ints = np.asarray(values)
    view.flags.writeable = False
    return view


def _interleaved(old: Ints, new: Ints, came: Bools) -> Ints:
    woven = np.empty(len(came), dtype=old.dtype)
    woven[~came] = old
    woven[came] = new
    return woven


def _used_names(names: tuple[str, ...], numbers: Ints) -> tuple[tuple[str, ...], Ints]:
    """Return the names in use, sorted, and the numbers that stand for them now."""
    used = sorted(np.unique(numbers).tolist(), key=names.__getitem__)
    place = np.zeros(len(names), dtype=numbers.dtype)
    place[used] = np.arange(len(used))
    return tuple(names[at] for at in used), place[numbers]


def _merged_names(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], Ints]:
    """Return all names and, for each position in `new`, the position among all."""
    at = {name: position for position, name in enumerate(old)}
    for name in new:
        at.setdefault(name, len(at))
    return tuple(at), np.asarray([at[name] for name in new], dtype=np.int32)


def _merged_labels(
    old: Mapping[str, frozenset[int]], new: Mapping[str, frozenset[int]], leaving: frozenset[int]
) -> dict[str, frozenset[int]]:
    names = dict.fromkeys([*old, *new])
    none: frozenset[int] = frozenset()
    by_label = {name: (old.get(name, none) - leaving) | new.get(name, none) for name in names}
    return {name: ids for name, ids in by_label.items() if ids}
