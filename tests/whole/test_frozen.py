"""The built program, without Python beside it, counts the real logs and shows its window."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ledger
from ledger.ui import keymap
from tests.house.files import ROOT
from tests.whole.real_logs import REASONING, TOTALS, copy_into, reasoning, totals
from tests.whole.screen import Screen, screen, wait_for

pytestmark = pytest.mark.timeout(1_200)
MORE_THAN_BLANK = 50  # colours; an empty window has a handful
PAGES = tuple(title for _, title in keymap.PAGES)
NOT_WANTED = ("Qt6Network", "Qt6Qml", "requests", "urllib3", "pytest")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    build = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    places = ["--distpath", str(folder / "dist"), "--workpath", str(folder / "work")]
    subprocess.run([*build, *places, str(ROOT / "build.spec")], cwd=ROOT, check=True)
    return folder / "dist" / "signal-ledger" / "signal-ledger"


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Screen]:
    with screen(tmp_path) as display:
        yield display


def output_of(program: Path, *arguments: str) -> str:
    result = subprocess.run([program, *arguments], capture_output=True, text=True, env=bare())
    assert result.returncode == 0, result.stderr
    return result.stdout


def bare() -> dict[str, str]:
    """Return the environment of a machine that has no Python."""
    return {**os.environ, "PATH": "/usr/bin:/bin"}


def test_it_tells_its_version(program: Path):
    assert ledger.__version__ in output_of(program, "--version")


def test_it_counts_the_real_logs(program: Path, scratch_home: Path):
    copy_into(scratch_home)
    output_of(program, "import")
    stats = output_of(program, "stats", "--by", "tool", "--json")
    assert totals(stats) == TOTALS
    assert reasoning(stats) == REASONING


def test_it_shows_its_window(program: Path, scratch_home: Path, shown: Screen):
    copy_into(scratch_home)
    with subprocess.Popen([program], env=shown.variables(), stderr=subprocess.PIPE) as running:
        try:
            shown.focus(shown.window("Signal Ledger"))
            wait_for(lambda: shown.colours() > MORE_THAN_BLANK)
            # It has imported by itself, and every page of it opens.
            wait_for(
                lambda: totals(output_of(program, "stats", "--by", "tool", "--json")) == TOTALS
            )
            for number, page in enumerate(PAGES, 1):
                shown.press(f"ctrl+{number}")
                shown.window(f"{page} – Signal Ledger")
            assert running.poll() is None
        finally:
            running.terminate()
    log = scratch_home / ".local" / "state" / "signal-ledger" / "signal-ledger.log"
    assert "a bug" not in log.read_text()


def test_it_carries_nothing_that_it_does_not_need(program: Path):
    files = [str(path.relative_to(program.parent)) for path in program.parent.rglob("*")]
    assert any("Qt6Widgets" in name for name in files)
    assert [name for name in files if any(part in name for part in NOT_WANTED)] == []
