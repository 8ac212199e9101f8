"""What became of 5,000 edits over three repositories of 5,000 files: at once, and a day later."""

import argparse
import random
import resource
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from ledger.core.evidence import Horizon
from ledger.evidence.fingerprint import fingerprint
from ledger.flows.evidence.survival import WAITS_S, GitSurvival, SurvivalQuery
from tests.bench.table import Figure, show
from tests.git_worlds import KEY, function

REPOSITORIES = 3
FILES = 5_000
EDITS = 5_000
COMMITS_A_DAY = 40
DAYS = 90
DAY_S = 86_400
END_S = 1_780_000_000
FUNCTIONS = 6


def run(folder: Path, options: argparse.Namespace) -> None:
    """Print how long the first pass, a later day and the slices take."""
    del options
    queries = []
    for number in range(REPOSITORIES):
        queries += _repository(folder / f"repository-{number}", number)
    queries.sort(key=lambda query: -query.time_ms)
    first, slices = _pass(queries, END_S)
    recent = [query for query in queries if query.time_ms // 1000 > END_S - 31 * DAY_S]
    daily, _ = _pass([query._replace(measured=_measured(query)) for query in recent], END_S + DAY_S)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    show(
        [
            Figure(f"{len(queries)} edits, the first time", (first,), "s", "goal: minutes"),
            Figure("one of them", slices, "ms", "goal 50 typically"),
            Figure("slowest tenth", tuple(sorted(slices)[-len(slices) // 10 :]), "ms"),
            Figure(f"the {len(recent)} of the last 31 days, a day later", (daily,), "s"),
            Figure("size of a trace", tuple(_sizes(queries)), "kB", "in the ledger"),
            Figure("peak memory of the process", (peak,), "MB", "benchmark included"),
        ]
    )  # fmt: skip


def _pass(queries: list[SurvivalQuery], now_s: int) -> tuple[float, tuple[float, ...]]:
    slices = []
    started = time.perf_counter()
    with GitSurvival(KEY) as repositories:
        for query in queries:
            begun = time.perf_counter()
            repositories.survivals(query, now_s * 1000)
            slices.append((time.perf_counter() - begun) * 1e3)
    return time.perf_counter() - started, tuple(slices)


def _measured(query: SurvivalQuery) -> frozenset[Horizon]:
    """Return what the first pass could measure of it."""
    age_s = END_S - query.time_ms // 1000
    return frozenset(horizon for horizon, wait in WAITS_S.items() if wait <= age_s)


def _sizes(queries: list[SurvivalQuery]) -> Iterator[float]:
    for query in queries:
        yield sum(len(fingerprint.features) for fingerprint in query.traces) / 1024


def _repository(root: Path, number: int) -> list[SurvivalQuery]:
    """Write a history of ninety days, half of whose commits are edits of an AI."""
    draw = random.Random(number)
    root.mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(root)], check=True)
    files = {_name(place): _text(draw) for place in range(FILES)}
    queries: list[SurvivalQuery] = []
    needed = EDITS // REPOSITORIES
    with subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE
    ) as importing:
        assert importing.stdin is not None
        begun = END_S - DAYS * DAY_S - 10 * DAY_S
        importing.stdin.write(_commit(begun, files))
        total = DAYS * COMMITS_A_DAY
        for place in range(total):
            moment = END_S - DAYS * DAY_S + place * DAY_S // COMMITS_A_DAY
            changed = _step(draw, files)
            if place % 2 and len(queries) < needed:
                traces = tuple(
                    fingerprint(files[name], text, (), KEY, f"{root}/{name}")
                    for name, text in changed.items()
                )
                identity = number * EDITS + place
                queries.append(SurvivalQuery(identity, (moment - 60) * 1000, traces))
            files |= changed
            importing.stdin.write(_commit(moment, changed))
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=root, check=True)
    return queries


def _step(draw: random.Random, files: dict[str, str]) -> dict[str, str]:
    """Change a few of the files that people are busy with this time."""
    names = {_name(int(FILES * draw.random() ** 3)) for _ in range(draw.choice((1, 1, 2, 3)))}
    changed = {}
    for name in sorted(names):
        parts = files[name].split("\n\n\n")
        place = draw.randrange(len(parts))
        new = [
            function(draw.randrange(10**9)).rstrip("\n") for _ in range(draw.choice((0, 1, 2, 4)))
        ]
        parts[place : place + draw.choice((0, 1, 2))] = new
        changed[name] = "\n\n\n".join(parts)
    return changed


def _name(place: int) -> str:
    return f"src/part{place % 50}/module{place}.py"


def _text(draw: random.Random) -> str:
    return "".join(function(draw.randrange(10**9), 12) for _ in range(FUNCTIONS))


def _commit(moment: int, files: dict[str, str]) -> bytes:
    rows = [f"commit refs/heads/main\ncommitter a <a@b.example> {moment} +0000\ndata 1\nx\n"]
    for name, text in files.items():
        rows.append(f"M 100644 inline {name}\ndata {len(text.encode())}\n{text}\n")
    return "".join(rows).encode()
