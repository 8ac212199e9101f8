"""Git is asked in one place, with limits, and says why not in our words."""

import os
from pathlib import Path

import pytest

from ledger.core.errors import GitError
from ledger.host import git
from tests.git_worlds import World


def made(tmp_path: Path) -> str:
    return str(World.begun(tmp_path / "r").root)


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Put a program in git's place."""
    path = folder / "git"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setattr(git, "program", lambda: str(path))


def test_it_answers(tmp_path: Path):
    assert git.ask(made(tmp_path), "rev-parse", "--is-shallow-repository") == b"false\n"


def test_other_commands_are_refused(tmp_path: Path):
    for command in ("fetch", "status", "diff", "show", "config", "gc", "--exec-path"):
        with pytest.raises(ValueError, match=command):
            git.ask(str(tmp_path), command)


def test_a_folder_without_a_repository_says_so(tmp_path: Path):
    with pytest.raises(GitError, match="no git repository"):
        git.ask(str(tmp_path), "rev-parse", "HEAD")


def test_a_bare_repository_inside_another_is_not_taken_for_one(tmp_path: Path):
    World.begun(tmp_path / "r").git("clone", "--quiet", "--bare", ".", "inside")
    with pytest.raises(GitError):
        git.ask(str(tmp_path / "r" / "inside"), "rev-parse", "HEAD")


@pytest.mark.parametrize("root", ["gone", "with\0null"])
def test_a_folder_that_is_gone_says_so(tmp_path: Path, root: str):
    with pytest.raises(GitError, match="could not look"):
        git.ask(str(tmp_path / root), "rev-parse", "HEAD")


def test_git_s_own_words_are_not_passed_on(tmp_path: Path):
    with pytest.raises(GitError) as raised:
        git.ask(made(tmp_path), "rev-parse", "--verify", "--end-of-options", "secret-name")
    assert "secret" not in str(raised.value)


def test_it_gets_an_environment_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("GIT_SSH_COMMAND", "evil")
    stand_in(monkeypatch, tmp_path, "/usr/bin/env")
    names = {line.partition(b"=")[0] for line in git.ask(str(tmp_path), "log").splitlines()}
    assert names - {b"PWD", b"SHLVL", b"_", b"OLDPWD"} == {b"PATH"} | {
        name.encode() for name in git._ENVIRONMENT
    }


def test_every_call_switches_off_what_runs_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    stand_in(monkeypatch, tmp_path, 'echo "$@"')
    output = git.ask(str(tmp_path), "log", "x").decode()
    assert output.startswith("--no-pager --literal-pathspecs -c core.fsmonitor=false")
    assert output.endswith("log x\n")
    assert "core.hooksPath=/dev/null" in output


def test_an_answer_that_does_not_come_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(git, "PATIENCE_S", 0.1)
    for script in ("exec /bin/sleep 60", "exec >&- 2>&-; exec /bin/sleep 60"):
        stand_in(monkeypatch, tmp_path, script)
        with pytest.raises(GitError, match="did not answer"):
            git.ask(str(tmp_path), "log")


def test_an_answer_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(git, "LARGEST", 100_000)
    stand_in(monkeypatch, tmp_path, "exec /bin/cat /dev/zero")
    with pytest.raises(GitError, match="too long"):
        git.ask(str(tmp_path), "log")


def test_complaints_without_end_fill_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, tmp_path, "/usr/bin/head -c 3000000 /dev/zero >&2; echo fine")
    assert git.ask(str(tmp_path), "log") == b"fine\n"


def test_it_reads_what_it_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, tmp_path, "exec /bin/cat")
    assert git.ask(str(tmp_path), "log", about=b"x" * 30_000) == b"x" * 30_000
    stand_in(monkeypatch, tmp_path, "exit 0")
    assert git.ask(str(tmp_path), "log", about=b"x" * 30_000) == b""
    with pytest.raises(ValueError, match="40000"):
        git.ask(str(tmp_path), "log", about=b"x" * 40_000)


def test_without_git_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch):
    git.program.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GitError, match="Git was not found"):
        git.program()
    monkeypatch.undo()
    assert os.path.isabs(git.program())


@pytest.mark.parametrize(
    ("version", "obeys"),
    [
        ("2.39.5", True), ("2.39.3", False), ("2.44.0", False), ("2.44.1", True),
        ("2.45.0", True), ("2.52.0.windows.1", True), ("3.0", True), ("2.30.2", False),
        ("2.40", False), ("odd", False), ("", False),
    ],
)  # fmt: skip
def test_an_old_git_is_known_to_fetch_though_told_not_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, obeys: bool
):
    stand_in(monkeypatch, tmp_path, f"echo git version {version}")
    git.refrains_from_fetching.cache_clear()
    assert git.refrains_from_fetching() is obeys
    monkeypatch.undo()
    git.refrains_from_fetching.cache_clear()


def test_a_git_that_cannot_be_started_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(git, "program", lambda: str(tmp_path / "gone"))
    with pytest.raises(GitError, match="could not look"):
        git.ask(str(tmp_path), "log")


def test_no_command_of_the_list_writes_fetches_or_looks_at_the_work_tree():
    assert {"rev-list", "cat-file", "diff-tree"} <= git.ALLOWED
    assert not git.ALLOWED & {"fetch", "gc", "config", "blame", "show", "diff", "status"}
