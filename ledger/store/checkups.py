"""When git is to be asked about an interaction: at once, at each horizon, and now and then."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from ledger.core.evidence import Horizon
from ledger.store.names import listed

DAY_MS: Final = 86_400_000
HORIZONS_MS: Final = {Horizon.DAY: DAY_MS, Horizon.WEEK: 7 * DAY_MS, Horizon.MONTH: 30 * DAY_MS}
# The state of now is looked at daily while it matters, and weekly once every horizon is past.
NOW_MS: Final = DAY_MS
LATER_MS: Final = 7 * DAY_MS
AGAIN_MS: Final = 6 * 3_600_000  # after a look that gave less than was due

_FORGET: Final = "DELETE FROM survival WHERE interaction IN (SELECT value FROM json_each(?))"


def begin(raw: sqlite3.Connection, changed: Mapping[int, bool]) -> None:
    """Forget what was found of other traces; what has some now is looked at, the newest first."""
    some = (listed(changed),)
    raw.execute(_FORGET, some)
    raw.execute(_FORGET.replace("survival", "checkup"), some)
    raw.execute(
        "INSERT INTO checkup SELECT id, -time_ms FROM interaction"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (listed(identity for identity, has_traces in changed.items() if has_traces),),
    )


def settle(raw: sqlite3.Connection, ids: Collection[int], now_ms: int) -> None:
    """Work out when interactions that were looked at just now are due again."""
    some = listed(ids)
    known: dict[int, dict[Horizon, int]] = defaultdict(dict)
    query = (
        "SELECT interaction, horizon, looked_ms FROM survival"
        " WHERE interaction IN (SELECT value FROM json_each(?))"
    )
    for identity, horizon, looked_ms in raw.execute(query, (some,)):
        known[identity][Horizon(horizon)] = looked_ms
    query = "SELECT id, time_ms FROM interaction WHERE id IN (SELECT value FROM json_each(?))"
    times = raw.execute(query, (some,)).fetchall()
    raw.executemany(
        "UPDATE checkup SET due_ms = ? WHERE interaction = ?",
        [(_next(time_ms, known[identity], now_ms), identity) for identity, time_ms in times],
    )


def _next(time_ms: int, looked: dict[Horizon, int], now_ms: int) -> int:
    """Return when something is due next that is not measured yet, but not at once."""
    age = now_ms - time_ms
    every = NOW_MS if age < HORIZONS_MS[Horizon.MONTH] + DAY_MS else LATER_MS
    open_ = [time_ms + wait for horizon, wait in HORIZONS_MS.items() if horizon not in looked]
    soonest = min([looked.get(Horizon.NOW, now_ms) + every, *open_])
    return max(soonest, now_ms + AGAIN_MS)


def due(raw: sqlite3.Connection, now_ms: int, limit: int) -> list[int]:
    """Return interactions that git is to be asked about; those it never was asked come first."""
    rows: Iterable[tuple[int]] = raw.execute(
        "SELECT checkup.interaction FROM checkup JOIN interaction ON interaction.id ="
        " checkup.interaction WHERE due_ms <= ? AND hidden = 0 ORDER BY due_ms LIMIT ?",
        (now_ms, limit),
    )
    return [row[0] for row in rows]


def left(raw: sqlite3.Connection, now_ms: int) -> int:
    """Count what `due` would return in the end; what was hidden since counts too."""
    row = raw.execute("SELECT count(*) FROM checkup WHERE due_ms <= ?", (now_ms,)).fetchone()
    return int(row[0])
