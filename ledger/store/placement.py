"""Assigns orphaned rows to their interaction, and marks what a forked session only repeats.

They belong to the last prompt that was given, in their session or else the nearest ancestor that
has prompts, at or before their anchor. Where there is no prompt at all, the store makes one
unprompted interaction for the topmost session.
"""

import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from ledger.core.forks import Mark, Rollout, copied_counts
from ledger.core.ids import content_id
from ledger.store.names import NO_ID, json_ids

_ADRIFT_REQUESTS: Final = """
WITH RECURSIVE reach (id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT session.id FROM session JOIN reach ON session.parent = reach.id)
SELECT request.id, request.session, anchor_ms, owner
FROM reach CROSS JOIN request ON request.session = reach.id AND adrift = 1
"""
_ADRIFT_EDITS: Final = _ADRIFT_REQUESTS.replace("request", "edit_part")
# 4 is `core.vocabulary.Origin.UNPROMPTED`.
_INSERT_UNPROMPTED: Final = """
INSERT OR IGNORE INTO interaction
    (id, rank, time_ms, session, ordinal, origin, project, branch, made)
VALUES (?, 0, 0, ?, 0, 4, 0, '', 1)
"""
_TIME: Final = """
UPDATE interaction SET time_ms = (SELECT min(time_ms) FROM (
    SELECT time_ms FROM request WHERE owner = ?1 AND copied = 0
    UNION ALL SELECT time_ms FROM shortfall WHERE owner = ?1))
WHERE id = ?1
"""
_WAITING_PARTS: Final = """
SELECT DISTINCT owner FROM request
WHERE adrift = 1 AND interaction IN (SELECT value FROM json_each(?))
"""
_ATTACH_PARTS: Final = """
UPDATE request SET owner = interaction, adrift = 0
WHERE adrift = 1 AND interaction IN (SELECT value FROM json_each(?))
"""

_PARENTS_AND_CHILDREN: Final = """
WITH RECURSIVE family (id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT parent FROM session JOIN family USING (id) WHERE parent IS NOT NULL
    UNION SELECT session.id FROM session JOIN family ON session.parent = family.id)
SELECT id, parent, ifnull(time_ms, 0) FROM session JOIN family USING (id) ORDER BY id
"""
_REQUESTS: Final = """
SELECT session, id, vector, turn, time_ms, within, interaction, owner, copied FROM request
WHERE vector <> 0 AND session IN (SELECT value FROM json_each(?))
ORDER BY session, ordinal, time_ms, id
"""
# A prompt is a copy when it stands among copied requests and none of its own is new.
_PROMPTS: Final = """
SELECT id, session, hidden, ordinal < (
        SELECT count(*) FROM request
        WHERE session = interaction.session AND copied = 1 AND vector <> 0)
    AND NOT EXISTS (
        SELECT 1 FROM request WHERE owner = interaction.id AND adrift = 0 AND copied = 0) AS hide
FROM interaction WHERE made = 0 AND hidden <> hide AND id IN (
    SELECT value FROM json_each(?) UNION
    SELECT id FROM interaction WHERE session IN (SELECT value FROM json_each(?)))
"""


def reattach(raw: sqlite3.Connection, prompts: Collection[int]) -> set[int]:
    """Put parts that waited for these prompts into them; return the interactions they left."""
    left: set[int] = set()
    ids = (json_ids(prompts),)
    for table in ("request", "edit_part"):
        interactions = {
            row[0] for row in raw.execute(_WAITING_PARTS.replace("request", table), ids)
        }
        if interactions:
            raw.execute(_ATTACH_PARTS.replace("request", table), ids)
            left |= interactions
    return left


def assign_orphans(raw: sqlite3.Connection, sessions: Collection[int]) -> set[int]:
    """Place again what is adrift in the sessions and below; return the interactions touched."""
    if not sessions:
        return set()
    ids = (json_ids(sessions),)
    ancestry = Ancestry(raw)
    touched: set[int] = set()
    for find, move in (
        (_ADRIFT_REQUESTS, "UPDATE request SET owner = ? WHERE id = ?"),
        (_ADRIFT_EDITS, "UPDATE edit_part SET owner = ? WHERE id = ?"),
    ):
        moves = []
        for identity, session, anchor_ms, old in raw.execute(find, ids).fetchall():
            owner = ancestry.owner(session, anchor_ms)
            if owner != old:
                moves.append((owner, identity))
                touched |= {owner, old}
        raw.executemany(move, moves)
    ancestry.add_unprompted()
    return touched | ancestry.unprompted.keys()


