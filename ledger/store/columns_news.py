"""Brings kept columns up to date with what was said and observed since they were kept."""

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple, assert_never

from ledger.core.columns import Columns
from ledger.core.edits import Edit, SetLabels, SetLogged, SetValues
from ledger.store import looks
from ledger.store.edit_words import read
from ledger.store.names import listed

_AS_THEY_ARE: Final = """
SELECT i.id, i.time_ms / 1000, ifnull(t.value, 0), ifnull(n.value, 0),
    ifnull(k.value, ifnull(o.kind, 0)), ifnull(s.tag, 0),
    CAST(round(ifnull(s.confidence, 0) * 100) AS INTEGER)
FROM interaction AS i LEFT JOIN tag AS t ON t.interaction = i.id
LEFT JOIN intent AS n ON n.interaction = i.id LEFT JOIN kind AS k ON k.interaction = i.id
LEFT JOIN observation AS o ON o.interaction = i.id
LEFT JOIN suggestion AS s ON s.interaction = i.id
WHERE hidden = 0 AND i.id IN (SELECT value FROM json_each(?))
"""
_NAMES: Final = ("tag", "intent", "kind", "suggested", "confidence")
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
    for identity, time_s, *values in raw.execute(_AS_THEY_ARE, (listed(ids),)):
        first = bisect_left(kept.time_s, time_s)
        place = kept.id.index(identity, first, bisect_right(kept.time_s, time_s, first))
        for name, value in zip(_NAMES, values, strict=True):
            getattr(kept, name)[place] = value
        places[identity] = place
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
