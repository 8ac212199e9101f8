"""The shell functions that install the program look first, and say plainly what is missing."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.files import ROOT

SCRIPTS = ("resources/install", "resources/start", "resources/lock", "tests/run", ".ci/run")


def run(folder: Path, script: str, **stubs: str) -> subprocess.CompletedProcess[str]:
    """Run shell lines after `resources/install`, with these programs in place of the real ones."""
    for name, body in stubs.items():
        stub = folder / name.replace("_", "-")
        stub.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        stub.chmod(0o755)
    return subprocess.run(
        ["sh", "-euc", f'root="{ROOT}"; . "$root/resources/install"; {script}'],
        env=os.environ | {"PATH": f"{folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_can_be_parsed(name: str):
    assert subprocess.run(["sh", "-n", ROOT / name]).returncode == 0


def test_nothing_is_installed_when_everything_is_there(tmp_path: Path):
    result = run(
        tmp_path,
        "need_packages one two",
        dpkg_query="echo install ok installed",
        apt_get=f"touch {tmp_path}/called",
    )
    assert (result.returncode, result.stdout) == (0, "")
    assert not (tmp_path / "called").exists()


def test_only_what_is_missing_is_installed(tmp_path: Path):
    result = run(
        tmp_path,
        "need_packages there lacking",
        dpkg_query="case $* in *lacking*) exit 1;; esac; echo install ok installed",
        id="echo 0",
        apt_get=f'echo "$@" >>{tmp_path}/called',
    )
    assert result.returncode == 0, result.stderr
    update, install = (tmp_path / "called").read_text(encoding="utf-8").splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install --no-install-recommends -y lacking")


def test_a_package_under_its_newer_name_counts(tmp_path: Path):
    answer = 'case $* in *libqt*t64*) echo "install ok installed";; *) exit 1;; esac'
    assert run(tmp_path, "is_installed libqt", dpkg_query=answer).returncode == 0
    assert run(tmp_path, "is_installed libother", dpkg_query=answer).returncode == 1


def test_lists_that_cannot_be_renewed_do_not_stop_the_rest(tmp_path: Path):
    result = run(
        tmp_path,
        "need_packages lacking; echo went on",
        dpkg_query="exit 1",
        id="echo 0",
        apt_get='case $* in *update*) echo "no such host"; exit 100;; esac',
    )
    assert result.returncode == 0
    assert "went on" in result.stdout
    assert "no such host" in result.stderr


def test_what_apt_said_is_shown_when_it_fails(tmp_path: Path):
    result = run(
        tmp_path,
        "need_packages lacking; echo went on",
        dpkg_query="exit 1",
        id="echo 0",
        apt_get="echo the disk is full; exit 100",
    )
    assert result.returncode == 1
    assert "the disk is full" in result.stderr
    assert "could not be installed" in result.stderr
    assert "went on" not in result.stdout


def test_without_root_and_sudo_the_packages_are_named(tmp_path: Path):
    result = run(
        tmp_path,
        'command() { [ "$2" != sudo ]; }; need_packages lacking',
        dpkg_query="exit 1",
        id="echo 1000",
    )
    assert result.returncode == 1
    assert "apt-get install lacking" in result.stderr


def test_a_machine_without_a_fitting_python_is_told_which(tmp_path: Path):
    result = run(tmp_path, "PYTHON=/bin/false; find_python")
    assert result.returncode == 1
    assert "Python 3.11, 3.12 or 3.13" in result.stderr


def test_the_readme_names_the_commands_that_ci_runs():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "sh resources/start" in readme
    assert "sh tests/run" in readme
    assert "exec sh tests/run" in (ROOT / ".ci/run").read_text(encoding="utf-8")