class Ancestry:
    """Looks sessions' parents and prompts up once each, while places are being found."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._prompts: dict[int, list[tuple[int, int]]] = {}
        self._hosts: dict[int, tuple[int, bool]] = {}
        self.unprompted: dict[int, int] = {}

    def owner(self, session: int, anchor_ms: int) -> int:
        """Return the interaction for something of the session that began at the anchor."""
        host, has_prompts = self._host(session)
        if not has_prompts:
            identity = content_id("unprompted", str(host))
            self.unprompted[identity] = host
            return identity
        prompts = self._prompts_of(host)
        position = bisect_right(prompts, (anchor_ms, 2**63)) - 1
        return prompts[max(position, 0)][1]

    def add_unprompted(self) -> None:
        """Add the interactions that stand for work which nobody asked for."""
        self._raw.executemany(_INSERT_UNPROMPTED, self.unprompted.items())

    def _host(self, session: int) -> tuple[int, bool]:
        """Return the nearest session with prompts and True, else the topmost known and False."""
        known = self._hosts.get(session)
        if known is None:
            known = self._hosts[session] = self._climb(session)
        return known

    def _climb(self, session: int) -> tuple[int, bool]:
        visited = {session}
        while not self._prompts_of(session):
            row = self._raw.execute(
                "SELECT up.id FROM session AS here JOIN session AS up ON up.id = here.parent"
                " WHERE here.id = ?",
                (session,),
            ).fetchone()
            if row is None:
                return session, False
            if row[0] in visited:  # a damaged log can make sessions each other's parents
                return min(visited), False
            session = row[0]
            visited.add(session)
        return session, True

    def _prompts_of(self, session: int) -> list[tuple[int, int]]:
        prompts = self._prompts.get(session)
        if prompts is None:
            prompts = self._prompts[session] = self._raw.execute(
                "SELECT time_ms, id FROM interaction"
                " WHERE session = ? AND made = 0 AND hidden = 0 ORDER BY time_ms, id",
                (session,),
            ).fetchall()
        return prompts


def refresh_unprompted(raw: sqlite3.Connection, interactions: Collection[int]) -> None:
    """Give the store's own interactions among these their time; drop those that used nothing."""
    mine = raw.execute(
        "SELECT id, EXISTS (SELECT 1 FROM request WHERE owner = interaction.id AND copied = 0)"
        " OR EXISTS (SELECT 1 FROM shortfall WHERE owner = interaction.id)"
        " FROM interaction WHERE made = 1 AND id IN (SELECT value FROM json_each(?))",
        (json_ids(interactions),),
    ).fetchall()
    raw.executemany("DELETE FROM interaction WHERE id = ?", [row[:1] for row in mine if not row[1]])
    raw.executemany(_TIME, [row[:1] for row in mine if row[1]])


class ForkChanges(NamedTuple):
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
) -> ForkChanges:
    """Work out again what is copied in the families of the sessions and in the interactions."""
    relatives = _relatives(raw, sessions)
    touched = _mark_requests(raw, relatives) if relatives else set()
    ids = json_ids({*interactions, *touched})
    hides = raw.execute(_PROMPTS, (ids, json_ids(relatives))).fetchall()
    raw.executemany(
        "UPDATE interaction SET hidden = ? WHERE id = ?", [(row[3], row[0]) for row in hides]
    )
    return ForkChanges(touched | {row[0] for row in hides}, {row[1] for row in hides})


def _relatives(
    raw: sqlite3.Connection, sessions: Collection[int]
) -> dict[int, tuple[int | None, int]]:
    """Return parent and start of the known sessions that have a parent or a child."""
    rows = raw.execute(_PARENTS_AND_CHILDREN, (json_ids(sessions),)).fetchall() if sessions else []
    parents = {row[1] for row in rows}
    return {row[0]: (row[1], row[2]) for row in rows if row[1] is not None or row[0] in parents}


def _mark_requests(
    raw: sqlite3.Connection, relatives: dict[int, tuple[int | None, int]]
) -> set[int]:
    """Store which requests are copies; return the interactions that hold changed ones."""
    requests = [
        _Request(row[0], Mark(*row[1:6]), *row[6:])
        for row in raw.execute(_REQUESTS, (json_ids(relatives),))
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
) -> list[Rollout]:
    marks: dict[int, list[Mark]] = {session: [] for session in relatives}
    begun_by_person: set[int] = set()
    for request in requests:
        marks[request.session].append(request.mark)
        if request.interaction != NO_ID:
            begun_by_person.add(request.session)
    return [
        Rollout(session, parent, session not in begun_by_person, started_ms, tuple(marks[session]))
        for session, (parent, started_ms) in relatives.items()
    ]
