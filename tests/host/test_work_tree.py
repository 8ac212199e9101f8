"""Files of a work tree are read plainly; what is no ordinary file is not read."""

import os
from pathlib import Path

from ledger.host.work_tree import is_there, read_file, root_of


def test_an_ordinary_file_is_read(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"words")
    assert read_file(str(tmp_path / "a"), 5) == b"words"
    assert read_file(str(tmp_path / "a"), 4) is None


def test_anything_else_is_not(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"words")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "gone", "", "a/b", "null\0"):
        assert read_file(f"{tmp_path}/{name}", 100) is None
    assert read_file("/dev/zero", 100) is None


def test_the_root_is_the_nearest_folder_with_git_in_it(tmp_path: Path):
    inner = tmp_path / "r" / "part" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "r" / ".git").mkdir()
    assert root_of(str(inner / "a.py")) == str(tmp_path / "r")
    (tmp_path / "r" / "part" / ".git").write_text("gitdir: elsewhere\n")
    assert root_of(str(inner / "a.py")) == str(tmp_path / "r" / "part")
    assert root_of(str(inner / "gone" / "deeper" / "a.py")) == str(tmp_path / "r" / "part")


def test_outside_there_is_none(tmp_path: Path):
    assert root_of(str(tmp_path / "a.py")) is None
    assert root_of("/a\0b") is None


def test_what_is_there_is_there_even_as_a_broken_link(tmp_path: Path):
    (tmp_path / "link").symlink_to("nowhere")
    assert is_there(str(tmp_path / "link"))
    assert not is_there(str(tmp_path / "gone"))
    assert not is_there("null\0")
