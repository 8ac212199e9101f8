"""One file's change is looked for by name, by new name and elsewhere."""

from pathlib import Path

import pytest

from ledger.evidence.change import change_between
from ledger.evidence.exclusions import LARGEST
from ledger.flows.evidence.locator import ChangeLocator, best
from ledger.flows.evidence.repository import MissingError
from tests.git_worlds import DAY_S, EDIT_S, KEY, World, code

OLD, NEW = code(1, 2), code(1, 11, 12, 2)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.begun(tmp_path / "r", tool=OLD, other=code(5)).commit("edit", at=0.1, tool=NEW)


@pytest.fixture
def locate(opened):
    def build(world: World, *elsewhere: str, path: str = "tool.py") -> ChangeLocator:
        change = change_between([OLD], [NEW], KEY, whole=True)
        return ChangeLocator(opened(world), path, change, EDIT_S, elsewhere)

    return build


def test_a_branch_is_looked_at_as_it_was_and_as_it_is(world: World, locate):
    world.commit("half", at=3, tool=code(1, 11, 2))
    locator = locate(world)
    head = locator.repository.refs.heads[0]
    assert locator.at(head, EDIT_S).kept == 0.0
    assert locator.at(head, EDIT_S + DAY_S).kept == 1.0
    assert locator.at_tip(head).kept == pytest.approx(0.5, abs=0.05)
    assert locator.at(head, EDIT_S - 99 * DAY_S).kept == 0.0
    assert locator.was_seen


def test_a_commit_that_renamed_the_file_is_looked_at_under_the_new_name(world: World, opened):
    lines = code(1, 2, 3).splitlines(keepends=True)
    marked = [
        f"# remark number {n}\n{line}" if n % 5 == 0 else line for n, line in enumerate(lines)
    ]
    world.commit("as it was", at=-1, other="".join(lines))
    change = change_between(["".join(lines)], ["".join(marked)], KEY, whole=True)
    world.commit("edit", at=1, other="".join(marked))
    world.git("mv", "other.py", "renamed.py")
    world.commit("rename", at=2)
    locator = ChangeLocator(opened(world), "other.py", change, EDIT_S)
    assert locator.at_tip(locator.repository.refs.heads[0]).kept == 1.0


def test_one_commit_is_looked_at_under_the_file_s_own_name(world: World, locate):
    assert locate(world).in_commit(world.head()).kept == 1.0
    assert locate(world, path="gone.py").in_commit(world.head()).kept == 0.0


def test_the_work_tree_counts_before_it_is_committed(world: World, locate):
    world.write(tool=OLD)
    assert locate(world).in_work_tree().kept == 0.0
    world.write(tool=NEW + code(20))
    assert locate(world).in_work_tree().kept == 1.0


def test_text_that_moved_in_the_work_tree_is_found_where_something_changed_since(
    world: World, locate
):
    world.write(tool=OLD, other=code(5, 11, 12))
    assert locate(world).in_work_tree().kept == 0.0
    assert locate(world, "other.py", "gone.py").in_work_tree().kept == 1.0


def test_a_file_whose_past_cannot_be_read_hides_no_text_that_moved_to_another(
    tmp_path: Path, locate
):
    too_large = "# a line of a very long file\n" * (LARGEST // 20)
    world = World.begun(tmp_path / "r", tool=OLD, other=too_large, third=code(5))
    world.commit("edit", at=0.1, tool=NEW)
    world.write(tool=OLD, other=code(6, 11, 12), third=code(5, 11, 12))
    assert locate(world, "other.py").in_work_tree().kept == 0.0
    assert locate(world, "other.py", "third.py").in_work_tree().kept == 1.0


def test_a_link_in_its_place_is_unknown(world: World, locate):
    world.path("tool").unlink()
    world.path("tool").symlink_to("other.py")
    with pytest.raises(MissingError):
        locate(world).in_work_tree()


def test_a_file_that_was_nowhere_was_not_seen(world: World, locate):
    world.git("reset", "--quiet", "--hard", "HEAD~1")
    locator = locate(world, path="gone/gone.py")
    locator.in_work_tree()
    assert not locator.was_seen


def test_the_best_is_what_shows_the_most(world: World, locate):
    locator = locate(world)
    head = locator.repository.refs.heads[0]
    none, all_ = locator.at(head, EDIT_S), locator.at_tip(head)
    assert best([none, all_, none]) is all_
