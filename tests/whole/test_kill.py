"""kill -9 at any moment: what was acknowledged is there, and nothing is there twice."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.files import ROOT
from tests.making import claude_lines, claude_log
from tests.whole.expected_ledger import ExpectedLedger, after
from tests.whole.running import (
    command,
    command_output,
    content,
    doctor_is_content,
    ledger_file,
    query_ledger,
    run,
    start,
    tags,
)
from tests.whole.screen import wait_for

QUICK_TRIALS = 150
FAULT_TRIALS = 1_000  # it ends with the first thing that is wrong
LONG_TRIALS = 2_000
LONG_LEAST = 1_000
LONG_S = 300
REAL_TRIALS = 15
TAGS = ("", "kept", "edited")
MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: killing a process asks nothing of a disk."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as name:
        yield Path(name)


def gate(folder: Path, trials: int, seconds: float, *fault: str) -> dict[str, Any]:
    """Kill forks of the loaded program; a seed of its own each time, shown when it fails."""
    seed = random.SystemRandom().randrange(1 << 32)
    arguments = [str(folder), str(trials), str(seconds), str(seed), *fault]
    result = subprocess.run(
        [sys.executable, "-m", "tests.whole.killing", *arguments],
        cwd=ROOT,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # a fork of threads would be no program
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    report: dict[str, Any] = json.loads(result.stdout) | {"seed": seed}
    assert report["killed_at_work"] >= report["trials"] / 3, f"killed too late: {report}"
    return report


def test_killed_at_random_moments_nothing_is_lost_or_doubled(folder):
    report = gate(folder, QUICK_TRIALS, 60)
    assert report["wrong"] == [], report
    assert report["trials"] >= QUICK_TRIALS / 2


SLOW_FAULT = pytest.param("save_later", marks=pytest.mark.long)  # rare: it needs many trials


@pytest.mark.parametrize("fault", ["say_before_saving", SLOW_FAULT, "cursor_first", "forget_ids"])
def test_the_gate_fails_for_a_program_with_a_fault(folder, fault):
    assert gate(folder, FAULT_TRIALS, 120, fault)["wrong"] != []


@pytest.mark.long
@pytest.mark.timeout(2 * LONG_S)
def test_killed_a_thousand_times(folder):
    report = gate(folder, LONG_TRIALS, LONG_S)
    assert report["wrong"] == [], report
    print(f"{report['trials']} trials done, 0 lost, 0 doubled")
    assert report["trials"] >= LONG_LEAST


@pytest.mark.long
@pytest.mark.timeout(2 * LONG_S)
def test_the_real_process_killed_again_and_again(scratch_home):
    trials = kill_real_processes(scratch_home, 200, LONG_S)
    print(f"{trials} trials done, 0 lost, 0 doubled")
    assert trials >= 100


def test_the_real_process_killed_at_random_moments(scratch_home):
    assert kill_real_processes(scratch_home, REAL_TRIALS, 60) >= REAL_TRIALS / 2


def kill_real_processes(home: Path, trials: int, seconds: float) -> int:
    """Start and kill the program itself; returns how many trials the time allowed."""
    claude_log(home, "base", 8)
    assert run("import").returncode == 0
    ids = [row["id"] for row in command_output("list")]
    dice, expected, ends, written = (
        random.SystemRandom(),
        ExpectedLedger(),
        time.monotonic() + seconds,
        8,
    )
    trial = 0
    while trial < trials and time.monotonic() < ends:
        trial += 1
        if trial % 3 == 0:
            written += 20
            claude_log(home, f"s{trial}", 20)
            script = ("import",)
        else:
            script = dice.choice(
                [("tag", dice.choice(ids), dice.choice(("kept", "edited"))), ("undo",), ("redo",)]
            )
        acknowledged = killed_after(dice.uniform(0.05, 0.5), *script)
        expected = settled(expected, script, acknowledged)
        assert query_ledger("SELECT count(*) FROM interaction")[0][0] <= written
    assert doctor_is_content()
    assert tags() == expected.tags
    assert run("import").returncode == 0
    mine = content()
    ledger_file().unlink()
    assert run("import").returncode == 0
    assert mine == content(), "not what one clean import gives"
    return trial


def killed_after(seconds: float, *arguments: str) -> bool:
    """Run a command, kill it, and return whether it had said that it was done."""
    with start(*arguments, "--json") as running:
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            running.kill()
        answer, complaints = running.communicate()
        assert running.returncode in (0, -signal.SIGKILL), complaints
    return answer.endswith("\n")


def settled(
    expected: ExpectedLedger, script: tuple[str, ...], acknowledged: bool
) -> ExpectedLedger:
    """Return what holds now, of the two things that may."""
    possible = [after(expected, [script] if script[0] != "import" else [])]
    if not acknowledged:
        possible.append(expected)
    [(entries,)] = query_ledger("SELECT count(*) FROM history")
    stored = query_ledger("SELECT interaction, value FROM tag")
    here = ExpectedLedger({f"{row[0]:016x}": TAGS[row[1]] for row in stored}, 0, entries)
    assert here in possible, (here, possible, script, acknowledged)
    return possible[possible.index(here)]


def test_a_killed_import_of_many_logs_goes_on_and_leaves_no_process_behind(scratch_home):
    folder = scratch_home / ".claude" / "projects" / "-home-ada-atlas"
    folder.mkdir(parents=True)
    for number in range(12):  # 6 MB: enough for reader processes
        lines = claude_lines(f"s{number}", 700)
        (folder / f"s{number}.jsonl").write_text("".join(f"{line}\n" for line in lines))
    for seconds in (0.6, 0.9, 1.2):
        with start("import", start_new_session=True) as running:
            time.sleep(seconds)
            running.kill()
        assert wait_for(lambda group=running.pid: not alive(group))
    assert command_output("import")[0]["interactions"] == 8_400
    assert doctor_is_content()
    resumed = content()
    ledger_file().unlink()
    assert run("import").returncode == 0
    assert resumed == content()


def alive(group: int) -> list[int]:
    """Return the processes of a group that still do something."""
    processes = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] not in "ZX":
            processes.append(int(status.parent.name))
    return processes


def test_a_tag_is_on_the_disk_before_it_is_said(scratch_home, tmp_path):
    assert synced_before_said(scratch_home, tmp_path, command())


def test_a_tag_that_is_said_before_it_is_on_the_disk_is_noticed(scratch_home, tmp_path):
    faulty = [sys.executable, "-m", "tests.whole.faults", "do_not_sync"]
    assert not synced_before_said(scratch_home, tmp_path, faulty)


def synced_before_said(home: Path, folder: Path, program: list[str]) -> bool:
    """Tag, and return whether the log of the ledger was flushed after the last write to it."""
    claude_log(home, "s1", 1)
    assert run("import").returncode == 0
    [row] = command_output("list")
    calls = "trace=pwrite64,write,fsync,fdatasync"
    trace = ["strace", "-f", "-y", "-qq", "-s", "64", "-e", calls, "-o", str(folder / "trace")]
    subprocess.run([*trace, *program, "tag", row["id"], "kept"], cwd=ROOT, check=True)
    events = ""
    for line in (folder / "trace").read_text(errors="replace").splitlines():
        if "ledger.db-wal>" in line:
            events += "w" if "pwrite64(" in line else "s"
        elif re.search(r"\bwrite\(1<.*Tag 1 interaction", line):
            events += "!"
    assert "!" in events, events
    before_said = events.partition("!")[0]
    return "w" in before_said and before_said.endswith("s")
