import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from ledger.cli import importing as command
from ledger.flows.importing import discovery, pipeline
from ledger.host import paths, settings_file
from ledger.importers.base import Home
from tests.cli.printed import listed, objects
from tests.house.files import ROOT
from tests.making import claude_log


def test_import_says_what_is_new_and_the_second_time_nothing_is(program, scratch_home):
    claude_log(scratch_home, "s1", 3)
    assert "3 new interactions" in program("import")[1]
    [again] = objects(program("import", "--json")[1])
    assert (again["files"], again["new_interactions"], again["interactions"]) == (0, 0, 3)


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_there(program, scratch_home):
    claude_log(scratch_home, "s1", 3)
    broken = scratch_home / ".codex" / "sessions" / "rollout-2026-11-22T11-02-38-x.jsonl.zst"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"no zstd at all")
    code, out, error = program("import")
    assert code == 0
    assert "3 new interactions" in out
    assert error == f"{broken}: the compressed file is damaged\n"
    [again] = objects(program("import", "--json")[1])
    assert [p["path"] for p in again["problems"]] == [str(broken)]  # it is tried again
    [value] = objects(program("sources", "--json")[1])
    assert [[str(broken), "the compressed file is damaged"]] == [
        [p["path"], p["reason"]] for row in value["sources"] for p in row["problems"]
    ]


def test_a_tool_that_is_switched_off_is_not_imported(program, scratch_home):
    claude_log(scratch_home, "s1", 3)
    settings_file.settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_file.settings_path().write_text(json.dumps({"sources_off": ["claude-code"]}))
    assert "0 new interactions" in program("import")[1]
    assert "switched off" in program("sources")[1]


@pytest.fixture
def file_by_file(monkeypatch):
    monkeypatch.setattr(pipeline, "CHUNK_FILES", 1)


def pressing_ctrl_c(monkeypatch, times):
    """Press Ctrl+C so often while the first log is read."""
    read_all, pressed = pipeline.read_all, []

    def read_and_press(jobs):
        readings = read_all(jobs)
        if not pressed:
            pressed.append(True)
            for _ in range(times):
                signal.raise_signal(signal.SIGINT)
        return readings

    monkeypatch.setattr(pipeline, "read_all", read_and_press)


def test_ctrl_c_keeps_what_was_read_and_says_so(program, scratch_home, file_by_file, monkeypatch):
    for number in range(4):
        claude_log(scratch_home, f"s{number}", 2)
    with monkeypatch.context() as patched:
        pressing_ctrl_c(patched, 1)
        code, out, error = program("import")
    assert (code, out) == (130, "")
    assert error == "Stopped; 2 new interactions are kept, the next import goes on.\n"
    assert len(listed(program)) == 2
    assert "6 new interactions from 3 changed files" in program("import")[1]


def test_ctrl_c_is_told_to_scripts_too(program, scratch_home, file_by_file, monkeypatch):
    claude_log(scratch_home, "s1", 2)
    claude_log(scratch_home, "s2", 2)
    with monkeypatch.context() as patched:
        pressing_ctrl_c(patched, 1)
        code, out, _ = program("import", "--json")
    assert (code, objects(out)[0]["stopped"]) == (130, True)
    assert objects(program("import", "--json")[1])[0]["stopped"] is False


def test_a_second_ctrl_c_does_not_wait(program, scratch_home, file_by_file, monkeypatch):
    claude_log(scratch_home, "s1", 2)
    with monkeypatch.context() as patched:
        pressing_ctrl_c(patched, 2)
        code, out, error = program("import")
    assert (code, out, error.strip()) == (130, "", "Stopped.")
    assert "2 new interactions" in program("import")[1]


def rows():
    with contextlib.suppress(sqlite3.OperationalError):
        ledger = f"file:{paths.ledger_path()}?mode=ro"
        with contextlib.closing(sqlite3.connect(ledger, uri=True)) as raw:
            return raw.execute("SELECT count(*) FROM interaction").fetchone()[0]
    return 0  # the ledger is being made


def wait_until_nobody_is_left(group):
    with contextlib.suppress(ProcessLookupError):
        for _ in range(1_000):
            os.killpg(group, 0)
            time.sleep(0.01)
        pytest.fail("a process of the group goes on")


def test_ctrl_c_in_a_terminal_ends_the_reader_processes_without_a_word(program, scratch_home):
    """A terminal sends SIGINT to the whole group; only the program itself answers."""
    for number in range(2_000):
        claude_log(scratch_home, f"s{number}", 4)
    scans = discovery.scan_places(Home(scratch_home, {}))
    assert sum(log.size for scan in scans for log in scan.files) > pipeline.SMALL_BYTES
    running = subprocess.Popen(
        [sys.executable, "-m", "ledger", "import"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    while not rows() and running.poll() is None:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    out, error = running.communicate(timeout=30)
    stored = rows()
    assert (running.returncode, out) == (130, "")
    assert error == f"Stopped; {stored} new interactions are kept, the next import goes on.\n"
    assert 0 < stored < 8_000
    wait_until_nobody_is_left(running.pid)
    assert f"{8_000 - stored} new interactions" in program("import")[1]


def test_a_person_who_watches_sees_how_far_it_is(program, scratch_home, monkeypatch):
    claude_log(scratch_home, "s1", 3)
    monkeypatch.setattr(command, "interactive", lambda: True)
    _, out, error = program("import")
    assert "100% of 1 files" in error
    assert "3 new interactions" in out
    assert program("import", "--json")[2] == ""
