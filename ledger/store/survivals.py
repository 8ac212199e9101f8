"""What git showed of an output at each horizon."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import Fate, Horizon, Survival
from ledger.store import checkups
from ledger.store.names import listed

_ORDER: Final = {horizon: position for position, horizon in enumerate(Horizon)}
_WRITE: Final = (
    "INSERT INTO survival (interaction, horizon, fate, looked_ms, anywhere, landed, baseline,"
    " grams, lines, lines_left, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (interaction, horizon) DO UPDATE SET fate = excluded.fate,"
    " looked_ms = excluded.looked_ms, anywhere = excluded.anywhere, landed = excluded.landed,"
    " baseline = excluded.baseline, grams = excluded.grams, lines = excluded.lines,"
    " lines_left = excluded.lines_left, revision = excluded.revision"
    " WHERE horizon = 'now' OR fate = 'unknown'"
)
_READ: Final = (
    "SELECT interaction, horizon, fate, looked_ms, anywhere, landed, baseline, grams, lines,"
    " lines_left, revision FROM survival WHERE interaction IN (SELECT value FROM json_each(?))"
)


def put(
    raw: sqlite3.Connection, found: Sequence[Survival], looked: Collection[int], now_ms: int
) -> Changes:
    """Store what was found; `looked` are the interactions that were looked at for it.

    What was measured at a horizon stays: later a branch or the work tree may be gone.
    """
    raw.executemany(
        _WRITE,
        [
            (one.interaction, one.horizon.value, one.fate.value, one.looked_ms, one.anywhere,
             one.landed, one.baseline, one.grams, one.lines, one.lines_left, one.commit)
            for one in found
        ],
    )  # fmt: skip
    ids = {one.interaction for one in found}
    checkups.settle(raw, ids | set(looked), now_ms)
    return Changes.of(Aspect.EVIDENCE, ids)


def read(raw: sqlite3.Connection, ids: Collection[int]) -> dict[int, tuple[Survival, ...]]:
    """Return what is known of interactions, by id, the nearest horizon first."""
    found: dict[int, list[Survival]] = defaultdict(list)
    for row in raw.execute(_READ, (listed(ids),)):
        survival = Survival(
            interaction=row[0],
            horizon=Horizon(row[1]),
            fate=Fate(row[2]),
            looked_ms=row[3],
            anywhere=row[4],
            landed=row[5],
            baseline=row[6],
            grams=row[7],
            lines=row[8],
            lines_left=row[9],
            commit=row[10],
        )
        found[row[0]].append(survival)
    return {
        identity: tuple(sorted(some, key=lambda one: _ORDER[one.horizon]))
        for identity, some in found.items()
    }
