"""Whatever the umask, only the person can read what the program writes, and it writes only here."""

import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trust.calls import told, told_until
from tests.trust.test_no_network import has_imported
from tests.whole.real_logs import copy_into
from tests.whole.running import command, command_output, ledger_file, query_ledger, run

EVERYTHING = 0o777
MAKING = "open,openat,creat,/^mkdir,/^mknod,/^(sym)?link,/^rename"
# Where nothing stays: devices, and what processes share while they run.
PASSING = ("/dev/null", "/dev/tty", "/dev/shm/", "/proc/", "/sys/", "/memfd:", "pipe:", "socket:")
COMMANDS = (("import",), ("list",), ("stats",), ("log", "--text", "a few words"), ("undo",))


@pytest.fixture(autouse=True)
def _open_umask(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # Python's own files are not the program's
    before = os.umask(0)
    yield
    os.umask(before)


def below(home: Path) -> set[Path]:
    return set(home.rglob("*"))


def open_ones(paths: set[Path]) -> list[str]:
    """Return files and folders that anybody else may do anything with."""
    return sorted(
        f"{stat.filemode(path.lstat().st_mode)} {path}"
        for path in paths
        if path.lstat().st_mode & 0o077 and not path.is_symlink()
    )


def made_outside(calls: list[str], home: Path) -> list[str]:
    """Return the calls that made or opened for writing anything that is not below the home."""
    found = []
    for call in calls:
        if (
            " = -1 " in call
            or "resumed>" in call
            or ("open" in call and not re.search(r"O_CREAT|O_WRONLY|O_RDWR", call))
        ):
            continue
        names = re.findall(r'"((?:[^"\\]|\\.)*)"', call) or [""]
        if not any(name.startswith((str(home), *PASSING)) for name in names):
            found.append(call)
    return found


def test_the_command_line_under_the_widest_umask(tmp_path: Path, scratch_home: Path):
    copy_into(scratch_home)
    before = below(scratch_home)
    for words in COMMANDS:
        assert made_outside(told(tmp_path, MAKING, command(*words)), scratch_home) == []
    new = below(scratch_home) - before
    assert ledger_file() in new
    assert open_ones(new) == []


def test_the_window_under_the_widest_umask(tmp_path: Path, scratch_home: Path):
    copy_into(scratch_home)
    before = below(scratch_home)
    calls = told_until(tmp_path, MAKING, command(), has_imported)
    assert made_outside(calls, scratch_home) == []
    new = below(scratch_home) - before
    assert ledger_file().with_name("window") in new
    assert open_ones(new) == []


def test_folders_that_the_program_must_make_above_its_own_are_private_too(
    scratch_home: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(scratch_home / "new" / name.lower()))
    assert run("log", "--input", "1").returncode == 0
    assert ledger_file().exists()
    assert open_ones(below(scratch_home / "new") | {scratch_home / "new"}) == []


def test_a_ledger_that_was_opened_up_is_closed_again_at_the_next_start(scratch_home: Path):
    assert run("log", "--input", "1").returncode == 0
    ledger_file().chmod(EVERYTHING)
    ledger_file().parent.chmod(EVERYTHING)
    assert run("log", "--input", "2").returncode == 0
    assert open_ones(below(ledger_file().parent) | {ledger_file().parent}) == []


def test_files_that_sqlite_makes_beside_the_ledger_are_private(scratch_home: Path):
    from ledger.core.edits import set_tags
    from ledger.store.store import Store

    os.umask(0)
    assert run("log", "--input", "1").returncode == 0
    with Store.open(ledger_file()) as store:
        store.apply(set_tags(()), time_ms=1)
        names = {path.name for path in ledger_file().parent.iterdir()}
        assert {"ledger.db-wal", "ledger.db-shm"} <= names
        assert open_ones(below(ledger_file().parent)) == []


def test_somebody_else_can_read_nothing():
    """The home lies where everybody may go: what keeps others out is the program's own doing."""
    if os.geteuid() != 0:
        return  # only root can become somebody else; the modes are looked at above
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        home = Path(name)
        home.chmod(0o755)
        environment = {"HOME": name, "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        copy_into(home)
        ours = {"import": (), "log": ("--input", "1")}
        for word, more in ours.items():
            done = subprocess.run(command(word, *more), env=environment, capture_output=True)
            assert done.returncode == 0, done.stderr
        data = home / ".local" / "share" / "signal-ledger"
        paths = [data, *data.iterdir()]
        assert len(paths) >= 2
        for path in paths:
            assert not readable_by_others(path), path
        (home / "a word").write_text("for everybody")
        assert readable_by_others(home / "a word"), "nobody else can come here at all"


def readable_by_others(path: Path) -> bool:
    somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    return subprocess.run([*somebody, "test", "-r", path], capture_output=True).returncode == 0


def test_a_careless_program_would_be_noticed(tmp_path: Path, scratch_home: Path):
    careless = f"open('{scratch_home}/open', 'w'); open('{tmp_path}/outside', 'w')"
    calls = told(tmp_path, MAKING, [sys.executable, "-c", careless])
    assert len(made_outside(calls, scratch_home)) == 1
    assert len(open_ones({scratch_home / "open"})) == 1


def test_the_widest_umask_is_what_these_tests_run_under(scratch_home: Path):
    assert command_output("log", "--input", "1")
    (scratch_home / "here").touch(0o666)
    assert open_ones({scratch_home / "here"})
    assert query_ledger("SELECT count(*) FROM history") == [(1,)]
