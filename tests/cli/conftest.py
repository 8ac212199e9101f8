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
