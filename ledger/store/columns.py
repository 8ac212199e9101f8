"""Reads the whole ledger, or some of it, as parallel arrays."""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import compress, repeat
from typing import Any, Final

from ledger.core.columns import Columns
from ledger.core.words import TOOLS, Tool
from ledger.store.names import listed

CHUNK: Final = 10_000  # rows in memory as Python objects at one time

_TOOL: Final = {str(tool): position for position, tool in enumerate(TOOLS)}
_OTHER: Final = _TOOL[Tool.OTHER]

_SOME: Final = "IN (SELECT value FROM json_each(?))"
_INTERACTIONS: Final = """
SELECT id, time_ms / 1000 AS time_s, session, project, origin FROM interaction
WHERE hidden = 0 AND id IN (SELECT value FROM json_each(?)) ORDER BY time_s, id
"""
_TAGS: Final = (
    "SELECT interaction, value FROM tag WHERE interaction IN (SELECT value FROM json_each(?))"
)
_INTENTS: Final = _TAGS.replace("tag", "intent")
_KINDS: Final = _TAGS.replace("tag", "kind")
_OBSERVED_KINDS: Final = _TAGS.replace("tag", "observation").replace("value FROM o", "kind FROM o")
_SUGGESTIONS: Final = (
    "SELECT interaction, tag, CAST(round(confidence * 100) AS INTEGER) FROM suggestion"
    " WHERE interaction IN (SELECT value FROM json_each(?))"
)
_PORTIONS: Final = """
SELECT interaction, model, quarter, requests, unknown, input, cache_read, cache_write,
    output, reasoning, te_low, te, te_high
FROM portion WHERE interaction IN (SELECT value FROM json_each(?))
"""
_COUNTED: Final = {
    **dict.fromkeys(("quarter", "requests", "unknown"), "i"),
    **dict.fromkeys(("input", "cache_read", "cache_write", "output", "reasoning"), "q"),
    **dict.fromkeys(("te_low", "te", "te_high"), "q"),
}
_SESSIONS: Final = """
SELECT session.id, tool, ifnull(project.id, 0)
FROM session LEFT JOIN project ON project.key = directory
WHERE session.id IN (SELECT value FROM json_each(?))
"""
_LABELS: Final = (
    "SELECT name, interaction FROM label WHERE interaction IN (SELECT value FROM json_each(?))"
)


def read(raw: sqlite3.Connection, ids: Collection[int] | None = None) -> Columns:
    """Return the columns of all interactions that count, or of those among the ids.

    Must run inside one read transaction. A million interactions take a few seconds.
    """
    heads = _heads(raw, ids)
    places = dict(zip(heads["id"], range(len(heads["id"])), strict=True))
    return Columns(
        **heads,
        **_evidence(raw, places, ids),
        **_portions(raw, places, ids),
        labels=_labels(raw, places, ids),
        stamp=raw.execute("SELECT stamp FROM ledger").fetchone()[0],
    )


def _asked(raw: sqlite3.Connection, query: str, ids: Collection[int] | None) -> sqlite3.Cursor:
    """Run a query for some ids, or for all."""
    if ids is None:
        return raw.execute(query.replace(_SOME, "IS NOT NULL"))
    return raw.execute(query, (listed(ids),))


def _filled(rows: sqlite3.Cursor, codes: Iterable[str]) -> "list[array[int]]":
    """Return the rows as one array for each column."""
    columns = [array(code) for code in codes]
    while chunk := rows.fetchmany(CHUNK):
        for column, values in zip(columns, zip(*chunk, strict=True), strict=True):
            column.extend(values)
    return columns


def _heads(raw: sqlite3.Connection, some: Collection[int] | None) -> dict[str, Any]:
    rows = _asked(raw, _INTERACTIONS, some)
    ids, times, sessions, projects, origins = _filled(rows, "qqqqb")
    tools, homes = _sessions(raw, None if some is None else set(sessions))
    told = zip(projects, sessions, strict=True)
    project_of = array("q", [project or homes.get(session, 0) for project, session in told])
    keys = dict(raw.execute("SELECT id, key FROM project")) if ids else {}
    names, numbers = _numbered(project_of, keys)
    return {
        "id": ids,
        "time_s": times,
        "session": sessions,
        "project": array("i", map(numbers.__getitem__, project_of)),
        "tool": array("b", [tools.get(session, _OTHER) for session in sessions]),
        "origin": origins,
        # Most have none, and looking these few up is quicker than joining them to all.
        "tag": _given(raw, _TAGS, ids, some),
        "intent": _given(raw, _INTENTS, ids, some),
        "projects": names,
    }


def _given(
    raw: sqlite3.Connection, query: str, ids: "array[int]", some: Collection[int] | None
) -> "array[int]":
    """Return the value that the person gave each interaction, 0 where there is none."""
    found: dict[int, int] = dict(_asked(raw, query, some))
    return array("b", map(found.get, ids, repeat(0))) if found else array("b", bytes(len(ids)))


def _evidence(
    raw: sqlite3.Connection, places: Mapping[int, int], some: Collection[int] | None
) -> dict[str, Any]:
    """Return what was observed; the person's word on the kind of work wins."""
    kind, suggested, confidence = (array("b", bytes(len(places))) for _ in range(3))
    for query in (_OBSERVED_KINDS, _KINDS):
        for interaction, value in _asked(raw, query, some):
            at = places.get(interaction)
            if at is not None:
                kind[at] = value
    for interaction, tag, percent in _asked(raw, _SUGGESTIONS, some):
        at = places.get(interaction)
        if at is not None:
            suggested[at], confidence[at] = tag, percent
    return {"kind": kind, "suggested": suggested, "confidence": confidence}


def _sessions(
    raw: sqlite3.Connection, some: Collection[int] | None
) -> tuple[dict[int, int], dict[int, int]]:
    """Return the tool's number and the home project's id of sessions."""
    tools, homes = {}, {}
    for identity, tool, project in _asked(raw, _SESSIONS, some):
        tools[identity] = _TOOL.get(tool, _OTHER)
        homes[identity] = project
    return tools, homes


def _numbered(
    used: Iterable[int], names: Mapping[int, str]
) -> tuple[tuple[str, ...], dict[int, int]]:
    """Return the names that are used, sorted, and the position of each id among them."""
    found = sorted((names.get(identity, ""), identity) for identity in set(used))
    positions = {identity: position for position, (_, identity) in enumerate(found)}
    return tuple(name for name, _ in found), positions


def _portions(
    raw: sqlite3.Connection, places: Mapping[int, int], some: Collection[int] | None
) -> dict[str, Any]:
    rows = _asked(raw, _PORTIONS, some)
    owners, models, *counted = _filled(rows, ["q", "q", *_COUNTED.values()])
    at = list(map(places.get, owners))
    if None in at:  # copies in forks and what was withdrawn
        shown = [place is not None for place in at]
        at = list(compress(at, shown))
        models, *counted = (
            array(column.typecode, compress(column, shown)) for column in (models, *counted)
        )
    names, numbers = _numbered(models, dict(raw.execute("SELECT id, name FROM model")))
    return {
        "owner": array("i", at),
        "model": array("i", map(numbers.__getitem__, models)),
        "models": names,
        **dict(zip(_COUNTED, counted, strict=True)),
    }


def _labels(
    raw: sqlite3.Connection, places: Mapping[int, int], some: Collection[int] | None
) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for name, interaction in _asked(raw, _LABELS, some):
        if interaction in places:
            found[name].add(interaction)
    return {name: frozenset(ids) for name, ids in sorted(found.items())}
