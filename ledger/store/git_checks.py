"""What git showed of an output at each horizon, and when it is to be asked again."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import Fate, Horizon, Survival
from ledger.store.names import json_ids

_HORIZON_ORDER: Final = {horizon: position for position, horizon in enumerate(Horizon)}
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

DAY_MS: Final = 86_400_000
HORIZONS_MS: Final = {Horizon.DAY: DAY_MS, Horizon.WEEK: 7 * DAY_MS, Horizon.MONTH: 30 * DAY_MS}
# The state of now is looked at daily while it matters, and weekly once every horizon is past.
NOW_MS: Final = DAY_MS
LATER_MS: Final = 7 * DAY_MS
AGAIN_MS: Final = 6 * 3_600_000  # after a look that gave less than was due
_DELETE_SURVIVALS: Final = (
    "DELETE FROM survival WHERE interaction IN (SELECT value FROM json_each(?))"
)


def put_survivals(
    raw: sqlite3.Connection,
    survivals: Sequence[Survival],
    checked_ids: Collection[int],
    now_ms: int,
) -> Changes:
    """Store what was found; `checked_ids` are the interactions that were looked at for it.

    What was measured at a horizon stays: later a branch or the work tree may be gone.
    """
    raw.executemany(
        _WRITE,
        [
            (
                *(survival.interaction, survival.horizon.value, survival.fate.value),
                *(survival.looked_ms, survival.anywhere, survival.landed, survival.baseline),
                *(survival.grams, survival.lines, survival.lines_left, survival.commit),
            )
            for survival in survivals
        ],
    )
    ids = {survival.interaction for survival in survivals}
    settle_check(raw, ids | set(checked_ids), now_ms)
    return Changes.of(Aspect.EVIDENCE, ids)


def read_survivals(
    raw: sqlite3.Connection, ids: Collection[int]
) -> dict[int, tuple[Survival, ...]]:
    """Return what is known of interactions, by id, the nearest horizon first."""
    survivals_by_id: dict[int, list[Survival]] = defaultdict(list)
    for row in raw.execute(_READ, (json_ids(ids),)):
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
        survivals_by_id[row[0]].append(survival)
    return {
        identity: tuple(sorted(survivals, key=lambda one: _HORIZON_ORDER[one.horizon]))
        for identity, survivals in survivals_by_id.items()
    }


def begin_checks(raw: sqlite3.Connection, changed: Mapping[int, bool]) -> None:
    """Forget what was found of other traces; what has some now is looked at, the newest first."""
    parameters = (json_ids(changed),)
    raw.execute(_DELETE_SURVIVALS, parameters)
    raw.execute(_DELETE_SURVIVALS.replace("survival", "checkup"), parameters)
    raw.execute(
        "INSERT INTO checkup SELECT id, -time_ms FROM interaction"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json_ids(identity for identity, has_traces in changed.items() if has_traces),),
    )


def settle_check(raw: sqlite3.Connection, ids: Collection[int], now_ms: int) -> None:
    """Work out when interactions that were looked at just now are due again."""
    id_list = json_ids(ids)
    known: dict[int, dict[Horizon, int]] = defaultdict(dict)
    query = (
        "SELECT interaction, horizon, looked_ms FROM survival"
        " WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    for identity, horizon, looked_ms in raw.execute(query, (id_list,)):
        known[identity][Horizon(horizon)] = looked_ms
    query = "SELECT id, time_ms FROM interaction WHERE id IN (SELECT value FROM json_each(?))"
    times = raw.execute(query, (id_list,)).fetchall()
    raw.executemany(
        "UPDATE checkup SET due_ms = ? WHERE interaction = ?",
        [(_next_check(time_ms, known[identity], now_ms), identity) for identity, time_ms in times],
    )


def _next_check(time_ms: int, checked_ms: dict[Horizon, int], now_ms: int) -> int:
    """Return when something is due next that is not measured yet, but not at once."""
    age = now_ms - time_ms
    every = NOW_MS if age < HORIZONS_MS[Horizon.MONTH] + DAY_MS else LATER_MS
    open_ = [time_ms + wait for horizon, wait in HORIZONS_MS.items() if horizon not in checked_ms]
    soonest = min([checked_ms.get(Horizon.NOW, now_ms) + every, *open_])
    return max(soonest, now_ms + AGAIN_MS)


def due_checks(raw: sqlite3.Connection, now_ms: int, limit: int) -> list[int]:
    """Return interactions that git is to be asked about; those it never was asked come first."""
    rows: Iterable[tuple[int]] = raw.execute(
        "SELECT checkup.interaction FROM checkup JOIN interaction ON interaction.id ="
        " checkup.interaction WHERE due_ms <= ? AND hidden = 0 ORDER BY due_ms LIMIT ?",
        (now_ms, limit),
    )
    return [row[0] for row in rows]


def checks_left(raw: sqlite3.Connection, now_ms: int) -> int:
    """Count what `due_checks` would return in the end; what was hidden since counts too."""
    row = raw.execute("SELECT count(*) FROM checkup WHERE due_ms <= ?", (now_ms,)).fetchone()
    return int(row[0])
