"""The walls around every test hold: no network, no screen, no home but a scratch one."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FOLDERS, MOVED, NetworkTouchedError


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_connecting_is_refused_even_where_exceptions_are_swallowed(family: socket.AddressFamily):
    address = "127.0.0.1" if family == socket.AF_INET else "::1"
    with socket.socket(family) as outside, pytest.raises(NetworkTouchedError):
        outside.connect((address, 9))
    assert not issubclass(NetworkTouchedError, Exception)


def test_looking_a_name_up_is_refused():
    with pytest.raises(NetworkTouchedError):
        socket.getaddrinfo("localhost", 80)


def test_a_socket_of_this_machine_is_allowed(tmp_path: Path):
    with socket.socket(socket.AF_UNIX) as inside:
        inside.bind(str(tmp_path / "s"))
    assert (tmp_path / "s").is_socket()


def test_home_and_its_folders_are_empty_and_scratch(scratch_home: Path, tmp_path: Path):
    assert Path.home() == scratch_home
    assert scratch_home.parent == tmp_path.parent
    for variable in FOLDERS:
        assert Path(os.environ[variable]).is_relative_to(scratch_home)
        assert not any(Path(os.environ[variable]).iterdir())
    assert not set(MOVED) & set(os.environ)


def test_a_program_started_by_a_test_gets_the_scratch_home(scratch_home: Path):
    said = subprocess.run(
        [sys.executable, "-c", "import pathlib; print(pathlib.Path.home())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == str(scratch_home)


def test_files_are_not_private_by_accident(tmp_path: Path):
    made = tmp_path / "made"
    made.write_text("")
    assert made.stat().st_mode & 0o777 == 0o644
