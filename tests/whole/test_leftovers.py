"""However the window ends, none of its processes stays behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import ROOT
from tests.whole.real_logs import copy_into
from tests.whole.screen import wait_for

MARK = "SIGNAL_LEDGER_TEST_MARK"


def marked(mark: str) -> list[int]:
    """Return the processes that have inherited this mark."""
    variable = f"{MARK}={mark}".encode()
    processes = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if variable in (process / "environ").read_bytes().split(b"\0"):
                processes.append(int(process.name))
        except OSError:  # it ended while we looked
            continue
    return processes


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_window_that_is_killed_leaves_nothing_running(
    end: signal.Signals, scratch_home: Path, monkeypatch: pytest.MonkeyPatch
):
    copy_into(scratch_home)
    fill_with_new_lines(scratch_home)
    mark = str(scratch_home)
    monkeypatch.setenv(MARK, mark)
    running = subprocess.Popen(
        [sys.executable, "-m", "ledger"], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    monkeypatch.delenv(MARK)
    try:
        wait_for(lambda: len(marked(mark)) > 1)
    finally:
        running.send_signal(end)
        running.wait()
    try:
        assert wait_for(lambda: not marked(mark))
    finally:
        for process in marked(mark):
            os.kill(process, signal.SIGKILL)


def fill_with_new_lines(home: Path) -> None:
    """Make the logs large enough that reading them is given to other processes."""
    for log in (home / ".codex").rglob("*.jsonl"):
        text = log.read_text(encoding="utf-8")
        log.with_name("rollout-2026-11-22T12-00-00-" + log.name[-41:]).write_text(
            text * (1 + (4 << 20) // len(text)), encoding="utf-8"
        )
