"""Where a session was opened, by the name of the folder that holds its log."""

import json

import pytest

from ledger.core.folders import flattened
from ledger.core.parts import Batch
from ledger.importers.claude_code import project
from ledger.importers.claude_code.importer import ClaudeCode
from ledger.importers.claude_code.project import directory_of, opened_in
from tests.making import claude_lines


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder with a project's logs; the disk has none of the directories."""
    monkeypatch.setattr(project, "_existing", lambda _name: iter(()))
    folder = tmp_path / ".claude" / "projects" / "-home-ada-my-shop"
    folder.mkdir(parents=True)
    return tmp_path


@pytest.fixture
def log(home):
    return home / ".claude" / "projects" / "-home-ada-my-shop" / "s1.jsonl"


def knows(place, *paths):
    place.write_text(json.dumps({"projects": {path: {} for path in paths}}))


def test_the_one_known_path_of_that_name_is_it(home, log):
    knows(home / ".claude.json", "/home/ada/other", "/home/ada/my.shop")
    assert directory_of(log) == "/home/ada/my.shop"
    subagent = log.parent / "s1" / "subagents" / "agent-1.jsonl"
    assert directory_of(subagent) == "/home/ada/my.shop"


def test_the_settings_may_lie_in_the_folder_of_the_settings(home, log):
    knows(home / ".claude" / ".claude.json", "/home/ada/my-shop")
    assert directory_of(log) == "/home/ada/my-shop"


def test_a_worktree_is_named_after_the_repository_it_is_of(home, log):
    knows(home / ".claude.json", "/home/ada/my.shop")
    worktree = log.parent.with_name("-home-ada-my-shop--claude-worktrees-brave-otter")
    assert directory_of(worktree / "s.jsonl") == "/home/ada/my.shop/.claude/worktrees/brave-otter"


def test_of_two_known_paths_neither_is_guessed(home, log):
    knows(home / ".claude.json", "/home/ada/my/shop", "/home/ada/my-shop")
    assert directory_of(log) == "-home-ada-my-shop"


@pytest.mark.parametrize(
    "settings", ["", "[]", '{"projects": 5}', '{"projects": null}', "[" * 9999]
)
def test_without_settings_that_can_be_read_the_folders_name_is_better_than_nothing(
    home, log, settings
):
    (home / ".claude.json").write_text(settings)
    assert directory_of(log) == "-home-ada-my-shop"


def test_the_one_folder_on_the_disk_that_has_the_name_is_it(tmp_path):
    shop = tmp_path / "my.shop" / "api"
    shop.mkdir(parents=True)
    logs = tmp_path / "logs" / flattened(str(shop))
    assert directory_of(logs / "s1.jsonl") == str(shop)
    (tmp_path / "my-shop" / "api").mkdir(parents=True)
    assert directory_of(logs / "s1.jsonl") == flattened(str(shop))


@pytest.mark.parametrize(
    ("folder", "directory", "opened"),
    [
        ("-home-ada-my-shop", "/home/ada/my.shop", "/home/ada/my.shop"),
        ("-home-ada-my-shop", "/home/ada/my.shop/api/src", "/home/ada/my.shop"),
        ("-home-ada-my-shop", "/home/ada/other", "/home/ada/other"),
        ("-home-ada-my-shop", "/home/ada/my", "/home/ada/my"),
        ("C--code-shop", "C:\\code\\shop\\api", "C:\\code\\shop"),
        ("logs", "/home/ada/my.shop/api", "/home/ada/my.shop/api"),
        ("-home-ada-my-shop", "", ""),
    ],
)
def test_a_session_was_opened_in_the_folder_above_that_its_log_lies_under(
    tmp_path, folder, directory, opened
):
    assert opened_in(tmp_path / folder / "s1.jsonl", directory) == opened
    assert opened_in(tmp_path / folder / "s1" / "subagents" / "a.jsonl", directory) == opened


def test_a_log_in_no_such_folder_tells_nothing(tmp_path):
    assert directory_of(tmp_path / "logs" / "s1.jsonl") == ""


def test_rows_without_a_directory_are_of_the_folder_and_later_ones_may_say_more(home, log):
    knows(home / ".claude.json", "/home/ada/my-shop")
    rows = [json.loads(line) for line in claude_lines("s1", 2)]
    for row in rows[:2]:
        del row["cwd"]
    lines = [(number, json.dumps(row).encode()) for number, row in enumerate(rows)]
    batch = Batch()
    ClaudeCode().read(log, lines, "", batch)
    directories = [part.directory for part in batch.sessions]
    assert set(directories[:-1]) == {"/home/ada/my-shop"}
    assert directories[-1] == "/home/ada/atlas"
