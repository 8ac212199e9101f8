"""What was seen in logs: kinds of work, counts, and fingerprints of what was added to files."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import ChangeFingerprint, Observation
from ledger.core.vocabulary import Kind
from ledger.store import evidence_versions, git_checks
from ledger.store.names import json_ids, storable

_UNSIGNED_RANGE: Final = 1 << 64  # a similarity hash is unsigned; SQLite's integers are signed

_REWOUND: Final = 1  # bits of `observation.rewound`
_RESTORED: Final = 2

_WRITE: Final = (
    "INSERT INTO observation (interaction, version, end, kind, print, words, runs, failed_runs,"
    " reads, hand_edits, refused, rewound, look) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (interaction) DO UPDATE SET version = excluded.version, end = excluded.end,"
    " print = excluded.print, words = excluded.words, runs = excluded.runs,"
    " failed_runs = excluded.failed_runs, reads = excluded.reads,"
    " hand_edits = excluded.hand_edits, refused = excluded.refused, rewound = excluded.rewound,"
    " look = iif(kind = excluded.kind, look, excluded.look), kind = excluded.kind"
)
_WRITE_UNREAD: Final = (
    "INSERT INTO observation VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
    " ON CONFLICT (interaction) DO UPDATE SET version = excluded.version,"
    " end = max(end, excluded.end)"
)
_READ: Final = (
    "SELECT interaction, version, end, kind, print, words, runs, failed_runs, reads, hand_edits,"
    " refused, rewound FROM observation WHERE interaction IN (SELECT value FROM json_each(?))"
)
MOST_LATER: Final = 50  # a file that everybody changes would have thousands
_LATER_INTERACTIONS: Final = """
SELECT DISTINCT other.id, other.time_ms FROM interaction AS own
JOIN trace ON trace.interaction = own.id
JOIN trace AS same ON same.path = trace.path AND same.interaction <> own.id
JOIN interaction AS other ON other.id = same.interaction AND other.hidden = 0
WHERE own.id = ? AND other.time_ms > own.time_ms ORDER BY other.time_ms, other.id LIMIT ?
"""
_TRACES: Final = (
    "SELECT interaction, path, features, grams, lines FROM trace"
    " WHERE interaction IN (SELECT value FROM json_each(?)) ORDER BY path"
)
# What grew since it was read stays on the list.
_UNLIST_OBSERVED: Final = """
DELETE FROM unobserved WHERE interaction IN (SELECT value FROM json_each(?1)) AND interaction IN (
    SELECT interaction FROM observation AS o WHERE o.interaction = unobserved.interaction
    AND o.end >= (SELECT ifnull(max(end), 0) FROM pointer WHERE interaction = o.interaction)
)
"""
_UNLIST: Final = "DELETE FROM unobserved WHERE interaction IN (SELECT value FROM json_each(?))"
_LIST_BEFORE: Final = """
INSERT OR IGNORE INTO unobserved SELECT b.id, b.time_ms FROM interaction AS i
JOIN interaction AS b ON b.id IN (
    SELECT id FROM interaction WHERE session = i.session AND time_ms < i.time_ms AND hidden = 0
    ORDER BY time_ms DESC LIMIT 3
)
WHERE i.hidden = 0 AND i.id IN (SELECT value FROM json_each(?))
AND i.id NOT IN (SELECT interaction FROM observation WHERE interaction = i.id)
AND b.id IN (SELECT interaction FROM observation WHERE interaction = b.id)
"""
_UNOBSERVED: Final = (
    "SELECT interaction FROM unobserved ORDER BY time_ms DESC, interaction DESC LIMIT ?"
)
_COUNT_LEFT: Final = """
SELECT (SELECT count(*) FROM unobserved)
    + (SELECT count(*) FROM observation WHERE version < ?1 OR version > ?1)
