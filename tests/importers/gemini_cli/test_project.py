import hashlib
import json
import os
from pathlib import Path

import pytest

from ledger.importers.gemini_cli.project import Named, directory_of, keeps_days, workspace_of
from tests.importers.gemini_cli.cases import batch, context, gemini, metadata, user


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
    assert directory_of(place, Named(added=["/third"])) == "/home/ada/shop"


def test_the_tools_list_of_projects_is_asked_by_name(tmp_path: Path) -> None:
    (tmp_path / "projects.json").write_text(json.dumps({"projects": {"/home/ada/shop": "shop"}}))
    assert directory_of(folder(tmp_path), Named()) == "/home/ada/shop"


def test_the_tools_list_of_projects_is_asked_by_hash(tmp_path: Path) -> None:
    (tmp_path / "projects.json").write_text(json.dumps({"projects": {"/home/ada/shop": "s2"}}))
    assert directory_of(folder(tmp_path, sha("/home/ada/shop")), Named()) == "/home/ada/shop"


def test_a_changed_file_proves_its_project_by_the_hash(tmp_path: Path) -> None:
    files = ["/home/ada/shop/src/deep/a.py"]
    assert (
        directory_of(folder(tmp_path), Named(sha("/home/ada/shop"), [], files=files))
        == "/home/ada/shop"
    )
    assert directory_of(folder(tmp_path, "x"), Named(sha("/home/ada/other"), [], files=files)) == ""


def test_the_first_named_directory_is_the_last_resort(tmp_path: Path) -> None:
    assert directory_of(folder(tmp_path), Named("", ["/a", "/b"], files=[])) == "/a"


def test_the_hash_picks_among_the_directories_of_the_context_message(tmp_path: Path) -> None:
    workspace = ["/home/ada/docs", "/home/ada/shop"]
    named = Named(sha("/home/ada/shop"), workspace=workspace)
    assert directory_of(folder(tmp_path), named) == "/home/ada/shop"
    assert directory_of(folder(tmp_path, "x"), Named(sha("/other"), workspace=workspace)) == ""
    assert directory_of(folder(tmp_path, "y"), Named(workspace=workspace)) == ""


def test_the_only_directory_of_the_context_message_needs_no_hash(tmp_path: Path) -> None:
    assert directory_of(folder(tmp_path), Named(workspace=["/home/ada/shop"])) == "/home/ada/shop"


@pytest.mark.parametrize(
    ("hashed", "named"),
    [
        ("/home/ada/shop", "/home/ada/shop/"),
        ("/home/ada/cafe\u0301", "/home/ada/caf\u00e9"),
        ("/home/ada/caf\u00e9", "/home/ada/cafe\u0301"),
        ("c:\\Users\\ada\\shop", "C:\\Users\\ada\\shop"),
        ("c:/users/ada/shop", "C:\\Users\\Ada\\Shop"),
    ],
)
def test_the_hash_confirms_another_spelling(tmp_path: Path, hashed: str, named: str) -> None:
    assert directory_of(folder(tmp_path), Named(sha(hashed), workspace=[named])) == named


def test_the_context_message_names_the_project(tmp_path: Path) -> None:
    begins = {"$set": {"messages": [user("c", context("/home/ada/docs", "/home/ada/shop"), 0)]}}
    known = metadata(projectHash=sha("/home/ada/shop"))
    parts = batch(tmp_path, known, begins, user("u1", "Hi"), gemini("g1"))
    assert {part.directory for part in (*parts.sessions, *parts.prompts)} == {"/home/ada/shop"}


def test_only_the_tool_itself_names_the_workspace(tmp_path: Path) -> None:
    pasted = f"Why does it say this?\n{context('/home/ada/shop')}"
    parts = batch(tmp_path, metadata(projectHash=None), user("u1", pasted), gemini("g1"))
    assert parts.sessions[0].directory == ""


@pytest.mark.parametrize(
    ("said", "directories"),
    [
        (context("/a b/c", "/d"), ["/a b/c", "/d"]),
        ("I'm currently working in the directory: /home/ada/shop\nIt holds:", ["/home/ada/shop"]),
        ("I'm currently working in the following directories:\n  - /a\n  - /b\nx", ["/a", "/b"]),
        ("- **Workspace Directories:**\nnone", []),
        ("", []),
    ],
)
def test_newer_and_older_context_messages_are_read(said: str, directories: list[str]) -> None:
    assert workspace_of([said]) == directories


def test_paths_the_tool_notes_at_the_end_prove_the_project_by_the_hash(tmp_path: Path) -> None:
    touched = {
        "$set": {"memoryScratchpad": {"version": 1, "touchedPaths": ["/home/ada/shop/a.py"]}}
    }
    known = metadata(projectHash=sha("/home/ada/shop"))
    parts = batch(tmp_path, known, user("u1", "Hi"), gemini("g1"), touched)
    assert parts.sessions[0].directory == "/home/ada/shop"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"projects": 3}', b"\xff", b"{" * 5000])
def test_a_damaged_list_of_projects_tells_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "projects.json").write_bytes(content)
    assert directory_of(folder(tmp_path), Named()) == ""


def test_a_pipe_in_place_of_the_note_does_not_hold_us(tmp_path: Path) -> None:
    place = folder(tmp_path)
    os.mkfifo(place / ".project_root")
    assert directory_of(place, Named()) == ""


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
