"""System calls of the real program, told by strace: the only witness that cannot be fooled."""

import os
import re
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.house.files import ROOT
from tests.whole.screen import wait_for


def told(folder: Path, calls: str, command: Sequence[str], **more) -> list[str]:
    """Run a command to its end and return these calls of it and of all that it started."""
    trace = folder / "trace"
    done = subprocess.run([*strace(trace, calls), *command], cwd=ROOT, capture_output=True, **more)
    assert done.returncode == 0, done.stderr
    return lines_of(trace)


def told_until(
    folder: Path, calls: str, command: Sequence[str], ready: Callable[[], object]
) -> list[str]:
    """Run a command until something has happened, then end it; return its calls."""
    trace = folder / "trace"
    with subprocess.Popen(
        [*strace(trace, calls), *command], cwd=ROOT, start_new_session=True
    ) as running:
        try:
            wait_for(ready)
            assert running.poll() is None, "the program has ended by itself"
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            try:
                running.wait(10)
            finally:
                os.killpg(running.pid, signal.SIGKILL) if running.poll() is None else None
    return lines_of(trace)


def strace(trace: Path, calls: str) -> list[str]:
    filters = ["-e", f"trace={calls}", "-e", "signal=none", "-s", "256"]
    return ["strace", "-f", "--seccomp-bpf", "-qq", "-y", *filters, "-o", str(trace)]


def lines_of(trace: Path) -> list[str]:
    return trace.read_text(encoding="utf-8", errors="replace").splitlines()


def families(calls: Sequence[str]) -> set[str]:
    """Return the address families that were spoken or prepared for."""
    return {word for call in calls for word in re.findall(r"\b[AP]F_[A-Z0-9]+\b", call)}
