"""Kills the program at random moments, thousands of times, and counts what that cost.

`python -m tests.whole.killing FOLDER TRIALS SECONDS SEED [FAULT]` prints one line of JSON. The
program is forked from a process that has everything loaded, so that a trial takes milliseconds;
what a fork runs is the real command line on a real ledger file.
"""

import io
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from ledger import cli
from ledger.store.store import Store
from tests.making import append, claude_lines, claude_log
from tests.whole.expected_ledger import ExpectedLedger, after
from tests.whole.faults import FAULTS
from tests.whole.running import query_ledger

TRIALS_PER_WORLD = 25
TOKENS = 1_210  # of every interaction that `claude_lines` writes
TAGS = ("kept", "edited", "thrown-away", "untagged")
Words = tuple[str, ...]


class Killed(NamedTuple):
    """What a killed process had acknowledged, and whether it was still at work."""

    answers: list[dict[str, Any]]
    was_alive: bool


class World:
    """A home with logs that grow, a ledger, and everything that was acknowledged about it."""

    def __init__(self, home: Path, dice: random.Random) -> None:
        self.home, self.dice = home, dice
        self.ledger = home / ".local" / "share" / "signal-ledger" / "ledger.db"
        self.written: Counter[str] = Counter()  # prompts by session
        self.expected = ExpectedLedger()
        home.mkdir()
        self.grow()
        in_a_fork(home, [("import", "--json")], None)
        self.ids = [
            f"{row[0]:016x}" for row in query_ledger("SELECT id FROM interaction", self.ledger)
        ]

    def grow(self) -> None:
        """Let the tools write more: new sessions, more lines, copies of whole logs."""
        for _ in range(self.dice.randint(1, 4)):
            session = f"s{self.dice.randint(0, 12)}"
            first, more = self.written[session], self.dice.randint(1, 6)
            if first:
                log = self.home / ".claude" / "projects" / "-home-ada-atlas" / f"{session}.jsonl"
                append(log, *claude_lines(session, more, first=first))
            else:
                claude_log(self.home, session, more)
            self.written[session] += more
        if self.dice.random() < 0.2:
            self._copy()

    def _copy(self) -> None:
        logs = sorted((self.home / ".claude" / "projects").rglob("*.jsonl"))
        log = self.dice.choice(logs)
        copy = self.home / ".config" / "claude" / "projects" / "copy" / log.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(log.read_bytes())

    def script(self) -> list[Words]:
        """Return commands to run one after the other."""
        if self.dice.random() < 0.4:
            self.grow()
            return [("import", "--json")]
        return [(*self._edit(), "--json") for _ in range(self.dice.randint(1, 6))]

    def _edit(self) -> Words:
        kind = self.dice.choices(("tag", "undo", "redo", "log"), (6, 2, 1, 1))[0]
        if kind == "tag":
            return ("tag", self.dice.choice(self.ids), self.dice.choice(TAGS))
        return ("log", "--input", "5") if kind == "log" else (kind,)

    def check(self, script: list[Words], killed: Killed) -> list[str]:
        """Return what is wrong after a kill; a sentence each."""
        if script[0][0] == "import":
            possible = [self.expected]
        else:  # the one under way may have been saved, but nobody was told
            before_last = after(self.expected, script[: len(killed.answers)])
            possible = [before_last, after(before_last, script[len(killed.answers) :][:1])]
        with Store.open(self.ledger) as store:
            wrong = store.check()
        stored = self._stored()
        matching = [state for state in possible if state == stored]
        if matching:
            self.expected = matching[0]
        else:
            wrong.append(f"{killed.answers} was acknowledged, but there is {stored}")
        imported = script[0][0] == "import" and bool(killed.answers)
        return [*wrong, *self._counts(exact=imported)]

    def settle(self) -> list[str]:
        """Import without a kill and return what is wrong then."""
        in_a_fork(self.home, [("import", "--json")], None)
        return self._counts(exact=True)

    def _counts(self, *, exact: bool) -> list[str]:
        [(prompts, tokens)] = query_ledger(
            "SELECT count(*), (SELECT ifnull(sum(input + cache_read + cache_write + output), 0)"
            " FROM portion JOIN interaction ON interaction.id = portion.interaction WHERE made = 0)"
            " FROM interaction WHERE made = 0",
            self.ledger,
        )
        there = sum(self.written.values())
        wrong = []
        if prompts > there or (exact and prompts < there):
            wrong.append(f"{prompts} interactions of {there}")
        if tokens > there * TOKENS or (exact and tokens < there * TOKENS):
            wrong.append(f"{tokens} tokens of {there * TOKENS}")
        return wrong

    def _stored(self) -> ExpectedLedger:
        tags = {f"{row[0]:016x}": TAGS[row[1] - 1] for row in query_ledger(_TAGS, self.ledger)}
        [(logged,)] = query_ledger("SELECT count(*) FROM logged WHERE present = 1", self.ledger)
        [(entries,)] = query_ledger("SELECT count(*) FROM history", self.ledger)
        return ExpectedLedger(tags, logged, entries)


_TAGS = "SELECT interaction, value FROM tag"


def in_a_fork(home: Path, script: list[Words], kill_after_s: float | None) -> Killed:
    """Run commands in a fork, one after the other, and kill it after so many seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _be_the_program(home, script, writer)
    os.close(writer)
    was_alive = False
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        was_alive = os.waitpid(child, os.WNOHANG) == (0, 0)
        os.kill(child, signal.SIGKILL) if was_alive else None
    with os.fdopen(reader) as answers:
        lines = answers.read().split("\n")[:-1]  # what follows the last newline was not said yet
    if kill_after_s is None or was_alive:
        os.waitpid(child, 0)
    return Killed([json.loads(line) for line in lines], was_alive)


def _be_the_program(home: Path, script: list[Words], writer: int) -> None:
    """Run the commands as the program would, and end without coming back."""
    code = 1
    try:
        os.environ["HOME"] = str(home)
        sys.stdout = os.fdopen(writer, "w")
        sys.stderr = io.StringIO()
        code = max(cli.run(command) for command in script)
        sys.stdout.flush()
    finally:
        os._exit(code)


def gate(folder: Path, trials: int, seconds: float, seed: int) -> dict[str, Any]:
    """Kill so many times, or until the time is over; return the count and what went wrong."""
    dice = random.Random(seed)
    ends, wrong, trials_done, alive = time.monotonic() + seconds, [], 0, 0
    usual_s = {True: 0.03, False: 0.03}  # how long a script takes: imports, edits
    while trials_done < trials and time.monotonic() < ends and not wrong:
        world = World(folder / str(trials_done), dice)
        for _ in range(min(TRIALS_PER_WORLD, trials - trials_done)):
            script = world.script()
            imports = script[0][0] == "import"
            killed = in_a_fork(world.home, script, dice.uniform(0, usual_s[imports]))
            usual_s[imports] *= 1.02 if killed.was_alive else 0.96  # two kills in three in time
            wrong += world.check(script, killed)
            trials_done, alive = trials_done + 1, alive + killed.was_alive
        wrong += world.settle()
    return {"trials": trials_done, "killed_at_work": alive, "wrong": wrong[:5]}


if __name__ == "__main__":
    place, number, time_s, start, *fault = sys.argv[1:]
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ.pop(name, None)
    for name in fault:
        FAULTS[name]()
    print(json.dumps(gate(Path(place), int(number), float(time_s), int(start))))
