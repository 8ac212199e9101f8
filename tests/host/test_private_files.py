import os
import stat
from pathlib import Path

import pytest

from ledger.host.private_files import private_dir, replacing_private, write_private


def test_a_file_is_replaced_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old and longer")
    path.chmod(0o644)
    write_private(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.json"]


def test_a_disk_that_refuses_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(path, b"new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.json"]


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.json"
    target.write_text("old")
    link = tmp_path / "settings.json"
    link.symlink_to(target)
    write_private(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_folder_opened_up_on_purpose_stays_so(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    private_dir(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_a_file_that_is_written_piece_by_piece_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old")
    with replacing_private(path) as file:
        file.write(b"new ")
        assert path.read_text() == "old"
        file.write(b"text")
    assert path.read_text() == "new text"
    with pytest.raises(TypeError), replacing_private(path) as file:
        file.writelines([b"half", None])
    assert path.read_text() == "new text"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.jsonl"]
