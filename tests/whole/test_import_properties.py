"""However logs reach the ledger, twice, in pieces, in any order or interrupted: the same ledger."""

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.parts import Batch
from ledger.flows.importing import discovery, pipeline
from ledger.importers.base import Home
from ledger.store import imports
from ledger.store.store import Store
from tests.house.files import ROOT
from tests.whole.faults import forget_ids
from tests.whole.log_trees import Tree, lay, trees
from tests.whole.running import command_output, content, ledger_file, query_ledger, run

EXAMPLES = 60
LONG_EXAMPLES = 1_500
POINTERS = (
    "SELECT interaction, path, pointer.offset, length, fingerprint, end"
    " FROM pointer JOIN file ON file.id = file"
)
# A request that was announced at the end of one stretch and answered in the next: what is left of
# the announcement counts nowhere, and holds it off where a copy of the log tells it again.
WITHDRAWN = "SELECT id FROM request WHERE turn = id AND copied = 1 AND basis = 0"
Dump = dict[str, list[tuple[Any, ...]]]


class Place:
    """A home folder, its ledger, and an import that does what the command does."""

    def __init__(self, folder: Path, dice: random.Random | None = None) -> None:
        self.home, self.ledger = folder / "home", folder / "data" / "ledger.db"
        self.dice = dice or random.Random(0)
        self.home.mkdir()

    def take(self, share: float = 1.0, *, shuffled: bool = False) -> None:
        """Import; with a share below 1 it is stopped before its end."""
        with Store.open(self.ledger) as store:
            jobs = discovery.jobs(discovery.scan_places(Home(self.home, {})), store.cursors())
            if shuffled:
                self.dice.shuffle(jobs)
            for job in jobs[: round(len(jobs) * share)]:
                for readings, _progress in pipeline.read([job], None):
                    store.add(readings)

    def dump(self, *, pointers: bool = True) -> Dump:
        """Return what the ledger holds, with paths as they stand below the home."""
        tables = content(self.ledger)
        withdrawn = {row[0] for row in query_ledger(WITHDRAWN, self.ledger)}
        tables["request"] = [row for row in tables["request"] if row[0] not in withdrawn]
        if pointers:
            root = len(str(self.home))
            rows = query_ledger(POINTERS, self.ledger)
            tables["pointer"] = sorted((row[0], row[1][root:], *row[2:]) for row in rows)
        return tables


@contextmanager
def place(dice: random.Random | None = None) -> Iterator[Place]:
    """Open a place of its own for one example."""
    with tempfile.TemporaryDirectory() as folder:
        yield Place(Path(folder), dice)


@cache
def clean(name: str) -> Dump:
    """Return what one import of the whole tree gives."""
    with place() as here:
        lay(trees()[name], here.home)
        here.take()
        return here.dump()


def without_pointers(dump: Dump) -> Dump:
    return {table: rows for table, rows in dump.items() if table != "pointer"}


@pytest.mark.parametrize("name", sorted(trees()))
def test_twice_is_once(name):
    with place() as here:
        lay(trees()[name], here.home)
        here.take()
        here.take()
        assert here.dump() == clean(name)
        for path in here.home.rglob("*"):
            path.touch()  # looks changed, is not
        here.take()
        assert here.dump() == clean(name)


@pytest.mark.parametrize("name", sorted(trees()))
def test_a_copied_folder_adds_nothing(name):
    with place() as here:
        lay(trees()[name], here.home)
        here.take()
        second = here.home / ".config" / "claude" / "projects" / "copied"
        if (here.home / ".claude" / "projects").exists():
            shutil.copytree(here.home / ".claude" / "projects", second)
        here.take()
        assert here.dump(pointers=False) == without_pointers(clean(name))


def is_aside(name: str) -> bool:
    """Whether a file is no log but says something about logs; tools write these first."""
    return not name.endswith((".jsonl", ".json", ".zst"))


def lay_aside(tree: Tree, home: Path) -> None:
    lay({name: data for name, data in tree.items() if is_aside(name)}, home)


def pieces(tree: Tree, dice: random.Random) -> list[tuple[str, bytes]]:
    """Cut each log at random bytes and return what is appended to which, in an order."""
    waiting = {}
    for name, data in tree.items():
        if is_aside(name):
            continue
        cuts = sorted(dice.randint(0, len(data)) for _ in range(dice.randint(0, 3)))
        ends = [*cuts, len(data)]
        waiting[name] = [data[a:b] for a, b in zip([0, *cuts], ends, strict=True)]
    order = []
    while waiting:
        name = dice.choice(sorted(waiting))
        order.append((name, waiting[name].pop(0)))
        if not waiting[name]:
            del waiting[name]
    return order


