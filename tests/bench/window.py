"""The window on a large ledger: first paint, tags, refresh after a filter, beside bare Qt."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ledger.ui.keymap import QUESTIONS
from tests.bench.importing import environment
from tests.bench.ledgers import ledger_of
from tests.bench.table import Figure, ratio, show

WAITS = (("ask", "first chart of", "goal 50"), ("whole", "all of", ""))
HERE = Path(__file__).resolve().parent


def run(folder: Path, options: argparse.Namespace) -> None:
    """Print the figures of the window."""
    ledger = ledger_of(folder, options.rows)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch)
        place = data / "data" / "signal-ledger"
        place.mkdir(parents=True)
        for path in ledger.parent.iterdir():
            shutil.copy(path, place / path.name)  # the runs tag interactions
        home = data / "home"
        home.mkdir()
        variables = environment(home, data) | _screen()
        bare = [_child("bare", variables)["first_ms"] for _ in range(options.runs + 1)][1:]
        plot = [_child("plot", variables)["first_ms"] for _ in range(options.runs + 1)][1:]
        ours = [_child("ledger", variables) for _ in range(options.runs + 1)][1:]
    first = [run["first_ms"] for run in ours]
    show(
        [
            Figure("empty QtWidgets window, exec to first paint", tuple(bare), "ms"),
            Figure("empty pyqtgraph window, exec to first paint", tuple(plot), "ms"),
            Figure(f"our window, {options.rows:,} interactions", tuple(first), "ms",
                   f"{ratio(first, plot)} of the empty pyqtgraph window (goal 1.5x, 1,000 ms)"),
            _of(ours, "figures_ms", "its figures are there", "ms", ""),
            _of(ours, "tag_saved_ms", "tag key to COMMIT and frame", "ms", "goal 50"),
            _of(ours, "tag_shown_ms", "tag key to painted page", "ms", "goal 16 on screen"),
            _of(ours, "filter_ms", "filter to painted first chart", "ms", "goal 50"),
            _of(ours, "filter_all_ms", "filter to the whole question", "ms", ""),
            _of(ours, "asked_ms", "of it asking the frame", "ms", ""),
            *(
                _of(ours, f"{part}_{key}_ms", f"filter to {label} “{title}”", "ms", limit)
                for key, title in QUESTIONS
                for part, label, limit in WAITS
            ),
            _of(ours, "sort_ms", "sort the table by cost, painted", "ms", ""),
            _of(ours, "pan_ms", "pan and zoom the first chart", "ms", "goal 1.2x of the next"),
            _of(ours, "bare_pan_ms", "a bare pyqtgraph curve of as many points", "ms", ""),
            _of(ours, "close_ms", "close", "ms", ""),
            _of(ours, "resident_mb", "resident memory", "MB", "goal 200 for an ordinary ledger"),
        ]
    )  # fmt: skip


def _of(runs: list[dict[str, float]], key: str, label: str, unit: str, limit: str) -> Figure:
    return Figure(f"  {label}", tuple(run[key] for run in runs), unit, limit)


def _screen() -> dict[str, str]:
    if "DISPLAY" in os.environ:
        return {"DISPLAY": os.environ["DISPLAY"], "QT_QPA_PLATFORM": "xcb"}
    return {"QT_QPA_PLATFORM": "offscreen"}


def _child(kind: str, variables: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, str(HERE / "first_window.py"), kind]
    result = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=300)
    if result.returncode:
        raise SystemExit(result.stderr)
    figures: dict[str, float] = json.loads(result.stdout.splitlines()[-1])
    return figures
