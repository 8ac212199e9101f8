"""A repository whose configuration names programs gets none of them run, and nothing written."""

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.core.errors import GitError
from ledger.flows.evidence.survival import GitSurvival, SurvivalQuery
from ledger.host import git_history
from ledger.host.git_objects import Objects
from tests.git_worlds import EDIT_S, KEY, World, code, edited

OLD, NEW = code(1, 2, 3), code(1, 11, 2, 12, 13, 3)
HOOKS = (
    "fsmonitor-watchman", "post-checkout", "post-commit", "post-index-change", "post-rewrite",
    "pre-auto-gc", "pre-commit", "reference-transaction", "update",
)  # fmt: skip
# Each is a way in which a repository's own configuration makes git start a program.
KEYS: dict[str, dict[str, str]] = {
    "core.fsmonitor": {"core.fsmonitor": "{}"},
    "core.hooksPath": {"core.hooksPath": "{hooks}"},
    "gpg.program": {"gpg.program": "{}", "log.showSignature": "true"},
    "gpg.openpgp.program": {"gpg.openpgp.program": "{}", "log.showSignature": "true"},
    "gpg.ssh.program": {"gpg.ssh.program": "{}", "gpg.format": "ssh", "log.showSignature": "true"},
    "diff.external": {"diff.external": "{}"},
    "diff.command": {"diff.evil.command": "{}"},
    "diff.textconv": {"diff.evil.textconv": "{}", "diff.evil.cachetextconv": "true"},
    "filter.clean": {"filter.evil.clean": "{}", "filter.evil.required": "true"},
    "filter.smudge": {"filter.evil.smudge": "{}"},
    "filter.process": {"filter.evil.process": "{}"},
    "merge.driver": {"merge.evil.driver": "{}"},
    "core.pager": {"core.pager": "{}", "pager.log": "{}", "pager.rev-list": "{}"},
    "core.editor": {"core.editor": "{}", "sequence.editor": "{}"},
    "alias": {f"alias.{name}": "!{}" for name in ("log", "rev-list", "diff-tree", "cat-file")},
    "core.alternateRefsCommand": {"core.alternateRefsCommand": "{}"},
    "uploadpack": {"remote.origin.uploadpack": "{}", "remote.origin.url": "{other}"},
    "ext transport": {"remote.origin.url": "ext::{}", "protocol.ext.allow": "always"},
    "remote helper": {"remote.origin.vcs": "evil", "remote.origin.url": "{other}"},
    "ssh": {"core.sshCommand": "{}", "remote.origin.url": "ssh://nowhere.invalid/x"},
    "proxy": {"core.gitProxy": "{}", "remote.origin.url": "git://nowhere.invalid/x"},
    "credentials": {"credential.helper": "!{}", "remote.origin.url": "https://nowhere.invalid/x"},
    "packObjectsHook": {"uploadpack.packObjectsHook": "{}", "remote.origin.url": "{other}"},
}
PARTIAL = {"uploadpack", "ext transport", "remote helper", "ssh", "proxy", "credentials",
           "packObjectsHook", "core.alternateRefsCommand"}  # fmt: skip
