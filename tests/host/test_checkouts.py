"""Which repository a directory is of, by what git itself wrote."""

import os
import shutil

import pytest

from ledger.core.homes import NOT_SEEN, Checkout
from ledger.host import checkouts
from ledger.host.checkouts import checkout_of, worktrees_of
from tests.git_worlds import World


@pytest.fixture
def world(tmp_path):
    return World.begun(tmp_path / "shop")


def test_a_folder_of_a_repository_is_of_it(world):
    (world.root / "api").mkdir()
    root = str(world.root)
    assert checkout_of(root) == checkout_of(f"{root}/") == Checkout(True, root, root)
    assert checkout_of(f"{root}/api") == Checkout(True, root, root)
    assert checkout_of(f"{root}/gone/deep") == Checkout(False, root, root)


def test_a_worktree_is_of_the_repository_that_it_is_linked_to(world, tmp_path):
    fix = tmp_path / "elsewhere" / "fix"
    world.git("worktree", "add", "--quiet", "-b", "fix", str(fix))
    assert checkout_of(f"{fix}/x") == Checkout(False, str(world.root), str(fix), "fix")
    assert checkout_of(str(fix)) == Checkout(True, str(world.root), str(fix), "fix")
    assert worktrees_of(str(world.root)) == {str(fix): "fix"}
    shutil.rmtree(fix)  # git still has it on its list
    assert checkout_of(str(fix)) == Checkout(is_there=False)
    assert worktrees_of(str(world.root)) == {str(fix): "fix"}
    world.git("worktree", "prune")
    assert worktrees_of(str(world.root)) == {}


def test_a_worktree_whose_repository_is_gone_still_names_it(world, tmp_path):
    fix = tmp_path / "fix"
    world.git("worktree", "add", "--quiet", "-b", "fix", str(fix))
    shutil.rmtree(world.root)
    assert checkout_of(str(fix)) == Checkout(True, str(world.root), str(fix), "fix")


def test_worktrees_of_a_bare_repository_are_of_the_folder_around_it(world, tmp_path):
    hidden, plain = tmp_path / "hub" / ".bare", tmp_path / "hub.git"
    for bare in (hidden, plain):
        world.git("clone", "--quiet", "--bare", str(world.root), str(bare))
        World(bare).git("worktree", "add", "--quiet", str(tmp_path / bare.name[1:] / "main"))
    assert checkout_of(str(tmp_path / "bare" / "main")).repository == str(tmp_path / "hub")
    assert checkout_of(str(tmp_path / "ub.git" / "main")).repository == str(plain)


def test_a_submodule_is_a_repository_of_its_own(world):
    folder = world.root / "lib"
    (world.root / ".git" / "modules" / "lib").mkdir(parents=True)
    folder.mkdir()
    (folder / ".git").write_text("gitdir: ../.git/modules/lib\n")
    assert checkout_of(str(folder)) == Checkout(True, str(folder), str(folder))


def test_a_link_to_a_repository_leads_to_it(world, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(world.root)
    assert checkout_of(str(link)) == Checkout(True, str(world.root), str(link))


def test_somebodys_home_folder_is_no_project_that_holds_all_others(tmp_path, monkeypatch):
    World.begun(tmp_path / "home")
    home = str(tmp_path / "home")
    monkeypatch.setenv("HOME", home)
    (tmp_path / "home" / "notes").mkdir()
    assert checkout_of(f"{home}/notes") == Checkout(is_there=True)
    assert checkout_of(home) == Checkout(True, home, home)


@pytest.mark.parametrize(
    "directory", ["", "billing", "/a\0b", "C:\\no\\such", "c:", "\\\\server\\x"]
)
def test_what_is_no_place_here_was_not_seen(directory):
    assert checkout_of(directory) == NOT_SEEN


def test_a_folder_of_windows_is_looked_for_where_wsl_has_it(monkeypatch):
    monkeypatch.setattr(os.path, "isdir", lambda path: path == "/mnt/c/code/Shop")
    for spelled in ("C:\\code\\Shop", "\\\\?\\c:\\code\\Shop", "c:/code/Shop"):
        assert checkout_of(spelled) == Checkout(is_there=True)


def test_what_only_looks_like_git_is_none(tmp_path):
    for name, content in (("a", "no link"), ("b", ""), ("c", None)):
        folder = tmp_path / name
        folder.mkdir()
        if content is None:
            (folder / ".git").mkdir()  # empty: no repository
        else:
            (folder / ".git").write_text(content)
        assert checkout_of(str(folder)) == Checkout(is_there=True)
    (tmp_path / "d").mkdir()
    os.mkfifo(tmp_path / "d" / ".git")
    assert checkout_of(str(tmp_path / "d")) == Checkout(is_there=True)


def test_a_link_into_a_repository_is_of_it(tmp_path):
    world = World.begun(tmp_path / "shop")
    (tmp_path / "shop" / "src").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "shop" / "src")
    root = str(world.root)
    assert checkout_of(str(tmp_path / "link")) == Checkout(True, root, root)


def test_git_itself_is_never_run(world, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert checkouts.checkout_of(str(world.root)).is_there
