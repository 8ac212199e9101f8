"""A round of tagging, driven: suggested cards answered with Space as soon as each is painted."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.bench.importing import environment
from tests.bench.table import Figure, show
from tests.making import MINUTE_MS, START_MS, claude_lines, stamp

CARDS = 300
A_SESSION = 10  # cards
LINES = 60  # of the diff on each card
GOAL = "goal 2,000 with the person's own time"


def run(folder: Path, options: argparse.Namespace) -> None:
    """Print what the program takes of the time for each card."""
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch)
        home = data / "home"
        write_logs(home)
        variables = environment(home, data) | _screen()
        command = [sys.executable, "-m", "tests.bench.triage"]
        result = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=600)
    if result.returncode:
        raise SystemExit(result.stderr)
    report = json.loads(result.stdout.splitlines()[-1])
    show(
        [
            Figure(f"{CARDS} suggested cards: Space to next card painted", tuple(report["next_ms"]),
                   "ms", GOAL),
            Figure("  the same card again after undo, painted", tuple(report["undo_ms"]), "ms", ""),
            Figure("  all of it, answers on disk", (report["whole_s"],), "s", ""),
        ]
    )  # fmt: skip


def _screen() -> dict[str, str]:
    if "DISPLAY" in os.environ:
        return {"DISPLAY": os.environ["DISPLAY"], "QT_QPA_PLATFORM": "xcb"}
    return {"QT_QPA_PLATFORM": "offscreen"}


def write_logs(home: Path) -> None:
    """Write sessions in which every prompt changes a file."""
    folder = home / ".claude" / "projects" / "-src-atlas"
    folder.mkdir(parents=True)
    for session in range(CARDS // A_SESSION):
        name = f"t{session}"
        lines: list[str] = []
        for number in range(A_SESSION):
            place = session * A_SESSION + number
            prompt, answer = claude_lines(name, 1, first=place, cwd="/src/atlas")
            lines += [prompt, *_edit(name, place), answer]
        (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))


def _edit(session: str, place: int) -> list[str]:
    time_ms = START_MS + place * 40 * MINUTE_MS + 1_000
    path = f"/src/atlas/part_{place}.py"
    text = "".join(f"value_{place}_{n} = make({n})\n" for n in range(LINES))
    common = {"sessionId": session, "cwd": "/src/atlas", "isSidechain": False,
              "timestamp": stamp(time_ms)}  # fmt: skip
    call = {"type": "tool_use", "id": f"c{place}", "name": "Write",
            "input": {"file_path": path, "content": text}}  # fmt: skip
    result = {"type": "tool_result", "tool_use_id": f"c{place}", "content": "written"}
    tool_result = {"type": "create", "filePath": path, "content": text, "structuredPatch": []}
    message = {"id": f"m-{place}", "model": "claude-opus-4-5", "role": "assistant"}
    rows = (
        {"type": "assistant", "uuid": f"a-{place}", "message": message | {"content": [call]}},
        {"type": "user", "uuid": f"r-{place}", "toolUseResult": tool_result,
         "message": {"role": "user", "content": [result]}},
    )  # fmt: skip
    return [json.dumps(common | row) for row in rows]


def drive() -> dict[str, object]:
    """Open the window as the program does, answer every card, and return what it took."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from ledger.app.crash import CrashHook
    from ledger.app.stored import StoredSettings
    from ledger.flows.tagging.suggestions import NOTHING_LEARNT
    from ledger.host import paths
    from ledger.host.window_state import WindowState
    from ledger.ui import theme
    from ledger.ui.launch import Program, application
    from tests.bench.driven import Painted, until

    app = application()
    theme.load_fonts()
    theme.apply(app)
    choices = StoredSettings(parent=app)
    choices.set("tag_set_size", 100)
    choices.set("questions_a_day", 0)
    state = WindowState(Path(paths.state_dir()) / "w.json")
    program = Program(app, choices, state, CrashHook(app))
    program.open(paths.ledger_path())
    window, client = program.window, program._client
    assert window is not None
    assert client is not None
    until(lambda: len(client.frame) == CARDS)
    ids = client.frame.id.tolist()
    client.act(lambda workspace: workspace.show(workspace.suggest(ids, NOTHING_LEARNT)))
    until(lambda: bool(client.frame.suggested.all()))
    window.show_page("tag")
    page = window.pages.currentWidget()
    card = page.card
    painted = Painted(card.steps.viewport())

    def is_there(identity: int, before: int) -> bool:
        name = f"part_{client.frame.positions((identity,))[0]}.py"
        return painted.count > before and name in card.steps.toPlainText()

    until(lambda: page.queue.current is not None and is_there(page.queue.current, 0))
    next_ms, undone, started = [], [], time.perf_counter()
    for number in range(CARDS):
        upcoming, before = page.queue.upcoming, painted.count
        pressed = time.perf_counter()
        QTest.keyClick(card, Qt.Key.Key_Space)
        if upcoming is None:  # the end of a set
            until(lambda: page.queue.standing.saving == 0)
            if number < CARDS - 1:
                page.queue.deal()
                until(lambda: is_there(page.queue.current, 0))
            continue
        until(partial(is_there, upcoming, before))
        next_ms.append((time.perf_counter() - pressed) * 1e3)
    until(lambda: bool(client.frame.tag.all()))
    total_s = time.perf_counter() - started
    for _ in range(5):
        before, pressed = painted.count, time.perf_counter()
        client.undo()
        until(lambda earlier=before: painted.count > earlier and page.queue.current is not None)
        undone.append((time.perf_counter() - pressed) * 1e3)
    program.close()
    return {"next_ms": next_ms, "undo_ms": undone, "whole_s": total_s,
            "median": statistics.median(next_ms)}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(drive()))
