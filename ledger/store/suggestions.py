"""Tags that evidence speaks for; they are never stored as tags."""

import sqlite3
from collections.abc import Collection, Sequence
from json import dumps, loads
from typing import Final

from ledger.core.edits import Aspect, Changes
from ledger.core.evidence import Suggestion
from ledger.core.vocabulary import Tag
from ledger.store import evidence_versions
from ledger.store.names import json_ids

_WRITE: Final = (
    "INSERT INTO suggestion (interaction, tag, confidence, worth, why, look)"
    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (interaction) DO UPDATE SET tag = excluded.tag,"
    " confidence = excluded.confidence, worth = excluded.worth, why = excluded.why,"
    " look = excluded.look WHERE (tag, confidence, worth, why) <>"
    " (excluded.tag, excluded.confidence, excluded.worth, excluded.why)"
)
_READ: Final = (
    "SELECT interaction, tag, confidence, worth, why FROM suggestion"
    " WHERE tag <> 0 AND interaction IN (SELECT value FROM json_each(?))"
)


def put(
    raw: sqlite3.Connection, suggestions: Sequence[Suggestion], gone: Collection[int]
) -> Changes:
    """Store suggestions, and take away those that evidence does not speak for any more."""
    change_number = evidence_versions.next_number(raw)
    raw.executemany(
        _WRITE,
        [
            (
                suggestion.interaction,
                int(suggestion.tag),
                suggestion.confidence,
                suggestion.worth,
                dumps(suggestion.why),
                change_number,
            )
            for suggestion in suggestions
        ],
    )
    # The row stays: kept columns must learn that there is nothing any more.
    raw.execute(
        "UPDATE suggestion SET tag = 0, confidence = 0, worth = 0, why = '[]', look = ?"
        " WHERE tag <> 0 AND interaction IN (SELECT value FROM json_each(?))",
        (change_number, json_ids(gone)),
    )
    rows = raw.execute("SELECT interaction FROM suggestion WHERE look = ?", (change_number,))
    return Changes.of(Aspect.EVIDENCE, (row[0] for row in rows))


def read(raw: sqlite3.Connection, ids: Collection[int]) -> dict[int, Suggestion]:
    """Return the suggestions for interactions, by id."""
    return {
        row[0]: Suggestion(
            interaction=row[0],
            tag=Tag(row[1]),
            confidence=row[2],
            worth=row[3],
            why=tuple(loads(row[4])),
        )
        for row in raw.execute(_READ, (json_ids(ids),))
    }