"""
_LIST_ANEW: Final = """
INSERT OR REPLACE INTO unobserved SELECT i.id, i.time_ms FROM interaction AS i
LEFT JOIN observation AS o ON o.interaction = i.id
WHERE i.hidden = 0 AND i.id IN (SELECT value FROM json_each(?))
AND ifnull(o.end, -1) < (
    SELECT max(end) FROM pointer WHERE interaction = i.id AND pointer.offset >= 0
)
"""


def put(
    raw: sqlite3.Connection, observed: Sequence[Observation], unread: Iterable[Observation]
) -> Changes:
    """Store what was seen; of `unread` only that it was looked at: what is known of it stays."""
    change_number = evidence_versions.next_number(raw)
    raw.executemany(_WRITE, [_row(observation, change_number) for observation in observed])
    ids = [observation.interaction for observation in observed]
    _put_traces(raw, observed)
    unread_rows = [
        (observation.interaction, observation.version, observation.end) for observation in unread
    ]
    raw.executemany(_WRITE_UNREAD, unread_rows)
    raw.execute(_UNLIST_OBSERVED, (json_ids(ids),))
    raw.executemany(
        "DELETE FROM unobserved WHERE interaction = ?", [row[:1] for row in unread_rows]
    )
    return Changes.of(Aspect.EVIDENCE, ids)


def _put_traces(raw: sqlite3.Connection, observed: Sequence[Observation]) -> None:
    """Store traces; where they are others than before, git is to be asked anew."""
    known = _traces(raw, [observation.interaction for observation in observed])
    fresh = [
        observation
        for observation in observed
        if _by_stored_path(observation.traces) != _by_stored_path(known[observation.interaction])
    ]
    replaced_ids = [(observation.interaction,) for observation in fresh]
    raw.executemany("DELETE FROM trace WHERE interaction = ?", replaced_ids)
    raw.executemany(
        "INSERT INTO trace VALUES (?, ?, ?, ?, ?)",
        [
            (observation.interaction, *trace)
            for observation in fresh
            for trace in _by_stored_path(observation.traces).values()
        ],
    )
    git_checks.begin_checks(
        raw, {observation.interaction: bool(observation.traces) for observation in fresh}
    )


def _by_stored_path(traces: Iterable[ChangeFingerprint]) -> dict[str, ChangeFingerprint]:
    """Return traces by the paths that SQLite keeps; of paths that come out alike, the first."""
    traces_by_path: dict[str, ChangeFingerprint] = {}
    for trace in traces:
        path = storable(trace.path)
        traces_by_path.setdefault(path, trace._replace(path=path))
    return traces_by_path


def _traces(raw: sqlite3.Connection, ids: Collection[int]) -> dict[int, list[ChangeFingerprint]]:
    traces: dict[int, list[ChangeFingerprint]] = defaultdict(list)
    for identity, *trace in raw.execute(_TRACES, (json_ids(ids),)):
        traces[identity].append(ChangeFingerprint(*trace))
    return traces


def later_traces(
    raw: sqlite3.Connection, ids: Collection[int]
) -> dict[int, tuple[ChangeFingerprint, ...]]:
    """Return the traces of later interactions that changed a file that each of these changed."""
    traces_by_id = {}
    for identity in ids:
        later = [row[0] for row in raw.execute(_LATER_INTERACTIONS, (identity, MOST_LATER))]
        traces = _traces(raw, later)
        traces_by_id[identity] = tuple(trace for other in later for trace in traces[other])
    return traces_by_id


def _row(observation: Observation, change_number: int) -> tuple[Any, ...]:
    print_ = (
        observation.print - _UNSIGNED_RANGE
        if observation.print >= _UNSIGNED_RANGE >> 1
        else observation.print
    )
    counts = (
        observation.words,
        observation.runs,
        observation.failed_runs,
        observation.reads,
        observation.hand_edits,
    )
    head = (
        observation.interaction,
        observation.version,
        observation.end,
        int(observation.kind),
        print_,
    )
    back = observation.rewound * _REWOUND + observation.restored * _RESTORED
    return (*head, *counts, int(observation.refused), back, change_number)


def read(raw: sqlite3.Connection, ids: Collection[int]) -> dict[int, Observation]:
    """Return what is known of interactions, by id; those nobody looked at are missing."""
    traces = _traces(raw, ids)
    return {
        row[0]: Observation(
            interaction=row[0],
            version=row[1],
            end=row[2],
            kind=Kind(row[3]),
            print=row[4] % _UNSIGNED_RANGE,
            words=row[5],
            runs=row[6],
            failed_runs=row[7],
            reads=row[8],
            hand_edits=row[9],
            refused=bool(row[10]),
            rewound=bool(row[11] & _REWOUND),
            restored=bool(row[11] & _RESTORED),
            traces=tuple(traces[row[0]]),
        )
        for row in raw.execute(_READ, (json_ids(ids),))
    }


def list_anew(raw: sqlite3.Connection, ids: Collection[int]) -> None:
    """Note which of these interactions have something in their logs that nobody looked at.

    The three before a new one are looked at again: what the person did with their output (a file
    changed by hand, a step back in the conversation) is told at the beginning of the next ones.
    """
    parameters = (json_ids(ids),)
    raw.execute(_UNLIST, parameters)
    raw.execute(_LIST_BEFORE, parameters)
    raw.execute(_LIST_ANEW, parameters)


def due(raw: sqlite3.Connection, version: int, limit: int) -> list[int]:
    """Return what nobody looked at, newest first, then what other rules looked at last."""
    rows = raw.execute(_UNOBSERVED, (limit,))
    ids = [row[0] for row in rows]
    if len(ids) < limit:
        rows = raw.execute(
            "SELECT interaction FROM observation WHERE version < ?1 OR version > ?1 LIMIT ?2",
            (version, limit - len(ids)),
        )
        ids += [row[0] for row in rows]
    return list(dict.fromkeys(ids))


def left(raw: sqlite3.Connection, version: int) -> int:
    """Count what `due` would return in the end; something may count twice."""
    return int(raw.execute(_COUNT_LEFT, (version,)).fetchone()[0])
