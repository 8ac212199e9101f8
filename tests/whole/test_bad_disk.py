"""Disks that are full or fail, and ledger files that are not what they should be."""

import hashlib
import os
import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from tests.making import claude_log
from tests.whole.running import (
    BUG,
    WITHOUT_POWERS,
    command_output,
    content,
    doctor_is_content,
    ledger_file,
    run,
    tags,
)

KIB = 1 << 10
BASE = 6  # interactions that are there before the disk turns bad
TAGS = ("kept", "edited", "thrown-away")


def limited(size: int) -> Callable[[], None]:
    """Let no file of a process grow beyond a size, as on a disk that is nearly full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def failing(call: str, error: str, when: str) -> tuple[str, ...]:
    """Have the system refuse a call from the `when`th time on (“3+”) or once (“3”)."""
    inject = f"inject={call}:error={error}:when={when}"
    return ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject)


class Witness:
    """Tries things while the disk is bad, and knows what was said to be saved."""

    def __init__(self, home: Path) -> None:
        self.home = home
        claude_log(home, "base", BASE)
        assert run("import").returncode == 0
        self.ids = [row["id"] for row in command_output("list")]
        self.saved: dict[str, str] = {}
        self.codes: set[int] = set()
        self.tries = 0

    def try_it(self, **bad) -> None:
        """Import something new and tag something, whatever comes of it."""
        self.tries += 1
        claude_log(self.home, f"more{self.tries}", 3)
        self._ran("import", **bad)
        identity, tag = self.ids[self.tries % BASE], TAGS[self.tries % 3]
        if self._ran("tag", identity, tag, **bad) == 0:
            self.saved[identity] = tag

    def _ran(self, *arguments: str, **bad) -> int:
        result = run(*arguments, **bad)
        assert result.returncode in (0, 1), result.stderr
        if result.returncode == 1:
            [sentence] = result.stderr.strip().splitlines()
            assert sentence.endswith((".", "!")), sentence
            assert "Error" not in sentence, sentence
        self.codes.add(result.returncode)
        return result.returncode

    def testify(self) -> None:
        """Look, on a good disk again, at what became of everything."""
        assert doctor_is_content()
        assert tags() == self.saved
        assert run("import").returncode == 0
        mine = content()
        shutil.rmtree(ledger_file().parent)
        assert run("import").returncode == 0
        assert mine == content(), "not what one clean import gives"
        assert len(command_output("list")) == BASE + 3 * self.tries


def sweep(home: Path, bads: Iterable[dict]) -> None:
    witness = Witness(home)
    for bad in bads:
        witness.try_it(**bad)
    assert witness.codes == {0, 1}, "the disk was never bad, or never good"
    witness.testify()


def sizes(count: int) -> Iterable[int]:
    """Return file sizes from nothing to more than is needed, densest at the small end."""
    return (round(600 * KIB * (n / count) ** 2) for n in range(count + 1))


def test_a_disk_that_is_full_at_any_size(scratch_home):
    sweep(scratch_home, ({"prepare": limited(size)} for size in sizes(8)))


def test_writes_and_syncs_that_fail_for_good_or_once(scratch_home):
    bads = [
        failing("pwrite64", "ENOSPC", "1+"),
        failing("pwrite64", "ENOSPC", "5"),
        failing("pwrite64", "EIO", "9+"),
        failing("fdatasync,fsync", "EIO", "1"),
        failing("fdatasync,fsync", "EIO", "2+"),
        (),
    ]
    sweep(scratch_home, ({"before": bad} for bad in bads))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_disk_that_is_full_at_every_size_and_every_write(scratch_home):
    full = [{"prepare": limited(size)} for size in sizes(60)]
    calls = [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync,fsync", "EIO")]
    failed = [
        {"before": failing(call, error, f"{number}{more}")}
        for number in range(1, 25)
        for call, error in calls
        for more in ("", "+")
    ]
    sweep(scratch_home, [*full, *failed])
    print(f"{len(full) + len(failed)} trials done, 0 lost, 0 doubled")


def test_a_ledger_cannot_be_made_on_a_full_disk_and_can_be_afterwards(scratch_home):
    claude_log(scratch_home, "s1", 3)
    for size in (0, 1, 4 * KIB, 40 * KIB, 100 * KIB):
        result = run("import", prepare=limited(size))
        assert result.returncode == 1, result.stderr
        assert "disk" in result.stderr
    assert command_output("import")[0]["interactions"] == 3
    assert doctor_is_content()


def test_an_import_that_fails_on_a_full_disk_leaves_what_was_there(scratch_home):
    claude_log(scratch_home, "s1", 3)
    [first, *_] = command_output("import") and [row["id"] for row in command_output("list")]
    assert run("tag", first, "kept").returncode == 0
    claude_log(scratch_home, "s2", 1500)
    result = run("import", prepare=limited(ledger_file().stat().st_size))
    assert (result.returncode, "earlier ones are" in result.stderr) == (1, True)
    assert tags() == {first: "kept"}


# Whoever looks into a file in WAL mode leaves these empty helpers of SQLite's beside it.
HELPERS = {"ledger.db-wal", "ledger.db-shm"}


def fingerprints(folder: Path) -> dict[str, tuple[str, int]]:
    """Return content and time of every file in a folder."""
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.name not in HELPERS or (path.name.endswith("-wal") and path.stat().st_size)
    }


COMMANDS = (("import",), ("list",), ("stats", "--json"), ("log", "--input", "1"), ("undo",))


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_a_ledger_of_a_newer_version_is_left_alone(scratch_home, arguments):
    claude_log(scratch_home, "s1", 3)
    assert run("import").returncode == 0
    with closing(sqlite3.connect(ledger_file())) as raw:
        raw.execute("PRAGMA user_version = 999")
    before = fingerprints(ledger_file().parent)
    result = run(*arguments)
    assert result.returncode == 1
    assert "newer version" in result.stderr
    assert result.stdout == ""
    assert fingerprints(ledger_file().parent) == before


def empty_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE bookmarks (url TEXT)")


STRANGERS = {
    "words": lambda path: path.write_text("Dear diary, " * 1_000),
    "a few bytes": lambda path: path.write_bytes(b"SQLite"),
    "noise": lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 64),
    "another program's": empty_database,
}


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
@pytest.mark.parametrize("name", STRANGERS)
def test_a_file_that_is_no_ledger_is_left_alone(name, arguments):
    ledger_file().parent.mkdir(parents=True)
    STRANGERS[name](ledger_file())
    before = fingerprints(ledger_file().parent)
    result = run(*arguments)
    assert result.returncode == 1
    assert "ledger" in result.stderr or "another program" in result.stderr
    assert "bug" not in result.stderr
    assert fingerprints(ledger_file().parent) == before


def test_a_folder_in_the_ledgers_place(scratch_home):
    ledger_file().mkdir(parents=True)
    result = run("import")
    assert (result.returncode, "taken by a folder" in result.stderr) == (1, True)


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_ledger_folder_that_may_not_be_written(scratch_home, mode):
    claude_log(scratch_home, "s1", 3)
    assert run("import").returncode == 0
    folder = ledger_file().parent
    folder.chmod(mode)
    try:
        for arguments in COMMANDS:
            result = run(*arguments, before=WITHOUT_POWERS)
            assert result.returncode in (0, 1), result.stderr
            assert "bug" not in result.stderr
            if arguments[0] in ("import", "log"):
                assert result.returncode == 1
                assert "permission" in result.stderr.lower()
    finally:
        folder.chmod(0o700)
    assert len(command_output("list")) == 3
    assert doctor_is_content()


def test_a_data_folder_that_cannot_be_made(scratch_home):
    place = ledger_file().parent.parent
    place.chmod(0o500)
    result = run("import", before=WITHOUT_POWERS)
    place.chmod(0o700)
    assert (result.returncode, result.returncode != BUG) == (1, True)
    assert "Permission denied" in result.stderr


@pytest.mark.parametrize("where", [0, 100, 4_096, 20_000])
def test_a_damaged_ledger_is_told_and_not_made_worse(scratch_home, where):
    claude_log(scratch_home, "s1", 30)
    assert run("import").returncode == 0
    ledger_file().with_name("ledger.db.columns").unlink(missing_ok=True)
    with ledger_file().open("r+b") as file:
        file.seek(where)
        file.write(b"\xa5" * 3_000)
    for arguments in COMMANDS:
        result = run(*arguments)
        assert result.returncode in (0, 1), result.stderr
    assert run("doctor").returncode == 1
