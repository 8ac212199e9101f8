"""Several programs on one ledger: windows, imports and tags at the same time."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.making import claude_log
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
    window,
)
from tests.whole.screen import Screen, screen, wait_for

MORE_THAN_BLANK = 50  # colours; an empty window has a handful
MANY = 6_000  # files: an import of seconds, stored in several commits
COVER = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
cover = QWidget()
cover.setWindowTitle("a cover")
cover.setGeometry(0, 0, 2000, 2000)
cover.show()
app.exec()
"""


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Screen]:
    with screen(tmp_path) as display:
        yield display


def test_imports_at_the_same_time_add_up_to_one(scratch_home):
    for number in range(300):
        claude_log(scratch_home, f"s{number}", 2)
    running = [start("import") for _ in range(3)]
    for process in running:
        _, complaints = process.communicate(timeout=120)
        assert (process.returncode, complaints) == (0, "")
    assert len(command_output("list")) == 600
    assert doctor_is_content()
    together = content()
    ledger_file().unlink()
    assert run("import").returncode == 0
    assert together == content()


def test_first_starts_at_the_same_time_make_one_ledger(scratch_home):
    running = [start("log", "--input", str(number), "--json") for number in range(1, 6)]
    for process in running:
        _, complaints = process.communicate(timeout=120)
        assert (process.returncode, complaints) == (0, "")
    assert sorted(row["usage"]["input"] for row in command_output("list")) == [1, 2, 3, 4, 5]
    assert query_ledger("SELECT count(*) FROM machine") == [(1,)]


def test_tags_are_saved_while_the_window_imports(scratch_home):
    claude_log(scratch_home, "first", 12)
    assert run("import").returncode == 0
    ids = [row["id"] for row in command_output("list")]
    for number in range(MANY):
        claude_log(scratch_home, f"s{number}", 1)
    during = 0
    with window():
        wait_for(lambda: files_read() > 1, every_s=0.01)
        for identity in ids:
            during += files_read() < MANY + 1
            assert run("tag", identity, "kept").returncode == 0
        wait_for(lambda: files_read() == MANY + 1)
    assert tags() == dict.fromkeys(ids, "kept")
    assert during, "the import was over before the first tag"
    assert doctor_is_content()
    assert len(command_output("list")) == MANY + 12


def files_read() -> int:
    return query_ledger("SELECT count(*) FROM file")[0][0]


def test_a_second_window_brings_the_first_forward(scratch_home, shown):
    claude_log(scratch_home, "s1", 3)
    with window(env=shown.variables()) as first:
        number = shown.window("Signal Ledger")
        with subprocess.Popen([sys.executable, "-c", COVER], env=shown.variables()) as cover:
            try:
                shown.window("a cover")
                wait_for(lambda: under_pointer(shown) not in ("", number))
                second = subprocess.run(
                    command(), env=shown.variables(), capture_output=True, timeout=60
                )
                assert (second.returncode, second.stderr) == (0, b"")
                assert wait_for(lambda: under_pointer(shown) == number)
            finally:
                cover.kill()
        assert first.poll() is None
    assert query_ledger("SELECT count(*) FROM machine") == [(1,)]


def under_pointer(shown: Screen) -> str:
    """Return the number of the window that lies uppermost in its middle."""
    for arguments in (("mousemove", "400", "400"), ("getmouselocation", "--shell")):
        result = subprocess.run(
            ["xdotool", *arguments], env=shown.variables(), capture_output=True, text=True
        )
    return dict(line.split("=") for line in result.stdout.split()).get("WINDOW", "")


def test_a_window_leaves_a_ledger_of_a_newer_version_alone(scratch_home, shown):
    claude_log(scratch_home, "s1", 3)
    assert run("import").returncode == 0
    with closing(sqlite3.connect(ledger_file())) as raw:
        raw.execute("PRAGMA user_version = 999")
    before = ledger_file().read_bytes()
    claude_log(scratch_home, "s2", 3)
    with window(env=shown.variables()):
        shown.window("Signal Ledger")
        wait_for(lambda: shown.colours() > MORE_THAN_BLANK)
        second = subprocess.run(command(), env=shown.variables(), timeout=60)
        assert second.returncode == 0
    assert ledger_file().read_bytes() == before
