"""The real program as a process of its own, and what its ledger holds afterwards."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.house.files import ROOT

LONGEST_RUN_S = 120
BUG = 70  # the exit code of the command line's last line of defence

# Root may read everything, which would make a test about permissions say nothing.
WITHOUT_POWERS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()


def command(*arguments: str) -> list[str]:
    """Return the command line that starts the program."""
    return [sys.executable, "-m", "ledger", *arguments]


def run(
    *arguments: str, before: tuple[str, ...] = (), prepare: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; `before` stands in front of it, `prepare` runs in its process."""
    return subprocess.run(
        [*before, *command(*arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN_S,
        preexec_fn=prepare,
    )


def command_output(*arguments: str) -> list[Any]:
    """Run a command that must succeed and return the objects that it printed."""
    result = run(*arguments, "--json")
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def start(*arguments: str, **more: Any) -> "subprocess.Popen[str]":
    """Start the program and do not wait for it."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command(*arguments), cwd=ROOT, **pipes | more)


@contextmanager
def window(**more: Any) -> "Iterator[subprocess.Popen[str]]":
    """Have the window open for as long as the block runs; what it said is told on a failure."""
    with start(**more) as running:
        try:
            yield running
            assert running.poll() in (None, -signal.SIGKILL), "the window has ended by itself"
        except BaseException:
            ended = running.poll()
            running.kill()
            print(f"the window ended with {ended}: {running.communicate()}")
            raise
        finally:
            running.kill()


def ledger_file() -> Path:
    """Return where the ledger of the scratch home lies."""
    return Path(os.environ["XDG_DATA_HOME"]) / "signal-ledger" / "ledger.db"


def query_ledger(sql: str, ledger: Path | None = None) -> list[tuple[Any, ...]]:
    """Ask the ledger file something in SQL, beside whoever is writing to it."""
    path = ledger or ledger_file()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as raw:
        return raw.execute(sql).fetchall()


# All that comes from logs and does not say when or from which copy it was read.
DERIVED = {
    "project": "id, key",
    "model": "id, name",
    "session": "*",
    "interaction": "*",
    "request": "*",
    "edit_part": "*",
    "portion": "*",
}


def content(ledger: Path | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the ledger that logs gave, in an order of its own."""
    return {
        table: sorted(query_ledger(f"SELECT {columns} FROM {table}", ledger), key=repr)
        for table, columns in DERIVED.items()
    }


def tags() -> dict[str, str]:
    """Return the tag of every tagged interaction, by shown id."""
    return {row["id"]: row["tag"] for row in command_output("list") if row["tag"]}


def doctor_is_content() -> bool:
    """Whether the program itself finds nothing wrong with its ledger."""
    result = run("doctor", "--json")
    return result.returncode == 0 and bool(json.loads(result.stdout)["ok"])