def grown_in_pieces(name: str, seed: int) -> None:
    dice = random.Random(seed)
    with place(dice) as here:
        lay_aside(trees()[name], here.home)
        for path, piece in pieces(trees()[name], dice):
            log = here.home / path
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("ab") as out:
                out.write(piece)
            if dice.random() < 0.4:
                here.take(dice.choice((0.3, 0.7, 1.0, 1.0)), shuffled=True)
        here.take(shuffled=True)
        assert here.dump() == clean(name)


SEEDS = st.integers(0, 1 << 32)


def test_a_ledger_that_forgot_ids_would_be_noticed(monkeypatch):
    with_ids = {name: clean(name) for name in ("made", "real")}
    monkeypatch.setattr(
        imports, "merge_readings", imports.merge_readings
    )  # put back what the fault replaces
    forget_ids()
    for name, dump in with_ids.items():
        with place() as here:
            lay(trees()[name], here.home)
            here.take()
            assert here.dump() != dump


def test_a_ledger_that_noted_places_before_rows_would_be_noticed():
    """What an interrupted import leaves when cursors are stored ahead of what was read."""
    with place() as here:
        lay(trees()["made"], here.home)
        with Store.open(here.ledger) as store:
            for job in discovery.jobs(discovery.scan_places(Home(here.home, {})), {}):
                for readings, _progress in pipeline.read([job], None):
                    store.add([reading._replace(batch=Batch()) for reading in readings])
        here.take()
        assert here.dump() != clean("made")


@given(st.sampled_from(sorted(trees())), SEEDS)
@settings(max_examples=EXAMPLES)
def test_pieces_in_any_order_with_interruptions_come_to_the_same(name, seed):
    grown_in_pieces(name, seed)


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_pieces_come_to_the_same_very_often():
    trials = 0

    @given(st.sampled_from(sorted(trees())), SEEDS)
    @settings(max_examples=LONG_EXAMPLES)
    def often(name, seed):
        nonlocal trials
        grown_in_pieces(name, seed)
        trials += 1

    often()
    print(f"{trials} trials done, 0 differed")
    assert trials >= LONG_EXAMPLES / 2


@given(st.sampled_from(sorted(trees())), SEEDS)
@settings(max_examples=EXAMPLES // 2)
def test_files_that_come_and_go_come_to_the_same(name, seed):
    dice = random.Random(seed)
    names = sorted(path for path in trees()[name] if not is_aside(path))
    with place(dice) as here:
        lay_aside(trees()[name], here.home)
        for _ in range(3):
            present = {path: trees()[name][path] for path in names if dice.random() < 0.6}
            lay(present, here.home)
            here.take(shuffled=True)
            for path in present:
                (here.home / path).unlink()
            here.take()
        lay(trees()[name], here.home)
        here.take(shuffled=True)
        assert without_pointers(here.dump()) == without_pointers(clean(name))


def everything() -> list[Any]:
    """Return all that the command line says about the ledger."""
    by = [
        command_output("stats", "--by", group)
        for group in ("all", "tool", "model", "project", "day")
    ]
    return [*by, command_output("list")]


def test_the_commands_say_the_same_of_logs_that_grew(scratch_home):
    dice = random.Random(7)
    lay(trees()["real"], scratch_home)
    assert run("import").returncode == 0
    once = everything()
    ledger_file().unlink()
    shutil.rmtree(scratch_home)
    lay_aside(trees()["real"], scratch_home)
    order = pieces(trees()["real"], dice)
    for number, (name, piece) in enumerate(order):
        log = scratch_home / name
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            out.write(piece)
        if number in (len(order) // 3, 2 * len(order) // 3):
            assert run("import").returncode == 0
    assert run("import").returncode == 0
    assert everything() == once


def test_logs_that_the_tool_packed_are_the_same_logs(scratch_home):
    lay(trees()["real"], scratch_home)
    assert run("import").returncode == 0
    before, rows = content(), command_output("list")
    for log in (scratch_home / ".codex").rglob("*.jsonl"):
        log.with_name(f"{log.name}.zst").write_bytes(zstandard.compress(log.read_bytes()))
        log.unlink()
    assert run("import").returncode == 0
    assert content() == before
    assert command_output("list") == rows
    packed = next(row for row in rows if row["tool"] == "codex")
    assert command_output("show", packed["id"])[0]["prompt"]


def test_a_generated_tree_read_by_other_processes_is_the_same_as_read_by_one(scratch_home):
    corpus = [sys.executable, "tests/bench/corpus.py", "--bytes", "6MB", "--seed", "3"]
    subprocess.run(
        [*corpus, "--out", str(scratch_home / "made")], cwd=ROOT, check=True, capture_output=True
    )
    for folder in (".claude", ".codex"):
        (scratch_home / "made" / folder).rename(scratch_home / folder)
    assert run("import").returncode == 0  # large enough for reader processes
    with place() as here:
        here.home.rmdir()
        here.home.symlink_to(scratch_home)
        here.take(shuffled=True)
        assert content() == here.dump(pointers=False)
