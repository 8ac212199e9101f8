"""What the disk says of directories goes into the ledger with the readings that name them."""

import shutil

from ledger.core.homes import NOT_SEEN, Checkout
from ledger.flows.importing.adding import add_readings, seen_now
from tests.git_worlds import World
from tests.making import made_reading


def test_a_worktree_is_one_project_with_its_repository_and_stays_so(workspace, tmp_path):
    world = World.begun(tmp_path / "shop")
    fix = tmp_path / "shop-fix"
    world.git("worktree", "add", "--quiet", "-b", "fix", str(fix))
    root = str(world.root)
    workspace.add([made_reading(1, project=str(fix))])
    assert workspace.load().frame.projects == (root,)
    shutil.rmtree(fix)
    world.git("worktree", "prune")
    workspace.add([made_reading(1, project=str(fix))])
    assert workspace.load().frame.projects == (root,)
    assert workspace.store.projects.worktrees() == {str(fix): root}


def test_a_worktree_that_is_gone_is_known_by_the_list_that_git_keeps(workspace, tmp_path):
    world = World.begun(tmp_path / "shop")
    fix, notes = tmp_path / "shop-fix", tmp_path / "shop-notes"
    world.git("worktree", "add", "--quiet", "-b", "fix", str(fix))
    shutil.rmtree(fix)
    add_readings(workspace.store, [made_reading(1, project=f"{fix}/src")])
    assert workspace.load().frame.projects == (f"{fix}/src",)
    # Once the repository is known, its list is looked at.
    add_readings(workspace.store, [made_reading(1, project=str(world.root))])
    add_readings(workspace.store, [made_reading(1, project=str(notes))])
    known = workspace.store.projects.checkouts()
    assert known[f"{fix}/src"] == Checkout(False, str(world.root), str(fix), "shop-fix")
    assert known[str(notes)] == NOT_SEEN  # a name like it says nothing


def test_what_was_seen_once_is_not_looked_at_again(tmp_path):
    there = Checkout(is_there=True)
    assert seen_now({"/x": there}, ["/x"]) == {}
    assert seen_now({"/x": NOT_SEEN}, []) == {}
    assert seen_now({}, [str(tmp_path)]) == {str(tmp_path): there}


def test_nothing_read_is_nothing_added(workspace):
    assert not add_readings(workspace.store, [])
