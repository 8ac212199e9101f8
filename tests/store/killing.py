"""Kills a process that tags and imports, again and again, and looks for what was lost.

    python -m tests.store.killing FOLDER TRIALS SECONDS SEED

prints one line of JSON. A process of its own, because it forks: pytest has threads.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from ledger.core.edits import LogEntry, SetLogged, set_tags
from ledger.core.evidence import ChangeFingerprint, Observation
from ledger.core.usage import Usage
from ledger.core.vocabulary import Tag
from ledger.store.store import Store
from tests.store.worlds import open_both, prompt, reading, request, session

ACKNOWLEDGED = b"%d %d\n"  # kind and number of what is on disk
TAGGED, IMPORTED, LOGGED, OBSERVED = 1, 2, 3, 4
IDS = range(1000, 1040)


def tag_of(number: int) -> Tag:
    return Tag(1 + number % 3)


def work(path: Path, pipe: int, first: int, rng: random.Random) -> None:
    """Tag, import and log by hand until killed; say so after each."""
    store = Store.open(path)
    for number in range(first, first + 100_000):
        kind = rng.choice((TAGGED, TAGGED, IMPORTED, LOGGED, OBSERVED))
        if kind == TAGGED:
            identity = IDS[number % len(IDS)]
            store.apply(set_tags(((identity, tag_of(number)),)), time_ms=number)
        elif kind == IMPORTED:
            parts = [part for n in range(5) for part in in_file(number, n)]
            store.add([reading(session(), *parts, offset=number, start=number - 1)])
        elif kind == OBSERVED:
            store.evidence.set_observations([seen(number, n) for n in range(3)])
        else:
            entry = LogEntry(5_000_000 + number, number, "other", "m", "", Usage(output=number))
            store.apply(SetLogged(((entry, True),)), time_ms=number)
        os.write(pipe, ACKNOWLEDGED % (kind, number))


def in_file(number: int, n: int):
    identity = 10_000_000 + number * 10 + n
    return prompt(identity, minute=n), request(identity + 5_000_000_000, identity, output=1)


def seen(number: int, n: int) -> Observation:
    traces = (ChangeFingerprint(f"/{number}", b"x" * 100, number, n),)
    return Observation(interaction=20_000_000 + n, version=1, end=number, traces=traces)


def trial(path: Path, first: int, rng: random.Random) -> list[tuple[int, int]]:
    """Return what a process acknowledged before it was killed at a random moment."""
    reader, writer = os.pipe()
    seed = rng.random()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            work(path, writer, first, random.Random(seed))
        finally:
            os._exit(1)
    os.close(writer)
    output = os.read(reader, 64)  # it is at work
    time.sleep(rng.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 1 << 16):
        output += more
    os.close(reader)
    return [tuple(map(int, line.split())) for line in output.splitlines()]


def faults(path: Path, acknowledged: list[tuple[int, int]]) -> list[str]:
    """Return what the ledger lost or holds twice, a sentence each."""
    faults = []
    with open_both(path) as (raw, store):
        history = dict(raw.execute("SELECT time_ms, count(*) FROM history GROUP BY time_ms"))
        requests = dict(raw.execute("SELECT id, count(*) FROM request GROUP BY id"))
        newest = 0
        for kind, number in acknowledged:
            if kind == IMPORTED:
                ids = [in_file(number, n)[1].id for n in range(5)]
                if [requests.get(identity) for identity in ids] != [1] * 5:
                    faults.append(f"import {number} is not there exactly once")
            elif kind == OBSERVED:
                newest = max(newest, number)
            elif history.get(number) != 1:
                faults.append(f"edit {number} is in the history {history.get(number, 0)} times")
        faults += torn(store, newest)
        tags = raw.execute("SELECT interaction, value, time_ms FROM tag").fetchall()
        faults += [f"tag {row}" for row in tags if row[1] != tag_of(row[2])]
        offset = max((cursor.offset for cursor in store.cursors().values()), default=0)
        newest = raw.execute("SELECT max(id) / 10 FROM interaction WHERE made = 0").fetchone()[0]
        if newest is not None and newest - 1_000_000 != offset:
            faults.append(f"the cursor says {offset}, the rows {newest - 1_000_000}")
        faults += store.check()
    return faults


def torn(store: Store, newest: int) -> list[str]:
    """Return what is wrong with observations: all of one look or none of it."""
    known = store.evidence.observations([20_000_000 + n for n in range(3)]).values()
    ends = {observation.end for observation in known} | {
        trace.grams for observation in known for trace in observation.traces
    }
    if len(ends) > 1 or (newest and (len(known) != 3 or min(ends) < newest)):
        return [f"observations end at {sorted(ends)}, {newest} was acknowledged"]
    return []


def main(folder: str, trials: str, seconds: str, seed: str) -> None:
    """Run the trials, at most so many seconds, on one ledger that grows."""
    rng, end = random.Random(int(seed)), time.monotonic() + float(seconds)
    path = Path(folder) / "data" / "ledger.db"
    done, acknowledged, problems = 0, 0, []
    everything: list[tuple[int, int]] = []
    number = 1
    while done < int(trials) and time.monotonic() < end and not problems:
        if done % 50 == 0:  # a large ledger would only make the looking slow
            path, everything = path.with_name(f"ledger-{done}.db"), []
        written = trial(path, number, rng)
        number += len(written) + 5
        everything += written
        problems = faults(path, everything)
        done, acknowledged = done + 1, acknowledged + len(written)
    print(json.dumps({"trials": done, "acknowledged": acknowledged, "faults": problems}))


if __name__ == "__main__":
    main(*sys.argv[1:])
