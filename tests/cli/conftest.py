import signal

import pytest

from ledger.cli import run
from tests.making import claude_log


@pytest.fixture
def program(capsys):
    """Run a command and return (exit code, stdout, stderr)."""

    def call(*arguments):
        code = run(arguments)
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def imported(program, scratch_home):
    """A ledger of three interactions; the home folder that their log lies in."""
    claude_log(scratch_home, "s1", 3)
    assert program("import")[0] == 0
    return scratch_home


@pytest.fixture(autouse=True)
def ctrl_c_is_heard():
    """Hear Ctrl+C as a terminal would: a shell in the background starts its children deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
