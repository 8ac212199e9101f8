"""Seen from outside, by the system calls it makes, the program never speaks to a network."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.trust.calls import families, told, told_until
from tests.whole.real_logs import TOTALS, copy_into, totals
from tests.whole.running import command, command_output, ledger_file, query_ledger, run

SPEAKING = "%network,io_uring_setup"
HARMLESS = {"AF_UNIX", "AF_LOCAL"}  # the screen, the desktop's own bus
LIBRARIES = ("Qt6Network", "libssl", "_ssl.", "libcurl", "_asyncio")
BAD = {
    "by a socket": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "by a name": "import socket\ntry: socket.getaddrinfo('example.org', 1)\nexcept OSError: pass",
    "by Qt": """
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtNetwork import QTcpSocket
app = QCoreApplication([])
talk = QTcpSocket()
talk.connectToHost("127.0.0.1", 9)
talk.waitForConnected(200)
""",
    "by another program": """
import subprocess, sys
subprocess.run([sys.executable, "-c", "import socket; socket.socket(socket.AF_INET6)"])
""",
}


def strangers(calls: list[str]) -> list[str]:
    """Return the calls that could reach beyond this machine."""
    return [call for call in calls if families([call]) - HARMLESS or "io_uring" in call]


@pytest.mark.parametrize(
    "words", [["import"], ["stats", "--json"], ["sources"], ["list"], ["doctor"]], ids=" ".join
)
def test_the_command_line_never_speaks(tmp_path: Path, scratch_home: Path, words: list[str]):
    copy_into(scratch_home)
    assert run("import").returncode == 0
    for log in scratch_home.rglob("*.jsonl"):
        log.touch()
    assert strangers(told(tmp_path, SPEAKING, command(*words))) == []


def test_the_window_never_speaks(tmp_path: Path, scratch_home: Path):
    copy_into(scratch_home)
    calls = told_until(
        tmp_path, SPEAKING, command(), lambda: has_imported() and mapped(scratch_home)
    )
    assert strangers(calls) == []


def has_imported() -> bool:
    if not ledger_file().exists():
        return False
    tables = query_ledger("SELECT count(*) FROM sqlite_schema WHERE name = 'interaction'")
    return tables != [(0,)] and query_ledger("SELECT count(*) FROM interaction")[0][0] >= 18


def mapped(home: Path) -> bool:
    """Look at what the window of this home has loaded; whether there is one."""
    found = False
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"HOME={home}\0" not in (process / "environ").read_text():
                continue
            names = (process / "maps").read_text()
        except OSError:  # it ended while we looked
            continue
        if "Qt6Widgets" in names:
            found = True
            assert [name for name in LIBRARIES if name in names] == []
    return found


@pytest.mark.parametrize("name", BAD)
def test_speaking_would_be_noticed(name: str, tmp_path: Path):
    assert strangers(told(tmp_path, SPEAKING, [sys.executable, "-c", BAD[name]])) != []


def alone() -> tuple[str, ...]:
    """Return what starts a program without any network, where the system allows that."""
    for words in (("unshare", "--net"), ("unshare", "--map-current-user", "--net")):
        if subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    return ()


def test_everything_works_on_a_machine_without_a_network(scratch_home: Path):
    copy_into(scratch_home)
    assert run("import", before=alone()).returncode == 0
    rows = command_output("list")
    assert run("tag", rows[0]["id"], "kept", before=alone()).returncode == 0
    assert run("log", "--text", "some words", before=alone()).returncode == 0
    stats = run("stats", "--by", "tool", "--json", before=alone())
    assert {**totals(stats.stdout), **TOTALS} == totals(stats.stdout)
