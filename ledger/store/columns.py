"""Reads the whole ledger, or some of it, as parallel arrays."""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import compress
from typing import Any, Final

from ledger.core.columns import COLUMNS, Column, Columns, Level, Source
from ledger.core.edits import ATTRIBUTES
from ledger.core.model_names import canonical
from ledger.core.vocabulary import TOOLS, Tool
from ledger.store.names import json_ids
from ledger.store.project_book import ProjectBook

CHUNK: Final = 10_000  # rows in memory as Python objects at one time

_TOOL_NUMBERS: Final = {str(tool): position for position, tool in enumerate(TOOLS)}
_OTHER_TOOL: Final = _TOOL_NUMBERS[Tool.OTHER]

_AMONG_IDS: Final = "IN (SELECT value FROM json_each(?))"
# What a column is called in SQL, where it is not its name.
_SQL_NAMES: Final = {"time_s": "time_ms / 1000 AS time_s", "owner": "interaction"}
_ID_COLUMNS: Final = ("project", "owner", "model")  # ids at first; positions are put in their place
_INTERACTION_COLUMNS: Final = [
    column
    for column in COLUMNS
    if column.level is Level.INTERACTION
    and column.source is Source.LOGS
    and column.name not in ("tool", "worktree")
]
_PORTION_COLUMNS: Final = [column for column in COLUMNS if column.level is Level.PORTION]
_NOT_FROM_LOGS: Final = [column for column in COLUMNS if column.source is not Source.LOGS]
# The table and the value that evidence fills a column from.
_EVIDENCE_TABLES: Final = {
    "kind": ("observation", "kind"),
    "suggested": ("suggestion", "tag"),
    "confidence": ("suggestion", "CAST(round(confidence * 100) AS INTEGER)"),
}

_SESSIONS: Final = """
SELECT id, tool, directory FROM session WHERE id IN (SELECT value FROM json_each(?))
"""
_LABELS: Final = (
    "SELECT name, interaction FROM label WHERE interaction IN (SELECT value FROM json_each(?))"
)


def _sql(columns: Iterable[Column]) -> str:
    return ", ".join(_SQL_NAMES.get(column.name, column.name) for column in columns)


def _codes(columns: Iterable[Column]) -> list[str]:
    return ["q" if column.name in _ID_COLUMNS else column.typecode for column in columns]


_INTERACTIONS: Final = (
    f"SELECT {_sql(_INTERACTION_COLUMNS)} FROM interaction"  # noqa: S608 - names of the closed table
    f" WHERE hidden = 0 AND id {_AMONG_IDS} ORDER BY time_s, id"
)
_PORTIONS: Final = (
    f"SELECT {_sql(_PORTION_COLUMNS)} FROM portion"  # noqa: S608 - as above
    f" WHERE interaction {_AMONG_IDS}"
)


def read(raw: sqlite3.Connection, ids: Collection[int] | None = None) -> Columns:
    """Return the columns of all interactions that count, or of those among the ids.

    Must run inside one read transaction. A million interactions take a few seconds.
    """
    heads = _interaction_columns(raw, ids)
    places = dict(zip(heads["id"], range(len(heads["id"])), strict=True))
    return Columns(
        **heads,
        **not_from_logs(raw, places, ids),
        **_portions(raw, places, ids),
        labels=_labels(raw, places, ids),
        stamp=raw.execute("SELECT stamp FROM ledger").fetchone()[0],
    )


def not_from_logs(
    raw: sqlite3.Connection, places: Mapping[int, int], ids: Collection[int] | None
) -> dict[str, Any]:
    """Return by name the columns that people and evidence fill; the person has the last word.

    `places` says where each interaction stands. Most have no values, and looking the few up is
    quicker than joining them to all.
    """
    values = {name: array(typecode, [0]) * len(places) for name, typecode, *_ in _NOT_FROM_LOGS}
    by_person = {attribute.name: attribute for attribute in ATTRIBUTES}
    for column in _NOT_FROM_LOGS:
        tables = []
        if column.source is Source.EVIDENCE:
            tables.append(_EVIDENCE_TABLES[column.name])
        if column.source is Source.PERSON or column.name in by_person:
            tables.append((column.name, by_person[column.name].column))
        for table, value in tables:
            query = f"SELECT interaction, {value} FROM {table}"  # noqa: S608 - closed names
            for interaction, number in _select(raw, f"{query} WHERE interaction {_AMONG_IDS}", ids):
                at = places.get(interaction)
                if at is not None:
                    values[column.name][at] = number
    return values


