import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from ledger.app.crash import CrashHook
from ledger.app.stored import StoredSettings
from ledger.core.edits import LogEntry, SetLogged
from ledger.core.usage import Usage
from ledger.host import paths
from ledger.host.window_state import WindowState
from ledger.ui import launch, theme
from ledger.ui.launch import FirstPaint
from tests.making import claude_log

ROOT = Path(launch.__file__).resolve().parents[2]


@pytest.fixture
def program(dressed):
    running_program = launch.Program(dressed, StoredSettings(), WindowState(), CrashHook())
    yield running_program
    running_program.close()


def opened(qtbot, program):
    program.open(paths.ledger_path())
    client = program._client
    qtbot.waitUntil(lambda: client.ready and program.window.pages.count() > 0, timeout=20_000)
    return client


def test_the_window_opens_on_the_persons_ledger(qtbot, program):
    client = opened(qtbot, program)
    assert program.window.isVisible()
    assert client.path == paths.ledger_path()
    assert paths.ledger_path().stat().st_mode & 0o777 == 0o600


def test_the_window_is_painted_before_anything_is_read(qtbot, program):
    program.open(paths.ledger_path())
    assert program.window.isVisible()
    assert not program._client.ready
    assert program.window.pages.count() == 0


def test_the_theme_follows_the_setting_at_once(qtbot, program):
    opened(qtbot, program)
    program._choices.set("theme", "dark")
    assert theme.colours().dark
    program._choices.set("text_size", 120)
    assert theme.current().text_size == 1.2


def test_a_tool_that_is_switched_off_is_not_read_any_more(qtbot, program):
    client = opened(qtbot, program)
    program._choices.set("sources_off", ("codex",))
    assert client.off == frozenset(("codex",))


def test_a_folder_that_is_added_is_read_at_once_and_stays_away_when_removed(
    qtbot, program, tmp_path
):
    claude_log(tmp_path / "backup", "s1", 3)
    client = opened(qtbot, program)
    program._choices.set("log_folders", (str(tmp_path / "backup"),))
    qtbot.waitUntil(lambda: len(client.frame) == 3, timeout=20_000)
    program._choices.set("log_folders", ())
    assert client.home.added == ()


def test_the_demo_is_another_ledger_and_goes_when_it_is_left(qtbot, program):
    client = opened(qtbot, program)
    entry = LogEntry(5, 1000, "codex", "m", "/p", Usage(output=1))
    with qtbot.waitSignal(client.saved):
        client.do(SetLogged(((entry, True),)))
    program.window.demo_requested.emit()
    qtbot.waitUntil(lambda: program._client is not client, timeout=60_000)
    demo = program._client
    qtbot.waitUntil(lambda: demo.ready, timeout=20_000)
    assert demo.path.parent.name == "demo"
    assert len(demo.frame) > 100
    program.window.demo_left.emit()
    own = program._client
    qtbot.waitUntil(lambda: own.ready, timeout=20_000)
    assert own.frame.id.tolist() == [5]
    assert not demo.path.parent.exists()


def started(*, home: Path) -> subprocess.Popen:
    environment = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPATH"] = str(ROOT)
    return subprocess.Popen([sys.executable, "-m", "ledger"], env=environment, cwd=home)


def wait_for(claim, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def test_a_second_start_ends_at_once_and_a_killed_one_leaves_the_place_free(scratch_home):
    first = started(home=scratch_home)
    try:
        wait_for(paths.ledger_path().exists)
        assert started(home=scratch_home).wait(30) == launch.ALREADY_RUNS
        assert first.poll() is None
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        call = paths.data_dir() / "window" / "show"
        call.touch()
        third = started(home=scratch_home)
        wait_for(lambda: not call.exists())  # it is the first now, and took the old call away
        assert third.poll() is None
        third.kill()
        third.wait(10)
    finally:
        first.kill()
        first.wait(10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_system_may_end_it_and_nothing_is_left(scratch_home, number):
    """It closes the ledger: no log of SQLite beside it, no process, no warning, and in no hurry."""
    for session in range(40):
        claude_log(scratch_home, f"s{session}", 40)
    environment = os.environ | {"HOME": str(scratch_home), "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        [sys.executable, "-m", "ledger"], env=environment, cwd=scratch_home,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(paths.ledger_path().exists)
        wait_for(lambda: imported_rows() > 0)  # reader processes are at work
        running.send_signal(number)
        _, output = running.communicate(timeout=30)
        assert (running.returncode, output) == (0, "")
        assert [file.name for file in paths.data_dir().iterdir() if "-wal" in file.name] == []
        wait_for(lambda: group_is_gone(running.pid))
    finally:
        running.kill()


def imported_rows() -> int:
    try:
        ledger = f"file:{paths.ledger_path()}?mode=ro"
        with contextlib.closing(sqlite3.connect(ledger, uri=True)) as raw:
            return raw.execute("SELECT count(*) FROM interaction").fetchone()[0]
    except sqlite3.OperationalError:  # it is being made
        return 0


def group_is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


class Painting(QWidget):
    """Notes when it is painted."""

    def __init__(self, events):
        super().__init__()
        self.events = events

    def paintEvent(self, event):
        self.events.append("paint")


def test_the_first_paint_comes_before_the_work(qtbot):
    events = []
    widget = Painting(events)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: events.append("work"))
    widget.show()
    qtbot.waitUntil(lambda: "work" in events)
    assert events[0] == "paint"


def test_the_work_begins_once(qtbot):
    events = []
    widget = Painting(events)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: events.append("work"))
    widget.show()
    qtbot.waitUntil(lambda: "work" in events)
    widget.repaint()
    qtbot.wait(20)
    assert events.count("work") == 1


def test_a_window_that_is_not_painted_works_all_the_same(qtbot, monkeypatch):
    monkeypatch.setattr(launch, "LONGEST_MS", 1)
    events = []
    widget = Painting(events)
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: events.append("work"))
    qtbot.waitUntil(lambda: events == ["work"])


def test_what_is_typed_behind_the_programs_name_is_not_for_qt():
    code = """
import sys
sys.argv = ["ledger", "--words", "-platform", "nowhere"]
from ledger.ui.launch import application
print(application().arguments())
"""
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert made.stdout == "['ledger']\n", made.stderr
