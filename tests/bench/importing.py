"""Cold import, and import with nothing new, beside a bare read, a plain JSON pass, and peers."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import corpus
from tests.bench.table import Figure, ratio, show, timed

ROOT = Path(__file__).resolve().parents[2]
PEERS = {  # offline, both tools, as their own manuals say
    "ccusage": ["ccusage", "--offline", "--json", "--timezone", "UTC"],
    "aiburn": ["aiburn", "daily", "--json", "--exact"],
}


def tree(folder: Path, size: str, seed: int = 2) -> Path:
    """Return a home folder with generated logs of this size; made once and used again."""
    home = folder / f"home-{size}-{seed}"
    if not (home / "expected.json").exists():
        shutil.rmtree(home, ignore_errors=True)
        command = [sys.executable, corpus.__file__, "--bytes", size, "--seed", str(seed)]
        subprocess.run([*command, "--out", str(home)], check=True, stdout=subprocess.DEVNULL)
    return home


def environment(home: Path, data: Path) -> dict[str, str]:
    """Return the variables for a run on a scratch home with a scratch ledger."""
    inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    scratch = {f"XDG_{name}_HOME": str(data / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    return inherited | scratch | {"HOME": str(home), "TZ": "UTC", "PYTHONPATH": str(ROOT)}


def _import(home: Path, data: Path) -> None:
    command = [sys.executable, "-m", "ledger", "import", "--json"]
    subprocess.run(
        command, env=environment(home, data), check=True, stdout=subprocess.DEVNULL, cwd=data
    )


def run(folder: Path, options: argparse.Namespace) -> None:
    """Print the figures of importing."""
    home = tree(folder, options.size)
    logs = list(home.rglob("*.jsonl"))
    size = sum(path.stat().st_size for path in logs)
    print(f"{len(logs):,} files, {size / 1e6:,.0f} MB")

    bare = timed(lambda: _read(logs), options.runs, 1.0)
    plain = timed(lambda: _parse(logs), 1, 1.0)
    installed = {name: command for name, command in PEERS.items() if shutil.which(command[0])}
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in installed}
    for _ in range(options.runs):  # in turn, so that a busy minute touches all of them
        ours += timed(lambda: _cold(home), 1, 1.0)
        for name, command in installed.items():
            theirs[name] += timed(lambda command=command: _peer(command, home), 1, 1.0)
    show(
        [
            Figure("bare read of the same bytes", bare, "s"),
            Figure("json.loads of every line, one process", plain, "s"),
            Figure("cold import, whole process", tuple(ours), "s",
                   f"{ratio(ours, bare)} of the bare read, {ratio(ours, plain)} of json.loads, "
                   f"{size / 1e6 / sorted(ours)[len(ours) // 2]:,.0f} MB/s"),
            *(Figure(f"{name}, the same folder", tuple(runs), "s", f"ours is {ratio(ours, runs)}")
              for name, runs in theirs.items()),
            Figure("memory while importing, all processes", (_peak_mb(home),), "MB", "goal 262"),
        ]
    )  # fmt: skip
    _again(home, options.runs)


def _cold(home: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        _import(home, Path(data))


def _peak_mb(home: Path) -> float:
    """Return the most memory that an import and its reader processes took together."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "ledger", "import", "--json"]
        run = subprocess.Popen(
            command, env=environment(home, Path(data)), stdout=subprocess.DEVNULL, cwd=data
        )
        most = 0.0
        while run.poll() is None:
            most = max(most, sum(_share_mb(process) for process in _family(run.pid)))
            time.sleep(0.05)
    return most


def _family(process: int) -> list[int]:
    """Return a process and all below it."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has ended
        return []
    return [process, *(descendant for child in children for descendant in _family(int(child)))]


def _share_mb(process: int) -> float:
    """Return a process's memory, pages that several share counted in equal parts."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:")), 0.0)


def _again(home: Path, runs: int) -> None:
    """Time an import that finds nothing new, as a whole process and inside one."""
    from ledger.flows.importing import discovery
    from ledger.importers.base import Home
    from ledger.store.store import Store

    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch)
        _import(home, data)
        process_ms = timed(lambda: _import(home, data), runs, 1e3)
        start = timed(lambda: subprocess.run([sys.executable, "-c", "0"], check=True), runs, 1e3)
        store = Store.open(data / "data" / "signal-ledger" / "ledger.db")
        place = Home(home, {})

        def look() -> None:
            todo = discovery.jobs(discovery.scan_places(place), store.cursors())
            assert not todo, "the import left something unread"

        inside = timed(look, runs * 3, 1e3)
        store.close()
    show(
        [
            Figure("import with nothing new, inside the program", inside, "ms", "goal 100"),
            Figure("import with nothing new, whole process", process_ms, "ms",
                   f"{ratio(process_ms, start)} of an empty Python process"),
        ]
    )  # fmt: skip


def _read(logs: list[Path]) -> None:
    for path in logs:
        path.read_bytes()


def _parse(logs: list[Path]) -> None:
    for path in logs:
        for line in path.read_bytes().split(b"\n"):
            try:
                json.loads(line)
            except ValueError:
                continue


def _peer(command: list[str], home: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        subprocess.run(
            command, env=environment(home, Path(data)), check=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
