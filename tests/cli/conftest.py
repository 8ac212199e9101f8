import signal

import pytest

from ledger.cli import run
from ledger.core.evidence import Fate, Horizon, Suggestion, Survival
from ledger.core.vocabulary import Tag
from ledger.host import paths
from ledger.store.store import Store
from tests.cli.printed import listed
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


@pytest.fixture
def suggested(program, imported):
    """The newest interaction carries a suggestion."""
    identity = int(listed(program)[0]["id"], 16)
    with Store.open(paths.ledger_path()) as store:
        store.evidence.set_survivals(
            [
                Survival(
                    interaction=identity, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=1,
                    anywhere=0.9, landed=0.83, grams=90, lines=75, lines_left=62,
                )
            ],
            now_ms=1,
        )  # fmt: skip
        store.evidence.set_suggestions(
            [
                Suggestion(
                    interaction=identity, tag=Tag.KEPT, confidence=0.85, worth=0.9,
                    why=("62 of 75 added lines are on the default branch after 7 days.",),
                )
            ]
        )  # fmt: skip
    return identity


@pytest.fixture(autouse=True)
def ctrl_c_is_heard():
    """Hear Ctrl+C as a terminal would: a shell in the background starts its children deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