# What plain git runs when a person types it, to see that the trap works.
PLAIN = {
    "core.fsmonitor": ("status",),
    "core.hooksPath": ("commit", "--allow-empty", "-m", "x"),
    "gpg.program": ("log", "-1"),
    "gpg.openpgp.program": ("log", "-1"),
    "diff.external": ("diff",),
    "diff.command": ("diff",),
    "diff.textconv": ("diff",),
    "filter.clean": ("diff",),
    "filter.process": ("diff",),
    "uploadpack": ("log", "-p", "--all"),
    "ext transport": ("log", "-p", "--all"),
}


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a repository with attributes that ask for drivers, and a signed commit."""
    world = World.begun(tmp_path_factory.mktemp("hostile") / "r", tool=OLD, other=code(4, 5))
    (world.root / ".gitattributes").write_text("*.py diff=evil filter=evil merge=evil\n")
    world.commit("the edit", at=0.1, tool=NEW)
    world.git("mv", "other.py", "another.py", at=2)
    world.commit("rename", at=2, tool=code(1, 11, 2, 3))
    raw = world.git("cat-file", "commit", "HEAD")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----\n\n"
    (world.root / "signed").write_text(raw.replace("\n\n", f"\n{signature}", 1), newline="\n")
    oid = world.git("hash-object", "-t", "commit", "-w", "signed").strip()
    (world.root / "signed").unlink()
    world.git("reset", "--quiet", "--hard", oid)
    world.write(tool=code(1, 11, 3))
    return world


def trapped(victim: World, folder: Path, key: str) -> tuple[World, Path]:
    """Return a copy whose configuration names a program, and the flag that the program raises."""
    flag, script = folder / "flag", folder / "script"
    script.write_text(f"#!/bin/sh\necho ran >> {flag}\nexit 1\n")
    script.chmod(0o755)
    hooks = folder / "hooks"
    hooks.mkdir()
    for name in HOOKS:
        (hooks / name).symlink_to(script)
    (folder / "git-remote-evil").symlink_to(script)
    subprocess.run(["cp", "-a", str(victim.root), str(folder / "r")], check=True)
    world = World(folder / "r")
    for name, value in KEYS[key].items():
        world.git(
            "config", name,
            value.replace("{hooks}", str(hooks)).replace("{other}", str(victim.root))
            .replace("{}", str(script)),
        )  # fmt: skip
    if key in PARTIAL:
        make_partial(world)
    return world, flag


def make_partial(world: World) -> None:
    """Take away the contents of an old file, as a partial clone would not have them."""
    oid = world.git("rev-parse", "HEAD~2:tool.py").strip()
    (world.root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    packs = world.root / ".git" / "objects" / "pack"
    (packs / "pack-0000.promisor").touch()
    world.git("config", "core.repositoryFormatVersion", "1")
    world.git("config", "extensions.partialClone", "origin")
    world.git("config", "remote.origin.promisor", "true")


def state(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Return everything that lies in a folder with its time and content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = (about.st_mtime_ns, about.st_mode, content)
    return found


def ask_everything(world: World) -> int:
    """Make every call of git that the product makes; return how many were answered."""
    root = str(world.root)
    answered = 0
    first, last = "HEAD~2", "HEAD"
    calls: list[Callable[[], object]] = [
        lambda: git_history.refs(root),
        lambda: git_history.commits(root, last),
        lambda: git_history.commits_to(root, last, ["tool.py"], first),
        lambda: git_history.moves(root, last),
        lambda: git_history.differences(root, first, last),
        lambda: git_history.introduced(root, [(world.head(), first)]),
        lambda: git_history.is_listed(root, last, "tool.py"),
    ]
    for call in calls:
        try:
            call()
            answered += 1
        except GitError:
            continue
    for knows_commands in (True, False):
        with Objects(root) as objects:
            objects._knows_commands = knows_commands
            for name in (f"{last}:tool.py", f"{first}:tool.py", f"{first}:other.py"):
                found = objects.find(name)
                answered += found is not None
                if found:
                    objects.contents(found.oid, 10**6)
    subject = SurvivalQuery(7, EDIT_S * 1000, (edited(world, "tool", OLD, NEW),))
    with GitSurvival(KEY) as repositories:
        repositories.survivals(subject, (EDIT_S + 40 * 86_400) * 1000)
        repositories.landing(subject)
    return answered


@pytest.mark.parametrize("key", KEYS)
def test_no_program_of_a_repository_runs_and_nothing_is_written(
    victim: World, tmp_path: Path, key: str
):
    world, flag = trapped(victim, tmp_path, key)
    before = state(world.root)
    assert ask_everything(world) >= 7
    assert not flag.exists()
    assert state(world.root) == before


@pytest.mark.parametrize("key", PLAIN)
def test_plain_git_would_have_run_it(victim: World, tmp_path: Path, key: str):
    world, flag = trapped(victim, tmp_path, key)
    words = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *PLAIN[key]]
    world.path("tool").touch()
    subprocess.run(words, cwd=world.root, capture_output=True, check=False, timeout=20)
    assert flag.exists()


def test_a_repository_of_somebody_else_is_left_alone(
    victim: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ledger.host.git._ENVIRONMENT", strangers_environment())
    with pytest.raises(GitError, match="another user owns it"):
        git_history.refs(str(victim.root))


def strangers_environment() -> dict[str, str]:
    from ledger.host.git import _ENVIRONMENT

    return _ENVIRONMENT | {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}


def test_a_configuration_that_never_ends_is_given_up_on(
    victim: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    world, _ = trapped(victim, tmp_path, "core.editor")
    os.mkfifo(tmp_path / "endless")
    world.git("config", "--add", "x.y", "z")
    with (world.root / ".git" / "config").open("a") as config:
        config.write(f"[include]\n\tpath = {tmp_path / 'endless'}\n")
    monkeypatch.setattr("ledger.host.git.PATIENCE_S", 0.2)
    with pytest.raises(GitError, match="did not answer"):
        git_history.refs(str(world.root))
