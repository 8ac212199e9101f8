"""Brings kept columns up to date with what was said and observed since they were kept."""

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple, assert_never

from ledger.core.columns import Columns
from ledger.core.edits import Edit, SetLabels, SetLogged, SetValues
from ledger.store import columns, looks
from ledger.store.edit_words import read
from ledger.store.names import listed

_SHOWN: Final = (
    "SELECT id, time_ms / 1000 FROM interaction"
    " WHERE hidden = 0 AND id IN (SELECT value FROM json_each(?))"
)
_LABELS: Final = (
    "SELECT name, interaction FROM label WHERE interaction IN (SELECT value FROM json_each(?))"
)


class Shown(NamedTuple):
    """The newest entry of the history and the newest change of evidence that columns show."""

    entry: int
    look: int


def newest(raw: sqlite3.Connection, machine: int) -> list[int]:
    """Return the number and the fingerprint of the newest entry of the history."""
    row = raw.execute(
        "SELECT seq, chain FROM history WHERE machine = ? ORDER BY seq DESC LIMIT 1", (machine,)
    ).fetchone()
    return list(row or (0, 0))


def is_known(raw: sqlite3.Connection, machine: int, entry: list[int]) -> bool:
    """Whether the history holds this very entry; after restoring a backup it may not."""
    seq, chain = entry
    row = raw.execute(
        "SELECT chain FROM history WHERE machine = ? AND seq = ?", (machine, seq)
    ).fetchone()
    return seq == 0 or row == (chain,)


def brought_up(raw: sqlite3.Connection, machine: int, kept: Columns, shown: Shown) -> Columns:
    """Set what came after it, in the kept columns themselves."""
    edits = [read(text) for text in _edits_after(raw, machine, shown.entry)]
    ids = {identity for edit in edits for identity in _ids(edit)}
    ids |= looks.changed_since(raw, shown.look)
    places = {}
    for identity, time_s in raw.execute(_SHOWN, (listed(ids),)):
        first = bisect_left(kept.time_s, time_s)
        places[identity] = kept.id.index(identity, first, bisect_right(kept.time_s, time_s, first))
    among = {identity: at for at, identity in enumerate(places)}
    for name, values in columns.said(raw, among, places).items():
        column = getattr(kept, name)
        for place, value in zip(places.values(), values, strict=True):
            column[place] = value
    if any(isinstance(edit, SetLabels) for edit in edits):
        return replace(kept, labels=_labels(raw, kept, ids, places))
    return kept


def _edits_after(raw: sqlite3.Connection, machine: int, seq: int) -> Iterator[str]:
    rows = raw.execute("SELECT edit FROM history WHERE machine = ? AND seq > ?", (machine, seq))
    return (row[0] for row in rows)


def _ids(edit: Edit) -> Iterator[int]:
    match edit:
        case SetValues() | SetLabels():
            for value in edit.values:
                yield value[0]
        case SetLogged():
            pass  # other interactions: these columns are of no use then
        case _:
            assert_never(edit)


def _labels(
    raw: sqlite3.Connection, kept: Columns, ids: set[int], shown: Iterable[int]
) -> dict[str, frozenset[int]]:
    found = {name: set(labelled - ids) for name, labelled in kept.labels.items()}
    for name, identity in raw.execute(_LABELS, (listed(shown),)):
        found.setdefault(name, set()).add(identity)
    return {name: frozenset(found[name]) for name in sorted(found) if found[name]}
