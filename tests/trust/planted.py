"""A ledger with one word in every text that it can hold; the columns are read from its schema."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from ledger.core.edits import (
    LogEntry,
    ProjectChoice,
    SetLabels,
    SetLogged,
    SetProjects,
    set_intents,
    set_notes,
    set_tags,
)
from ledger.core.evidence import (
    ChangeFingerprint,
    Fate,
    Horizon,
    Observation,
    Question,
    Suggestion,
    Survival,
)
from ledger.core.homes import Checkout
from ledger.core.parts import (
    Batch,
    Cursor,
    EditPart,
    PromptPart,
    Reading,
    Rejected,
    RequestPart,
    SessionPart,
)
from ledger.core.usage import Usage
from ledger.core.vocabulary import Intent, Origin, Outcome, Tag, Tool
from ledger.store.names import project_id
from ledger.store.store import Store
from tests.making import MINUTE_MS, START_MS

COUNT = 60
ODD_TOKENS = 104_729  # a number that nobody chooses, to be found again
# Closed words and sealed bytes: a text of the person or of a tool has no place in them.
CLOSED = {
    ("session", "tool"), ("file", "tool"), ("history", "role"), ("survival", "horizon"),
    ("survival", "fate"), ("secret", "key"), ("trace", "features"),
}  # fmt: skip


def ledger(path: Path) -> None:
    """Write a ledger with a row in every table."""
    with Store.open(path) as store:
        seen = Checkout(True, repository="/p/0", top="/p/0", worktree="worktree")
        store.add([_reading()], {"/p/0": seen})
        ids = [number + 1 for number in range(COUNT)]
        tags = (Tag.KEPT, Tag.KEPT, Tag.EDITED, Tag.THROWN_AWAY, Tag.KEPT)
        store.apply(set_tags(tuple((i, tags[i % 5]) for i in ids[:50])), time_ms=1)
        store.apply(set_intents(((2, Intent.EXPERIMENT),)), time_ms=2)
        store.apply(SetLabels(((1, "label", True), (3, "label", True))), time_ms=3)
        store.apply(set_notes(((1, "note"),)), time_ms=4)
        entry = LogEntry(9_999, START_MS, str(Tool.OTHER), "model", "/p/logged", Usage(input=5))
        store.apply(SetLogged(((entry, True),)), time_ms=5)
        named = ProjectChoice(project_id("/p/1"), 0, "name of a project")
        store.apply(SetProjects((named,)), time_ms=6)
        store.evidence.set_observations([_observation(i) for i in ids[:20]])
        store.evidence.set_survivals([_survival(i) for i in ids[:20]], now_ms=START_MS)
        store.evidence.set_suggestions([_suggestion(1)])
        store.evidence.add_questions(
            [Question("/p/0", START_MS // 1_800_000, 1, 1, 0.5, 0.5, False, True)]
        )


def _reading() -> Reading:
    batch = Batch()
    batch.sessions.append(SessionPart(5, "session-key", START_MS, "/p/x", "branch", "1.0"))
    for number in range(COUNT):
        time_ms, one = START_MS + number * 400 * MINUTE_MS, number + 1
        batch.prompts.append(
            PromptPart(one, 5, time_ms, Origin.TYPED, f"/p/{number % 3}", "branch", 0, 0, 0, 9, 9)
        )
        batch.requests.append(
            RequestPart(one + 1000, 5, one, time_ms, time_ms, f"model-{number % 3}",
                        ODD_TOKENS, 0, 0, 0, 40, None)
        )  # fmt: skip
        batch.edits.append(
            EditPart(one + 2000, 5, one, time_ms, time_ms, f"/p/x/{number}.py", 3, 1,
                     Outcome.APPLIED, False, 0, 9)
        )  # fmt: skip
    batch.rejected.append(Rejected(0, 9, 1, "reason"))
    return Reading(Tool.CLAUDE_CODE, Cursor("/logs/one.jsonl", state="state"), batch)


def _observation(interaction: int) -> Observation:
    return Observation(interaction=interaction, version=1, end=9,
                       traces=(ChangeFingerprint("/p/x/a.py", b"features", 50, 9),))  # fmt: skip


def _survival(interaction: int) -> Survival:
    return Survival(interaction=interaction, horizon=Horizon.WEEK, fate=Fate.MEASURED,
                    looked_ms=START_MS, anywhere=0.9, landed=0.9, baseline=0.9, grams=50,
                    commit="commit")  # fmt: skip


def _suggestion(interaction: int) -> Suggestion:
    return Suggestion(
        interaction=interaction, tag=Tag.KEPT, confidence=0.9, worth=1.0, why=("why",)
    )


def text_columns(raw: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return every column that can hold a text or bytes, but the closed ones."""
    tables = [
        name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ]
    found = [
        (table, row[1])
        for table in tables
        if not table.startswith(("sqlite_", "_"))
        for row in raw.execute(f"PRAGMA table_info({table})")
        if row[2] in ("TEXT", "BLOB")
    ]
    return [place for place in found if place not in CLOSED]


def plant(source: Path, target: Path, word: str) -> list[tuple[str, str]]:
    """Copy a ledger with the word in every text of it; return the columns that hold it now."""
    shutil.copy(source, target)
    with sqlite3.connect(target) as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.create_function("sung", 2, lambda text, number: _sung(text, f"{word}{number}"))
        columns = text_columns(raw)
        for table, column in columns:
            raw.execute(f"UPDATE {table} SET {column} = sung({column}, {_row(raw, table)})")
        held = [
            (table, column)
            for table, column in columns
            if raw.execute(
                f"SELECT count(*) FROM {table} WHERE instr({column}, ?)", (word,)
            ).fetchone()[0]
        ]
    raw.close()
    return held


def _row(raw: sqlite3.Connection, table: str) -> str:
    """Return an expression that differs from row to row where a table has a number of its rows."""
    (sql,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return "''" if "WITHOUT ROWID" in sql else "rowid"


def _sung(value: Any, word: str) -> Any:
    if isinstance(value, bytes):
        return value + word.encode()
    if value[:1] in ("{", "["):
        return json.dumps(_leaves(json.loads(value), word))
    return f"{value}{word}"


def _leaves(value: Any, word: str) -> Any:
    """Put the word into every leaf that a person or a tool may have written."""
    if isinstance(value, dict):
        return {name: one if name == "tool" else _leaves(one, word) for name, one in value.items()}
    if isinstance(value, list):
        return [_leaves(one, word) for one in value]
    return f"{value}{word}" if isinstance(value, str) and not value.isupper() else value