def _select(raw: sqlite3.Connection, query: str, ids: Collection[int] | None) -> sqlite3.Cursor:
    """Run a query for some ids, or for all."""
    if ids is None:
        return raw.execute(query.replace(_AMONG_IDS, "IS NOT NULL"))
    return raw.execute(query, (json_ids(ids),))


def _arrays_of(rows: sqlite3.Cursor, codes: Iterable[str]) -> "list[array[int]]":
    """Return the rows as one array for each column."""
    columns = [array(code) for code in codes]
    while chunk := rows.fetchmany(CHUNK):
        for column, values in zip(columns, zip(*chunk, strict=True), strict=True):
            column.extend(values)
    return columns


def _interaction_columns(raw: sqlite3.Connection, ids: Collection[int] | None) -> dict[str, Any]:
    rows = _select(raw, _INTERACTIONS, ids)
    heads: dict[str, Any] = dict(
        zip(
            (column.name for column in _INTERACTION_COLUMNS),
            _arrays_of(rows, _codes(_INTERACTION_COLUMNS)),
            strict=True,
        )
    )
    sessions = heads["session"]
    tools, directories = _sessions(raw, None if ids is None else set(sessions))
    book = ProjectBook(raw) if sessions else None
    places = (
        [
            book.place(project, directories.get(session, ""))
            for project, session in zip(heads["project"], sessions, strict=True)
        ]
        if book
        else []
    )
    keys = {entry.id: entry.key for entry in book.entries.values()} if book else {}
    names, numbers = _names_and_positions((project for project, _ in places), keys)
    worktrees = tuple(sorted({"", *(worktree for _, worktree in places)}))
    worktree_numbers = {worktree: at for at, worktree in enumerate(worktrees)}
    return heads | {
        "project": array("i", [numbers[project] for project, _ in places]),
        "worktree": array("i", [worktree_numbers[worktree] for _, worktree in places]),
        "tool": array("b", [tools.get(session, _OTHER_TOOL) for session in sessions]),
        "projects": names,
        "worktrees": worktrees,
        "project_names": book.names() if book else {},
        "folders": frozenset(keys.values()),
    }


def _sessions(
    raw: sqlite3.Connection, ids: Collection[int] | None
) -> tuple[dict[int, int], dict[int, str]]:
    """Return the tool's number and the directory of sessions."""
    tools, directories = {}, {}
    for identity, tool, directory in _select(raw, _SESSIONS, ids):
        tools[identity] = _TOOL_NUMBERS.get(tool, _OTHER_TOOL)
        directories[identity] = directory
    return tools, directories


def _names_and_positions(
    used: Iterable[int], names: Mapping[int, str]
) -> tuple[tuple[str, ...], dict[int, int]]:
    """Return the names that are used, sorted, each once, and the position of each id's name."""
    used_names = {identity: names.get(identity, "") for identity in set(used)}
    in_order = tuple(sorted(set(used_names.values())))
    at = {name: position for position, name in enumerate(in_order)}
    return in_order, {identity: at[name] for identity, name in used_names.items()}


def _model_names(raw: sqlite3.Connection) -> dict[int, str]:
    """Return the one name of each model: the ledger keeps every spelling that a log had."""
    rows = raw.execute("SELECT id, name FROM model")
    return {identity: canonical(name) for identity, name in rows}


def _portions(
    raw: sqlite3.Connection, places: Mapping[int, int], ids: Collection[int] | None
) -> dict[str, Any]:
    counted = _arrays_of(_select(raw, _PORTIONS, ids), _codes(_PORTION_COLUMNS))
    portions: dict[str, Any] = dict(
        zip((column.name for column in _PORTION_COLUMNS), counted, strict=True)
    )
    at: list[Any] = list(map(places.get, portions["owner"]))
    if None in at:  # copies in forks and what was withdrawn
        shown = [place is not None for place in at]
        at = list(compress(at, shown))
        portions = {
            name: array(column.typecode, compress(column, shown))
            for name, column in portions.items()
        }
    models = portions["model"]
    names, numbers = _names_and_positions(models, _model_names(raw))
    return portions | {
        "owner": array("i", at),
        "model": array("i", map(numbers.__getitem__, models)),
        "models": names,
    }


def _labels(
    raw: sqlite3.Connection, places: Mapping[int, int], ids_among: Collection[int] | None
) -> dict[str, frozenset[int]]:
    ids_by_label: dict[str, set[int]] = defaultdict(set)
    for name, interaction in _select(raw, _LABELS, ids_among):
        if interaction in places:
            ids_by_label[name].add(interaction)
    return {name: frozenset(ids) for name, ids in sorted(ids_by_label.items())}
