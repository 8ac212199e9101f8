"""Builds a made-up ledger in a folder of its own, with a made-up git beside its logs.

There is no repository below /demo, so what survives is made to fit what the demo's person said of
most outputs, and to differ for some: the list of disagreements has something to show.
"""

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ledger.core.edits import SetLabels, set_intents, set_tags
from ledger.core.evidence import Fate, Horizon, Survival
from ledger.core.filters import ANY
from ledger.core.rows import InteractionRow
from ledger.core.vocabulary import Intent, Outcome, Tag, Tool
from ledger.evidence.sampling import DAYS_BACK, how_many, sample
from ledger.flows import transcript
from ledger.flows.demo.logs import FOLLOW_UPS, TASKS, Talk, Task, claude_code, codex, gemini_cli
from ledger.flows.evidence.observe import observe
from ledger.flows.importing import discovery, pipeline
from ledger.flows.importing.adding import add_readings
from ledger.flows.tagging import questions, suggestions
from ledger.flows.workspace import Workspace
from ledger.host.paths import LEDGER_FILE
from ledger.importers.base import Home
from ledger.metrics.frame import Frame
from ledger.store.store import Store

DAYS = 120
DAY_MS = 86_400_000
SEED = 20_260_701
PROJECTS = ("/demo/atlas", "/demo/billing-api", "/demo/field-notes", "/demo/website")
WRITERS = {Tool.CLAUDE_CODE: claude_code, Tool.CODEX: codex, Tool.GEMINI_CLI: gemini_cli}
QUESTIONS = 2
LABELS = ("refactor", "bug", "question", "review")
DAYS_OF_HORIZON = {Horizon.DAY: 1, Horizon.WEEK: 7, Horizon.MONTH: 30}
DISAGREEING_SHARE = 0.07  # of the outputs: git says something else than the person
KEY = b"in place of this ledger's own key"  # so that every demo is the same
LINE_RANGE = (24, 90)  # a made-up change is larger than the demo's few lines
BASELINE = 0.72
SURVIVAL_RANGES = {
    Tag.KEPT: (0.86, 1.0),
    Tag.EDITED: (0.35, 0.7),
    Tag.THROWN_AWAY: (0.0, 0.12),
}


def ledger_path(folder: Path) -> Path:
    """Return where the demo ledger of this folder lies, made or not."""
    return folder / LEDGER_FILE


def home(folder: Path) -> Home:
    """Return the home folder that holds the demo's logs."""
    return Home(folder / "home", {})


def make(folder: Path, now_ms: int) -> Path:
    """Write logs and a ledger that end today and return the ledger; raises StoreError.

    The same seed and day make the same demo. Its projects lie below /demo, so nothing in it can be
    taken for real work.
    """
    remove(folder)
    rng = random.Random(SEED)  # noqa: S311 - nothing here is secret
    _write_logs(rng, home(folder).path, now_ms)
    with Store.open(ledger_path(folder)) as store:
        jobs = discovery.jobs(discovery.scan_places(home(folder)), {})
        for readings, _progress in pipeline.read(jobs, None):
            add_readings(store, readings)
        _tag_rows(store, rng, now_ms)
        _add_evidence(store, rng, now_ms)
    return ledger_path(folder)


def remove(folder: Path) -> None:
    """Delete the demo and everything in it."""
    shutil.rmtree(folder, ignore_errors=True)


