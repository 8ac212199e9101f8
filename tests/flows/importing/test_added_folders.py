import os

import pytest

from ledger.core.vocabulary import Tool
from ledger.flows.importing.added_folders import places_of
from ledger.flows.importing.discovery import jobs, scan_places
from ledger.importers.base import Home
from tests.making import claude_log


def added(home, *entries):
    """What stands for the added folders: the tool, the folder and why it is not read."""
    return [
        (place.tool, str(place.place.path), place.reason)
        for place in places_of(Home(home, {}, entries))
        if place.place.why == "settings"
    ]


def folder(*names):
    path = names[0].joinpath(*names[1:])
    path.mkdir(parents=True)
    return path


def test_another_home_folder_is_known_by_what_tools_keep_in_it(tmp_path):
    other = tmp_path / "backup"
    claude = folder(other, ".claude", "projects")
    codex = folder(other, ".codex", "sessions")
    gemini = folder(other, ".gemini", "tmp")
    assert added(tmp_path, str(other)) == [
        (Tool.CLAUDE_CODE, str(claude), ""),
        (Tool.CODEX, str(codex), ""),
        (Tool.GEMINI_CLI, str(gemini), ""),
    ]
    assert added(tmp_path, "~/backup") == added(tmp_path, str(other))


@pytest.mark.parametrize(
    ("tool", "names"),
    [
        (Tool.CLAUDE_CODE, ("projects", "-home-ada-shop")),
        (Tool.CLAUDE_CODE, ("projects", "C--Users-ada")),
        (Tool.CODEX, ("sessions", "2026")),
        (Tool.CODEX, ("archived_sessions", "rollout-1.jsonl")),
        (Tool.GEMINI_CLI, ("tmp", "shop", "chats")),
        (Tool.CLAUDE_CODE, ("local-agent-mode-sessions", "a")),
    ],
)
def test_a_tools_own_folder_is_known_by_what_lies_in_it(tmp_path, tool, names):
    own = tmp_path / "copy"
    folder(own, *names)
    assert added(tmp_path, str(own)) == [(tool, str(own / names[0]), "")]
    assert added(tmp_path, str(own / names[0])) == [(tool, str(own / names[0]), "")]


def test_a_home_folder_with_projects_of_another_kind_is_not_searched(tmp_path):
    folder(tmp_path, "people", "projects", "shop")
    reasons = {reason for _, _, reason in added(tmp_path, str(tmp_path / "people"))}
    assert reasons == {"nothing in it looks like this tool’s logs"}


def test_a_folder_that_is_not_there_stands_with_each_tool(tmp_path):
    gone = added(tmp_path, str(tmp_path / "gone"))
    assert {reason for _, _, reason in gone} == {"there is no such folder"}
    assert {tool for tool, _, _ in gone} == {Tool.CLAUDE_CODE, Tool.CODEX, Tool.GEMINI_CLI}


def test_whoever_says_whose_logs_they_are_is_believed(tmp_path):
    odd = folder(tmp_path, "odd")
    assert added(tmp_path, f"codex: {odd}") == [(Tool.CODEX, str(odd), "")]
    assert added(tmp_path, f"codex:{odd}") == added(tmp_path, "codex: ~/odd")


def test_the_same_folder_under_two_names_is_read_once(tmp_path):
    log = claude_log(tmp_path)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / ".claude")
    moved = tmp_path / "moved"
    moved.symlink_to(tmp_path / ".claude" / "projects")
    home = Home(
        tmp_path,
        {"CLAUDE_CONFIG_DIR": f"{link},{tmp_path / '.claude'}/"},
        (str(tmp_path), f"claude-code: {moved}", str(tmp_path)),
    )
    scans = [scan for scan in scan_places(home) if scan.tool is Tool.CLAUDE_CODE]
    assert [len(scan.files) for scan in scans] == [1, 0, 0, 0, 0]
    assert {scan.reason for scan in scans[1:]} == {
        f"the same folder as {link / 'projects'}, which is read"
    }
    path = str(link / "projects" / log.parent.name / log.name)
    assert [job.path for job in jobs(scans, {})] == [path]
    assert jobs(scan_places(home, only={str(log)}), {}) == []  # a watcher saw it there


def test_a_folder_that_is_read_already_is_not_read_again(tmp_path):
    claude_log(tmp_path)
    scans = scan_places(Home(tmp_path, {}, (str(tmp_path),)))
    assert sum(len(scan.files) for scan in scans) == 1
    assert ("settings", True) in {(scan.place.why, bool(scan.reason)) for scan in scans}


@pytest.mark.parametrize(
    ("variables", "base"),
    [
        ({}, ".config"),
        ({}, "Library/Application Support"),
        ({}, "AppData/Roaming"),
        ({"APPDATA": "{home}/roaming"}, "roaming"),
        ({"XDG_CONFIG_HOME": "{home}/xdg"}, "xdg"),
    ],
)
def test_the_sessions_of_cowork_are_read_and_its_copies_are_not(tmp_path, variables, base):
    session = tmp_path / base / "Claude" / "local-agent-mode-sessions" / "a" / "b" / "local_7"
    log = claude_log(session)
    (session / "audit.jsonl").write_text(log.read_text())
    folder(session, "outputs").joinpath("rows.jsonl").write_text("{}\n")
    filled = {key: value.format(home=tmp_path) for key, value in variables.items()}
    scans = scan_places(Home(tmp_path, filled))
    assert [file.path for scan in scans for file in scan.files] == [str(log)]


def test_a_home_whose_name_is_no_utf_8_is_searched(tmp_path):
    home = tmp_path / os.fsdecode(b"h\xff\xe9")
    log = claude_log(home)
    scans = scan_places(Home(home, {}))
    assert [os.fsencode(file.path) for scan in scans for file in scan.files] == [os.fsencode(log)]
