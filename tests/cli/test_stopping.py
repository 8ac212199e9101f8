import contextlib
import signal

import pytest

from ledger.cli.stopping import stoppable


def press():
    signal.raise_signal(signal.SIGINT)


def test_ctrl_c_is_noted_and_interrupts_nothing():
    with stoppable() as stopped:
        assert not stopped()
        press()
        assert stopped()


def test_a_second_one_interrupts():
    with stoppable():
        press()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_afterwards_it_is_as_it_was_before():
    before = signal.getsignal(signal.SIGINT)
    with stoppable():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    with contextlib.suppress(ZeroDivisionError), stoppable():
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGINT) is before


def test_each_time_begins_anew():
    with stoppable():
        press()
    with stoppable() as stopped:
        assert not stopped()
