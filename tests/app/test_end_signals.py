import os
import signal

import pytest

from ledger.app.end_signals import ENDING, EndSignals


@pytest.fixture
def signals(qtbot):
    made = EndSignals()
    yield made
    made.remove()


@pytest.mark.parametrize("number", ENDING)
def test_the_systems_wish_to_end_wakes_the_loop(qtbot, signals, number):
    with qtbot.waitSignal(signals.asked, timeout=5_000):
        os.kill(os.getpid(), number)


def test_several_at_once_are_one_wish(qtbot, signals):
    asked = []
    signals.asked.connect(lambda: asked.append(1))
    for number in ENDING:
        signal.raise_signal(number)
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.wait(10)
    assert asked == [1]


def test_other_signals_mean_nothing(qtbot, signals):
    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    with qtbot.assertNotEmitted(signals.asked, wait=20):
        signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, before)


def test_afterwards_everything_is_as_it_was(qtbot):
    before = [signal.getsignal(number) for number in ENDING]
    made = EndSignals()
    assert [signal.getsignal(number) for number in ENDING] != before
    pipe = (made._reader, made._writer)
    made.remove()
    assert [signal.getsignal(number) for number in ENDING] == before
    assert signal.set_wakeup_fd(-1) == -1
    for end in pipe:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(end)