def _write_logs(rng: random.Random, root: Path, now_ms: int) -> None:
    for back in range(DAYS, -1, -1):
        midnight = now_ms - now_ms % DAY_MS - back * DAY_MS
        weekend = (midnight // DAY_MS + 3) % 7 >= 5
        for number in range(rng.choice((0, 0, 1) if weekend else (1, 2, 2, 3, 4))):
            start = midnight + int(rng.gauss(12.5, 2.4) * 3_600_000)
            if start < now_ms - 4 * 3_600_000:
                _write_session(rng, root, f"demo{back:03}{number}", start)


def _write_session(rng: random.Random, root: Path, name: str, start_ms: int) -> None:
    tool = rng.choices(tuple(WRITERS), (6, 3, 1))[0]
    talk = Talk(rng, name, start_ms, rng.choices(PROJECTS, (5, 3, 2, 2))[0])
    tasks: list[tuple[Task, float]] = []
    for _ in range(rng.randint(1, 3)):
        tasks.append((rng.choice(TASKS), rng.lognormvariate(0, 0.7)))
        if rng.random() < 0.35:
            follow_up = tasks[-1][0]._replace(prompt=rng.choice(FOLLOW_UPS))
            tasks.append((follow_up, rng.lognormvariate(-0.5, 0.5)))
    path, text = WRITERS[tool](talk, tasks)
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    if tool is Tool.GEMINI_CLI:  # this tool names a project's folder beside its chats
        (target.parent.parent / ".project_root").write_text(talk.directory, "utf-8")


def _tag_rows(store: Store, rng: random.Random, now_ms: int) -> None:
    """Tag most of it, as a person would: questions are kept more often than long hauls."""
    frame = Workspace(store, lambda: now_ms).load().frame
    cost = np.bincount(frame.owner, frame.te, len(frame))
    heavy = float(np.median(cost)) * 2 if len(frame) else 0.0
    rows = store.rows(frame.id[frame.select(ANY).interactions].tolist())
    prompts = transcript.read_prompts(rows)
    tags, experiments, labels = [], [], []
    for row in rows:
        good = 0.72 - (0.2 if row.te > heavy else 0)
        roll = rng.random()
        if rng.random() < 0.86:
            good_tag = Tag.KEPT if roll < good else Tag.EDITED
            tags.append((row.id, good_tag if roll < good + 0.15 else Tag.THROWN_AWAY))
        if "experiment" in prompts[row.id].text:
            experiments.append((row.id, Intent.EXPERIMENT))
        if rng.random() < 0.3:
            labels.append((row.id, rng.choice(LABELS), True))
    store.apply(set_tags(tags), time_ms=now_ms)
    store.apply(set_intents(experiments), time_ms=now_ms)
    store.apply(SetLabels(tuple(labels)), time_ms=now_ms)


def _add_evidence(store: Store, rng: random.Random, now_ms: int) -> None:
    """Give it evidence and today's questions; the frame they rest on is read once for each."""
    frame = Workspace(store, lambda: now_ms).load().frame
    rows = store.rows(frame.id.tolist())
    observe_demo(store, frame, rows, rng)
    ask_made_up_git(store, frame, now_ms, QUESTIONS)


def observe_demo(
    store: Store, frame: Frame, rows: Sequence[InteractionRow], rng: random.Random
) -> None:
    """Store observations, survival and suggestions as of the newest interaction."""
    now_ms = max((row.time_ms for row in rows), default=0) + DAY_MS // 4
    observations = (observe(row, KEY) for row in rows)
    store.evidence.set_observations(
        [observation for observation in observations if observation is not None]
    )
    changed = [row for row in rows if any(e.outcome is Outcome.APPLIED for e in row.edits)]
    survivals = [survival for row in changed for survival in _survivals(row, rng, now_ms)]
    store.evidence.set_survivals(survivals, checked_ids=[row.id for row in changed], now_ms=now_ms)
    suggestions.suggest(store, frame, [row.id for row in rows])


def ask_made_up_git(store: Store, frame: Frame, now_ms: int, a_day: int) -> None:
    """Draw today's questions as the program does, but the same ones each time."""
    candidates = questions.candidates(store, frame, now_ms, DAYS_BACK)
    store.evidence.add_questions(sample(candidates, how_many(a_day, 1), KEY, now_ms))


def _survivals(row: InteractionRow, rng: random.Random, now_ms: int) -> list[Survival]:
    tag = row.tag or rng.choice((Tag.KEPT, Tag.KEPT, Tag.EDITED, Tag.THROWN_AWAY))
    if rng.random() < DISAGREEING_SHARE:
        tag = Tag.THROWN_AWAY if tag is Tag.KEPT else Tag.KEPT
    share, lines = rng.uniform(*SURVIVAL_RANGES[tag]), rng.randint(*LINE_RANGE)
    is_reverted = tag is Tag.THROWN_AWAY and rng.random() < 0.4
    landed = rng.random() < 0.8
    survivals = []
    for horizon, days in DAYS_OF_HORIZON.items():
        if row.time_ms + days * DAY_MS > now_ms:
            break
        share = 0.0 if is_reverted else share * rng.uniform(0.96, 1.0)
        on_main = share if landed and horizon is not Horizon.DAY else 0.0
        survivals.append(
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
    return survivals
