"""Ledgers of any size, written through the store itself."""

import random
from pathlib import Path

from ledger.core.edits import set_tags
from ledger.core.ids import content_id
from ledger.core.parts import Batch, Cursor, PromptPart, Reading, RequestPart, SessionPart
from ledger.core.vocabulary import Origin, Tag, Tool
from ledger.store.store import Store

START_MS = 1_720_000_000_000
MODELS = ("claude-opus-4-5", "claude-sonnet-4-5", "gpt-5.1-codex", "gemini-2.5-pro")
STEP = 50_000


def ledger_of(folder: Path, rows: int) -> Path:
    """Return a ledger of `rows` interactions over two years, a third of them tagged."""
    path = folder / f"ledger-{rows}" / "ledger.db"
    if path.exists():
        return path
    store = Store.open(path)
    rng = random.Random(rows)
    gap = 2 * 365 * 86_400_000 // rows
    for first in range(0, rows, STEP):
        store.add(list(_readings(rng, first, min(rows, first + STEP), gap)))
    tags: list[tuple[int, Tag | None]] = [
        (content_id("bench", str(n)), rng.choice(list(Tag))) for n in range(0, rows, 3)
    ]
    for first in range(0, len(tags), STEP):
        store.apply(set_tags(tuple(tags[first : first + STEP])), time_ms=START_MS)
    store.close()
    return path


def _readings(rng: random.Random, first: int, end: int, gap: int):
    for number, tool in enumerate((Tool.CLAUDE_CODE, Tool.CODEX, Tool.GEMINI_CLI)):
        batch = Batch()
        for n in range(first + number, end, 3):
            project = f"/src/project-{int(rng.paretovariate(1)) % 60}"
            session = content_id("bench-session", str(n // 40), tool)
            time_ms = START_MS + n * gap
            identity = content_id("bench", str(n))
            batch.sessions.append(SessionPart(session, f"{n // 40}", time_ms, project))
            batch.prompts.append(
                PromptPart(identity, session, time_ms, Origin.TYPED, project, "", 0, 0, 0, 0, 0)
            )
            batch.requests.append(
                RequestPart(
                    content_id("bench-request", str(n)), session, identity, time_ms, time_ms,
                    rng.choice(MODELS), int(rng.lognormvariate(7, 1)),
                    int(rng.lognormvariate(10, 1)), int(rng.lognormvariate(8, 1)), 0,
                    int(rng.lognormvariate(6, 1)), None,
                )
            )  # fmt: skip
        yield Reading(tool, Cursor(f"/bench/{tool}.jsonl"), batch)
