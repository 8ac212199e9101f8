"""What the daily questions drew and what the person answered; a draw is never changed."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from ledger.core.evidence import Question
from ledger.store.names import storable

_WRITE: Final = (
    "INSERT INTO question (machine, project, half_hour, drawn_ms, seed, pi, expected, volunteered,"
    " asked, answered_ms, skipped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)


def add(raw: sqlite3.Connection, machine: int, rows: Sequence[Question]) -> None:
    """Store what was drawn; a block that was drawn before keeps what was drawn then."""
    raw.executemany(
        _WRITE,
        [
            (
                *(machine, storable(row.project), row.half_hour, row.drawn_ms, row.seed),
                *(row.pi, row.expected, int(row.volunteered), int(row.asked)),
                *(row.answered_ms, int(row.skipped)),
            )
            for row in rows
        ],
    )


def read(raw: sqlite3.Connection, machine: int, since_ms: int) -> list[Question]:
    """Return what was drawn since a moment, in the order of the draws."""
    rows = raw.execute(
        "SELECT project, half_hour, drawn_ms, seed, pi, expected, volunteered, asked,"
        " answered_ms, skipped FROM question WHERE machine = ? AND drawn_ms >= ?"
        " ORDER BY drawn_ms, half_hour, project",
        (machine, since_ms),
    )
    return [
        Question._make((*row[:6], bool(row[6]), bool(row[7]), row[8], bool(row[9]))) for row in rows
    ]


def answer(
    raw: sqlite3.Connection,
    machine: int,
    block: tuple[str, int],
    answered_ms: int | None,
    *,
    skipped: bool,
) -> bool:
    """Note that a question was answered, skipped or opened again; False when it was never asked."""
    project, half_hour = block
    done = raw.execute(
        "UPDATE question SET answered_ms = ?, skipped = ?"
        " WHERE machine = ? AND project = ? AND half_hour = ? AND asked = 1",
        (answered_ms, int(skipped), machine, storable(project), half_hour),
    )
    return done.rowcount > 0
