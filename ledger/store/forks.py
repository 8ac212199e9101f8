"""Marks what a forked session only repeats of its parent, so that it counts once."""

import sqlite3
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from ledger.core.lineage import Mark, Thread, copied_counts
from ledger.store.names import NONE, listed

_FAMILY: Final = """
WITH RECURSIVE family (id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT parent FROM session JOIN family USING (id) WHERE parent IS NOT NULL
    UNION SELECT session.id FROM session JOIN family ON session.parent = family.id)
SELECT id, parent, ifnull(time_ms, 0) FROM session JOIN family USING (id) ORDER BY id
"""
_REQUESTS: Final = """
SELECT session, id, vector, turn, time_ms, interaction, owner, copied FROM request
WHERE vector <> 0 AND session IN (SELECT value FROM json_each(?))
ORDER BY session, ordinal, time_ms, id
"""
# A prompt is a copy when it stands among copied requests and none of its own is new.
_PROMPTS: Final = """
SELECT id, session, hidden, ordinal < (
        SELECT count(*) FROM request WHERE session = interaction.session AND copied = 1)
    AND NOT EXISTS (
        SELECT 1 FROM request WHERE owner = interaction.id AND adrift = 0 AND copied = 0) AS hide
FROM interaction WHERE made = 0 AND hidden <> hide AND id IN (
    SELECT value FROM json_each(?) UNION
    SELECT id FROM interaction WHERE session IN (SELECT value FROM json_each(?)))
"""


class Forked(NamedTuple):
    """What changed by marking: interactions, and sessions whose prompts came or went."""

    interactions: set[int]
    sessions: set[int]


class _Request(NamedTuple):
    session: int
    mark: Mark
    interaction: int
    owner: int
    copied: int


def mark(
    raw: sqlite3.Connection, sessions: Collection[int], interactions: Collection[int]
) -> Forked:
    """Work out again what is copied in the families of the sessions and in the interactions."""
    relatives = _relatives(raw, sessions)
    touched = _mark_requests(raw, relatives) if relatives else set()
    ids = listed({*interactions, *touched})
    hides = raw.execute(_PROMPTS, (ids, listed(relatives))).fetchall()
    raw.executemany(
        "UPDATE interaction SET hidden = ? WHERE id = ?", [(row[3], row[0]) for row in hides]
    )
    return Forked(touched | {row[0] for row in hides}, {row[1] for row in hides})


def _relatives(
    raw: sqlite3.Connection, sessions: Collection[int]
) -> dict[int, tuple[int | None, int]]:
    """Return parent and start of the known sessions that have a parent or a child."""
    found = raw.execute(_FAMILY, (listed(sessions),)).fetchall() if sessions else []
    parents = {row[1] for row in found}
    return {row[0]: (row[1], row[2]) for row in found if row[1] is not None or row[0] in parents}


def _mark_requests(
    raw: sqlite3.Connection, relatives: dict[int, tuple[int | None, int]]
) -> set[int]:
    """Store which requests are copies; return the interactions that hold changed ones."""
    requests = [
        _Request(row[0], Mark(*row[1:5]), *row[5:])
        for row in raw.execute(_REQUESTS, (listed(relatives),))
    ]
    counts = copied_counts(_threads(relatives, requests))
    changed: list[tuple[int, int]] = []
    touched: set[int] = set()
    for request in requests:
        copied = int(counts[request.session] > 0)
        counts[request.session] -= copied
        if copied != request.copied:
            changed.append((copied, request.mark.request))
            touched.add(request.owner)
    raw.executemany("UPDATE request SET copied = ? WHERE id = ?", changed)
    return touched


def _threads(
    relatives: dict[int, tuple[int | None, int]], requests: Iterable[_Request]
) -> list[Thread]:
    marks: dict[int, list[Mark]] = {session: [] for session in relatives}
    begun_by_person: set[int] = set()
    for request in requests:
        marks[request.session].append(request.mark)
        if request.interaction != NONE:
            begun_by_person.add(request.session)
    return [
        Thread(session, parent, session not in begun_by_person, started_ms, tuple(marks[session]))
        for session, (parent, started_ms) in relatives.items()
    ]
