import stat
import subprocess
import sys

import pytest

from ledger.app.single import Single


@pytest.fixture
def first(qapp, tmp_path):
    made = Single(tmp_path / "window")
    assert made.take()
    yield made
    made.leave()


def test_there_is_one_first(first, tmp_path):
    assert not Single(tmp_path / "window").take()


def test_a_second_start_calls_the_first(qtbot, first, tmp_path):
    with qtbot.waitSignal(first.called):
        Single(tmp_path / "window").call_first()
    with qtbot.waitSignal(first.called):
        Single(tmp_path / "window").call_first()


def test_the_place_is_free_again_afterwards(first, tmp_path):
    first.leave()
    second = Single(tmp_path / "window")
    assert second.take()
    second.leave()


def test_a_first_that_was_killed_leaves_the_place_free(qapp, tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from ledger.app.single import Single;"
        "s = Single(Path(sys.argv[1])); assert s.take(); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "window")], check=False)
    assert killed.returncode == -9
    after = Single(tmp_path / "window")
    assert after.take()
    after.leave()


def test_nobody_else_may_look(first, tmp_path):
    folder = tmp_path / "window"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
