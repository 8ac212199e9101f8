"""Numbers the changes of evidence that columns show, so that cached columns can be refreshed.

A restored backup may come to the same number with other content; the nonce tells them apart.
"""

import sqlite3
from typing import Final

MOST_CHANGES: Final = 10_000  # changes; columns kept before these are read anew


def next_number(raw: sqlite3.Connection) -> int:
    """Return the number for a change in this transaction."""
    number = newest(raw)[0] + 1
    raw.execute("INSERT INTO look VALUES (?, random())", (number,))
    raw.execute("DELETE FROM look WHERE number <= ?", (number - MOST_CHANGES,))
    return number


def newest(raw: sqlite3.Connection) -> list[int]:
    """Return the number and the nonce of the newest change; zeros when there was none."""
    row = raw.execute("SELECT number, nonce FROM look ORDER BY number DESC LIMIT 1").fetchone()
    return list(row or (0, 0))


def is_known(raw: sqlite3.Connection, change: list[int]) -> bool:
    """Whether the ledger went through this very change."""
    number, nonce = change
    row = raw.execute("SELECT nonce FROM look WHERE number = ?", (number,)).fetchone()
    return number == 0 or row == (nonce,)


def changed_since(raw: sqlite3.Connection, number: int) -> set[int]:
    """Return the interactions of which columns show something else since a change."""
    rows = raw.execute(
        "SELECT interaction FROM observation WHERE look > ?1"
        " UNION SELECT interaction FROM suggestion WHERE look > ?1",
        (number,),
    )
    return {row[0] for row in rows}
