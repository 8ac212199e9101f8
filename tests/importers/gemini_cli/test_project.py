import hashlib
import json
import os
from pathlib import Path

import pytest

from ledger.importers.gemini_cli.project import directory_of, keeps_days


def sha(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()


def folder(root: Path, name: str = "shop") -> Path:
    path = root / "tmp" / name
    path.mkdir(parents=True)
    return path


def test_the_folders_own_note_is_believed_first(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / ".project_root").write_text("/home/ada/shop\n")
    (tmp_path / "projects.json").write_text(json.dumps({"projects": {"/other": "shop"}}))
    assert directory_of(place, "", ["/third"], []) == "/home/ada/shop"


def test_the_tools_list_of_projects_is_asked_by_name(tmp_path: Path) -> None:
    (tmp_path / "projects.json").write_text(json.dumps({"projects": {"/home/ada/shop": "shop"}}))
    assert directory_of(folder(tmp_path), "", [], []) == "/home/ada/shop"


def test_the_tools_list_of_projects_is_asked_by_hash(tmp_path: Path) -> None:
    (tmp_path / "projects.json").write_text(json.dumps({"projects": {"/home/ada/shop": "s2"}}))
    assert directory_of(folder(tmp_path, sha("/home/ada/shop")), "", [], []) == "/home/ada/shop"


def test_a_changed_file_proves_its_project_by_the_hash(tmp_path: Path) -> None:
    files = ["/home/ada/shop/src/deep/a.py"]
    assert directory_of(folder(tmp_path), sha("/home/ada/shop"), [], files) == "/home/ada/shop"
    assert directory_of(folder(tmp_path, "x"), sha("/home/ada/other"), [], files) == ""


def test_the_first_named_directory_is_the_last_resort(tmp_path: Path) -> None:
    assert directory_of(folder(tmp_path), "", ["/a", "/b"], []) == "/a"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"projects": 3}', b"\xff", b"{" * 5000])
def test_a_damaged_list_of_projects_tells_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "projects.json").write_bytes(content)
    assert directory_of(folder(tmp_path), "", [], []) == ""


def test_a_pipe_in_place_of_the_note_does_not_hold_us(tmp_path: Path) -> None:
    place = folder(tmp_path)
    os.mkfifo(place / ".project_root")
    assert directory_of(place, "", [], []) == ""


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        (None, 30),
        ({}, 30),
        ({"general": {"sessionRetention": {"maxAge": "7d"}}}, 7),
        ({"general": {"sessionRetention": {"maxAge": "48h"}}}, 2),
        ({"general": {"sessionRetention": {"maxAge": "soon"}}}, 30),
        ({"general": {"sessionRetention": {"enabled": False, "maxAge": "7d"}}}, None),
        ({"general": 5}, 30),
    ],
)
def test_the_tools_retention_is_read(tmp_path: Path, settings: object, days: int | None) -> None:
    if settings is not None:
        (tmp_path / "settings.json").write_text(json.dumps(settings))
    assert keeps_days(tmp_path) == days
