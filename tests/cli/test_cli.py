import os
import subprocess
import sys

import pytest

from ledger import cli
from ledger.cli import importing, listing, stats
from tests.house.files import ROOT
from tests.making import claude_log


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("tag", "x", "liked"), ("list", "--limit", "0")]
)
def test_a_misuse_is_told_from_a_failure(program, arguments):
    assert program(*arguments)[0] == 2


def test_help_and_version(program):
    assert "private ledger" in program("--help")[1]
    assert "signal-ledger" in program("--version")[1]


@pytest.mark.parametrize("name", sorted(cli.MODULES))
def test_every_command_explains_itself_and_takes_json(program, name):
    code, out, _ = program(name, "--help")
    assert code == 0
    assert "--json" in out
    assert name in program("--help")[1]


def test_a_bug_is_told_without_any_text(program, monkeypatch):
    def break_down(*_):
        raise ValueError("a canary")

    monkeypatch.setattr(listing, "opened", break_down)
    code, out, error = program("list")
    assert (code, out) == (70, "")
    assert "stopped on a bug: ValueError" in error
    assert "canary" not in error


def test_ctrl_c_is_no_bug(program, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(stats, "opened", interrupt)
    code, out, error = program("stats")
    assert (code, out, error.strip()) == (130, "", "Stopped.")


def test_a_reader_that_leaves_early_is_no_failure(scratch_home, program):
    claude_log(scratch_home, "s1", 600)
    program("import")
    reader, writer = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "ledger", "list", "--json"],
        cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        os.close(writer)
        os.read(reader, 100)
        os.close(reader)
        assert running.communicate(timeout=30)[1] == ""
        assert running.returncode == 0


def test_importing_waits_for_nothing_that_only_figures_need():
    """It runs from timers and hooks."""
    code = f"import sys, {importing.__name__}; print('numpy' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.stdout == "False\n"
