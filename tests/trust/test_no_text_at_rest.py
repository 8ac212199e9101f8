"""Prompts and answers stay in the logs: the program writes no word of them anywhere."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.files import ROOT
from tests.trust.canaries import CANARY, sightings, with_canaries
from tests.whole.log_trees import lay, trees
from tests.whole.running import command_output, ledger_file, query_ledger, run, start
from tests.whole.screen import wait_for

TREES = [
    name
    for name, tree in sorted(trees().items())
    if any(CANARY.encode() in data for data in with_canaries(tree).values())
]
LOGS = (".claude", ".codex", ".gemini")


def own_files(home: Path) -> Iterator[Path]:
    """Yield what the program has written: everything but the logs."""
    for path in home.rglob("*"):
        name = path.relative_to(home)
        if name.parts[0] not in LOGS and name.parts[:2] != (".config", "claude"):
            yield path


def nothing_sings(home: Path, *outputs: str) -> None:
    assert [text[:300] for text in outputs if CANARY in text] == []
    assert list(sightings(own_files(home))) == []


@pytest.mark.parametrize("name", TREES)
def test_after_an_import_no_word_of_a_log_is_in_the_ledger(name, scratch_home):
    lay(with_canaries(trees()[name]), scratch_home)
    done = run("import", "--json")
    assert done.returncode == 0, done.stderr
    assert query_ledger("SELECT count(*) FROM interaction")[0][0] > 0
    nothing_sings(scratch_home, done.stdout, done.stderr)


def test_after_every_command_no_word_is_anywhere(scratch_home):
    for name in ("real", "claude_code damage", "codex old_and_odd"):
        lay(with_canaries(trees()[name]), scratch_home)
    assert run("import").returncode == 0
    rows = command_output("list")
    shown = run("show", rows[0]["id"], "--transcript")
    assert CANARY in shown.stdout, "the text is there to be shown"
    one = rows[0]["id"]
    scripts = (
        ("list",), ("stats", "--by", "project"), ("sources", "--rejected"), ("doctor",),
        ("tag", one, "kept"), ("label", one, "fine"), ("undo",), ("redo",), ("list", "--json"),
        ("log", "--text", f"{CANARY} and more words", "--model", "gpt-5"),
        ("list", "--project", "nowhere"), ("show", "ffff"), ("import",),
    )  # fmt: skip
    for words in scripts:
        done = run(*words)
        assert done.returncode in (0, 1), done.stderr
        nothing_sings(scratch_home, done.stdout, done.stderr)


def test_while_the_ledger_is_open_its_log_holds_no_word_either(scratch_home):
    lay(with_canaries(trees()["real"]), scratch_home)
    assert run("import").returncode == 0
    with start() as running:
        try:
            wait_for(lambda: ledger_file().with_name("ledger.db-wal").exists())
            wait_for(lambda: list((scratch_home / ".local" / "state").rglob("*.log")))
            one = command_output("list")[0]["id"]
            assert run("tag", one, "kept").returncode == 0
            lay(with_canaries(trees()["claude_code streaming"]), scratch_home)
            wait_for(lambda: query_ledger("SELECT count(*) FROM file WHERE lines > 0")[0][0] > 12)
            nothing_sings(scratch_home)
        finally:
            running.send_signal(signal.SIGKILL)
        out, complaints = running.communicate()
    nothing_sings(scratch_home, out, complaints)


# What a bug's exception says may quote the text that caused it: here it does, on purpose.
CRASHES = {
    "in an importer": """
from ledger.importers import reading
def broken(importer, path, known):
    raise ValueError(open(path).read())
import ledger.flows.importing.pipeline as importing
importing.read_file = broken
""",
    "in the store": """
from ledger.store import imports
def broken(raw, machine, readings):
    raise KeyError(open(readings[0].cursor.path).read())
imports.add = broken
""",
    "in a line of SQL": """
from ledger.store import imports
def broken(raw, machine, readings):
    text = open(readings[0].cursor.path).read()
    raw.execute("SELECT '" + text.replace("'", " ")[:50] + " FROM")
imports.add = broken
""",
}


def broken_program(name: str) -> list[str]:
    start = "import sys; from ledger.__main__ import main; sys.exit(main())"
    return [sys.executable, "-c", CRASHES[name] + start]


@pytest.mark.parametrize("name", CRASHES)
def test_a_crash_of_the_command_line_quotes_nothing(name, scratch_home):
    lay(with_canaries(trees()["real"]), scratch_home)
    done = subprocess.run(
        [*broken_program(name), "import"], cwd=ROOT, capture_output=True, text=True
    )
    assert "bug" in done.stderr, done.stderr
    assert re.search(r"Error at [\w/.<>]+:\d", done.stderr), "the report says where"
    nothing_sings(scratch_home, done.stdout, done.stderr)


# The window gives logs to processes of its own, which no fault planted here would reach.
@pytest.mark.parametrize("name", ["in the store", "in a line of SQL"])
def test_a_crash_of_the_window_quotes_nothing(name, scratch_home):
    lay(with_canaries(trees()["real"]), scratch_home)
    run("log", "--input", "1")
    running = subprocess.Popen(
        broken_program(name), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    log = scratch_home / ".local" / "state" / "signal-ledger" / "signal-ledger.log"
    try:
        wait_for(lambda: log.exists() and "bug" in log.read_text())
        assert running.poll() is None, "the window has ended"
    finally:
        running.kill()
        out, complaints = running.communicate()
    nothing_sings(scratch_home, out, complaints)


def test_a_program_that_kept_a_text_would_be_noticed(scratch_home):
    """Each place and coding that could hold a word is one that the search looks into."""
    folder = ledger_file().parent
    folder.mkdir(parents=True)
    for number, data in enumerate(
        (CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode().hex().encode())
    ):
        (folder / f"{number}.bin").write_bytes(b"\0" * 9_000 + data)
    os.makedirs(folder / CANARY)
    assert len(list(sightings(own_files(scratch_home)))) == 4
