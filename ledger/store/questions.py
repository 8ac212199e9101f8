"""What the daily questions drew and what the person answered; a draw is never changed."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from ledger.core.evidence import Question
from ledger.store.names import storable
from ledger.store.project_book import ProjectBook

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
    """Return what was drawn since a moment, in the order of the draws.

    A question is of the project that its directory counts as now. Where two blocks that were drawn
    have become one, it is the one that was answered, else asked, else drawn first.
    """
    rows = raw.execute(
        "SELECT project, half_hour, drawn_ms, seed, pi, expected, volunteered, asked,"
        " answered_ms, skipped FROM question WHERE machine = ? AND drawn_ms >= ?"
        " ORDER BY drawn_ms, half_hour, project",
        (machine, since_ms),
    )
    drawn = [
        Question._make((*row[:6], bool(row[6]), bool(row[7]), row[8], bool(row[9]))) for row in rows
    ]
    book = ProjectBook(raw) if drawn else None
    best: dict[tuple[str, int], Question] = {}
    for question in drawn:
        project = book.key_of_home(question.project) if book else question.project
        moved = question._replace(project=project)
        block = (project, question.half_hour)
        if block not in best or _weight(moved) > _weight(best[block]):
            best[block] = moved
    return sorted(best.values(), key=lambda question: (question.drawn_ms, *question[1::-1]))


def _weight(question: Question) -> tuple[bool, bool]:
    return (question.answered_ms is not None or question.skipped, question.asked)


def answer(
    raw: sqlite3.Connection,
    machine: int,
    block: tuple[str, int],
    answered_ms: int | None,
    *,
    skipped: bool,
) -> bool:
    """Note that a question was answered, skipped or opened again; False when it was never asked."""
    project, half_hour = storable(block[0]), block[1]
    asked = raw.execute(
        "SELECT project FROM question WHERE machine = ? AND half_hour = ? AND asked = 1",
        (machine, half_hour),
    ).fetchall()
    book = ProjectBook(raw)
    own = [key for (key,) in asked if project in (key, book.key_of_home(key))]
    raw.executemany(
        "UPDATE question SET answered_ms = ?, skipped = ?"
        " WHERE machine = ? AND project = ? AND half_hour = ? AND asked = 1",
        [(answered_ms, int(skipped), machine, key, half_hour) for key in own],
    )
    return bool(own)
