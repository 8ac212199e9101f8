import os
import signal
import stat
import subprocess
import sys

import pytest

from ledger.app.process import ENDING, EndSignals, SingleInstance


@pytest.fixture
def first(qapp, tmp_path):
    instance = SingleInstance(tmp_path / "window")
    assert instance.take()
    yield instance
    instance.leave()


def test_there_is_one_first(first, tmp_path):
    assert not SingleInstance(tmp_path / "window").take()


def test_a_second_start_calls_the_first(qtbot, first, tmp_path):
    with qtbot.waitSignal(first.called):
        SingleInstance(tmp_path / "window").call_first()
    with qtbot.waitSignal(first.called):
        SingleInstance(tmp_path / "window").call_first()


def test_the_place_is_free_again_afterwards(first, tmp_path):
    first.leave()
    second = SingleInstance(tmp_path / "window")
    assert second.take()
    second.leave()


def test_a_first_that_was_killed_leaves_the_place_free(qapp, tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from ledger.app.process import SingleInstance;"
        "s = SingleInstance(Path(sys.argv[1])); assert s.take(); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "window")], check=False)
    assert killed.returncode == -9
    after = SingleInstance(tmp_path / "window")
    assert after.take()
    after.leave()


def test_nobody_else_may_look(first, tmp_path):
    folder = tmp_path / "window"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())


@pytest.fixture
def signals(qtbot):
    signals = EndSignals()
    yield signals
    signals.remove()


@pytest.mark.parametrize("number", ENDING)
def test_the_systems_wish_to_end_wakes_the_loop(qtbot, signals, number):
    with qtbot.waitSignal(signals.asked, timeout=5_000):
        os.kill(os.getpid(), number)


def test_several_at_once_are_one_wish(qtbot, signals):
    requests = []
    signals.asked.connect(lambda: requests.append(1))
    for number in ENDING:
        signal.raise_signal(number)
    qtbot.waitUntil(lambda: bool(requests))
    qtbot.wait(10)
    assert requests == [1]


def test_other_signals_mean_nothing(qtbot, signals):
    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    with qtbot.assertNotEmitted(signals.asked, wait=20):
        signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, before)


def test_afterwards_everything_is_as_it_was(qtbot):
    before = [signal.getsignal(number) for number in ENDING]
    open_before = os.listdir("/proc/self/fd")
    signals = EndSignals()
    assert os.listdir("/proc/self/fd") != open_before
    assert [signal.getsignal(number) for number in ENDING] != before
    signals.remove()
    assert [signal.getsignal(number) for number in ENDING] == before
    assert signal.set_wakeup_fd(-1) == -1
    assert os.listdir("/proc/self/fd") == open_before
