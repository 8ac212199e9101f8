"""A first evening with logs and a repository: suggestions with a reason, before any tag."""

import subprocess
from pathlib import Path

import pytest

from tests.flows.claude_work import worked
from tests.git_worlds import DAY_S, EDIT_S, World, code
from tests.making import START_MS, claude_lines
from tests.whole.running import command_output, run

START_DAY = (START_MS / 1000 - EDIT_S) / DAY_S  # as the generated repositories count days
KEPT, REVERTED = code(3, 4), code(5, 6)


def write_log(home: Path, session: str, path: Path, text: str) -> None:
    """Write a session in which one file is made."""
    rows = [
        line.replace('"s1"', f'"{session}"').replace("m-w", f"m-{session}").replace("w-", session)
        for line in worked(str(path), text)
    ]
    lines = [*claude_lines(session, 1, cwd=str(path.parent)), *rows]
    log = home / ".claude" / "projects" / "-src-atlas" / f"{session}.jsonl"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join(line + "\n" for line in lines))


@pytest.fixture
def evening(scratch_home: Path, tmp_path: Path) -> World:
    """One output that landed on the default branch, and one that was taken back by hand."""
    world = World.begun(tmp_path / "atlas")
    write_log(scratch_home, "s1", world.path("kept"), KEPT)
    write_log(scratch_home, "s2", world.path("gone"), REVERTED)
    world.commit("both", at=START_DAY + 0.5, kept=KEPT, gone=REVERTED)
    world.path("gone").write_text("")
    world.commit("not that one", at=START_DAY + 2)
    world.commit("other work", at=START_DAY + 9, other=code(9))
    return world


def test_the_first_evening_has_suggestions_with_reasons_from_git(evening: World):
    command_output("import")
    before = run("stats", "--json").stdout
    assert command_output("evidence")[0]["looks"] > 0
    suggested = command_output("suggest")
    by_tag = {item["suggestion"]: item for item in suggested}
    assert set(by_tag) == {"kept", "thrown-away"}
    kept, gone = by_tag["kept"], by_tag["thrown-away"]
    assert (kept["survival"], kept["landed"], kept["horizon"]) == (1.0, 1.0, "7 days")
    assert "default branch after 7 days" in kept["why"]
    assert gone["survival"] == 0.0
    assert kept["confidence"] >= 0.8
    assert {item["tag"] for item in suggested} == {None}
    assert run("stats", "--json").stdout == before  # a suggestion changes no figure

    evidence = command_output("evidence", kept["id"])[0]
    assert [item["horizon"] for item in evidence["survival"]] == [
        "now",
        "1 day",
        "7 days",
        "30 days",
    ]
    assert evidence["observation"]["files"][0]["path"] == str(evening.path("kept"))

    [question, *_] = command_output("questions", "--first", "--days", "3650")
    assert question["interactions"]
    command_output("questions", "--answer", question["id"], "kept")
    assert {row["tag"] for row in command_output("list")} >= {"kept"}


def test_looking_at_a_repository_leaves_it_as_it_was(evening: World):
    def state() -> str:
        command = ["git", "-C", str(evening.root), "status", "--porcelain=v2", "--branch"]
        status = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        files = sorted(
            (str(path.relative_to(evening.root)), path.stat().st_mtime_ns)
            for path in (evening.root / ".git").rglob("*")
            if path.name != "index"  # `git status` itself refreshes it
        )
        return f"{status}{files}"

    command_output("import")
    before = state()
    command_output("evidence")
    assert state() == before
