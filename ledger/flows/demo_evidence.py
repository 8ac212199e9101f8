"""What the demo's evidence is: seen in its own made-up logs, and a made-up git beside them.

There is no repository below /demo, so what survives is made to fit what the demo's person said of
most outputs, and to differ for some: the list of disagreements has something to show.
"""

import random
from collections.abc import Sequence

from ledger.core.evidence import Fate, Horizon, Survival
from ledger.core.rows import InteractionRow
from ledger.core.words import Outcome, Tag
from ledger.evidence.drawing import DAYS_BACK, drawn, how_many
from ledger.flows import asking, suggesting
from ledger.flows.observing import observe
from ledger.metrics.frame import Frame
from ledger.store.store import Store

DAY_MS = 86_400_000
WAITS = {Horizon.DAY: 1, Horizon.WEEK: 7, Horizon.MONTH: 30}
DIFFERS = 0.07  # of the outputs: git says something else than the person
KEY = b"in place of this ledger's own key"  # so that every demo is the same
LINES = (24, 90)  # a made-up change is larger than the demo's few lines
BASELINE = 0.72
SHARES = {
    Tag.KEPT: (0.86, 1.0),
    Tag.EDITED: (0.35, 0.7),
    Tag.THROWN_AWAY: (0.0, 0.12),
}


def look(store: Store, frame: Frame, rows: Sequence[InteractionRow], rng: random.Random) -> None:
    """Store observations, survival and suggestions as of the newest interaction."""
    now_ms = max((row.time_ms for row in rows), default=0) + DAY_MS // 4
    seen = (observe(row, KEY) for row in rows)
    store.set_observations([one for one in seen if one is not None])
    changed = [row for row in rows if any(e.outcome is Outcome.APPLIED for e in row.edits)]
    found = [one for row in changed for one in _survivals(row, rng, now_ms)]
    store.set_survivals(found, looked=[row.id for row in changed], now_ms=now_ms)
    suggesting.suggest(store, frame, [row.id for row in rows])


def ask(store: Store, frame: Frame, now_ms: int, a_day: int) -> None:
    """Draw today's questions as the program does, but the same ones each time."""
    found = asking.candidates(store, frame, now_ms, DAYS_BACK)
    store.add_questions(drawn(found, how_many(a_day, 1), KEY, now_ms))


def _survivals(row: InteractionRow, rng: random.Random, now_ms: int) -> list[Survival]:
    tag = row.tag or rng.choice((Tag.KEPT, Tag.KEPT, Tag.EDITED, Tag.THROWN_AWAY))
    if rng.random() < DIFFERS:
        tag = Tag.THROWN_AWAY if tag is Tag.KEPT else Tag.KEPT
    share, lines = rng.uniform(*SHARES[tag]), rng.randint(*LINES)
    is_reverted = tag is Tag.THROWN_AWAY and rng.random() < 0.4
    landed = rng.random() < 0.8
    found = []
    for horizon, days in WAITS.items():
        if row.time_ms + days * DAY_MS > now_ms:
            break
        share = 0.0 if is_reverted else share * rng.uniform(0.96, 1.0)
        on_main = share if landed and horizon is not Horizon.DAY else 0.0
        found.append(
            Survival(
                interaction=row.id,
                horizon=horizon,
                fate=Fate.REVERTED if is_reverted else Fate.MEASURED,
                looked_ms=now_ms,
                anywhere=share,
                landed=on_main,
                baseline=BASELINE,
                grams=lines * 6,
                lines=lines,
                lines_left=round(lines * share),
            )
        )
    return found
