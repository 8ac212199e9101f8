"""While it runs: one appended line until its row is there, and what watching costs when idle."""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

from tests.bench.importing import tree
from tests.bench.table import Figure, show
from tests.making import append, claude_lines, claude_log

RUNS = 9
IDLE_S = 20
LOOK_S = 600


def run(folder: Path, options: argparse.Namespace) -> None:
    """Print the figures of a running program."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ledger.app.ledger_client import LedgerClient
    from ledger.importers.base import Home
    from tests.bench.driven import until

    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        shutil.copytree(tree(folder, options.size), home)
        log = claude_log(home, "live", 1)
        client = LedgerClient(Path(scratch) / "data" / "ledger.db", Home(home, {}))
        client.start()
        until(lambda: client.ready)
        imports: list[int] = []
        client.imported.connect(lambda files, _problems: imports.append(files))
        client.import_now()
        until(lambda: bool(imports))
        client.watch()
        answers: list[object] = []
        client.read(lambda: None, answers.append)
        until(lambda: bool(answers))
        ended: list[int] = []
        client.looked.connect(
            lambda looked_at, left: ended.append(1) if not looked_at and not left else 0
        )
        waits = tuple(_line(client, log, number, until) for number in range(1, RUNS + 1))
        begun = time.perf_counter()
        looking = _idle(app)
        until(lambda: bool(ended), LOOK_S)
        looked_s = time.perf_counter() - begun
        cpu = _idle(app)
        client.close()
    show(
        [
            Figure("one line written until its row is in the frame", waits, "ms",
                   "goal 2,000; 300 of it is calm, so that a burst becomes one import"),
            Figure("looking for evidence after the first import", (looking,), "%", "of one core"),
            Figure("  until all of it was looked at", (looked_s,), "s", ""),
            Figure("idle with watching on", (cpu,), "%", "of one core; goal 0.5"),
        ]
    )  # fmt: skip


def _line(client, log: Path, number: int, until) -> float:
    earlier = len(client.frame)
    started = time.perf_counter()
    append(log, *claude_lines("live", 1, first=number))
    until(lambda: len(client.frame) > earlier)
    return (time.perf_counter() - started) * 1e3


def _idle(app) -> float:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(IDLE_S * 1000, loop.quit)
    before = time.process_time()
    loop.exec()
    return (time.process_time() - before) / IDLE_S * 100
