"""Branches, commits by time, reflogs and differences, as git itself would tell them."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.errors import GitError
from ledger.host import git_history as history
from ledger.host.git_history import Line
from tests.git_worlds import DAY_S, EDIT_S, World, code, git


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.begun(tmp_path / "r", tool=code(1, 2))


@given(st.lists(st.integers(0, 20), max_size=12), st.integers(-1, 21))
def test_a_line_answers_as_the_first_commit_that_is_old_enough(times: list[int], moment: int):
    line = Line([str(place) for place in range(len(times))], times)
    plain = next((str(place) for place, time in enumerate(times) if time <= moment), None)
    assert line.at(moment) == plain


def test_commits_of_a_moment_are_those_of_rev_list_before(world: World):
    for day in (-20, -10, -15, 0, 3):  # one of them was made with a clock that was wrong
        world.commit("x", at=day)
    root = str(world.root)
    line = history.commits(root, "HEAD")
    for day in (-31, -30, -17, -12, -1, 1, 4):
        moment = EDIT_S + day * DAY_S
        arguments = ("rev-list", "-1", "--first-parent", f"--before={moment}", "HEAD")
        assert line.at(moment) == (world.git(*arguments).strip() or None)


def test_a_stretch_has_parents_and_not_the_first_commit(world: World):
    first = world.head()
    world.commit("a", at=1).commit("b", at=2)
    line = history.commits(str(world.root), "HEAD")
    rows = line.between(EDIT_S - 40 * DAY_S, EDIT_S + 3 * DAY_S)
    assert [(commit, parent) for commit, parent, _ in rows] == [
        (line.oids[0], line.oids[1]), (line.oids[1], first),
    ]  # fmt: skip
    assert [commit for commit, _, _ in line.between(EDIT_S, EDIT_S + DAY_S + 1)] == [line.oids[1]]


def test_branches_are_told_with_the_one_where_work_lands(world: World):
    world.git("branch", "side")
    refs = history.refs(str(world.root))
    assert [ref.name for ref in refs.heads] == ["HEAD", "refs/heads/main"]
    assert [ref.name for ref in refs.defaults] == ["refs/heads/main"]
    assert {ref.name for ref in refs.local} == {"refs/heads/main", "refs/heads/side"}
    assert {ref.oid for ref in refs.local} == {world.head()}
    assert (refs.is_shallow, refs.is_partial) == (False, False)


def test_the_remote_s_own_default_counts_before_usual_names(world: World, tmp_path: Path):
    world.git("branch", "--move", "release/next")
    world.git("branch", "main")
    git(tmp_path, "clone", "--quiet", str(world.root), "copy")
    refs = history.refs(str(tmp_path / "copy"))
    assert [ref.name for ref in refs.defaults] == [
        "refs/heads/release/next", "refs/remotes/origin/release/next",
    ]  # fmt: skip


def test_a_detached_head_and_an_empty_repository(world: World, tmp_path: Path):
    world.git("checkout", "--quiet", "--detach")
    assert [ref.name for ref in history.refs(str(world.root)).heads] == ["HEAD"]
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "--quiet")
    refs = history.refs(str(empty))
    assert (refs.heads, refs.defaults) == ((), ())


def test_the_only_branch_is_where_work_lands_whatever_its_name(world: World):
    world.git("branch", "--move", "solo")
    assert [ref.name for ref in history.refs(str(world.root)).defaults] == ["refs/heads/solo"]


def test_a_reflog_tells_where_a_branch_was(world: World):
    first = world.head()
    world.commit("forced away", at=1)
    gone = world.head()
    world.git("reset", "--quiet", "--hard", first, at=2)
    line = history.moves(str(world.root), "refs/heads/main")
    assert line.at(EDIT_S + DAY_S) == gone
    assert line.at(EDIT_S + 2 * DAY_S) == first
    assert line.at(EDIT_S - 40 * DAY_S) is None


def test_a_branch_without_a_reflog_has_no_moves(world: World):
    shutil.rmtree(world.root / ".git" / "logs")
    assert history.moves(str(world.root), "HEAD").oids == ()
    assert history.moves(str(world.root), "refs/heads/nowhere").oids == ()


def test_differences_tell_what_came_went_and_was_renamed(world: World):
    before = world.head()
    world.git("mv", "tool.py", "new name\twith tab.py")
    world.commit("x", at=1, other="words\n", sub__deep="more words\n")
    by_path = {
        difference.path: difference
        for difference in history.differences(str(world.root), before, "HEAD")
    }
    assert {path: difference.status for path, difference in by_path.items()} == {
        "new name\twith tab.py": "R", "other.py": "A", "sub/deep.py": "A",
    }  # fmt: skip
    renamed = by_path["new name\twith tab.py"]
    assert renamed.old_path == "tool.py"
    assert renamed.oid == world.git("rev-parse", f"HEAD:{renamed.path}").strip()


def test_what_each_commit_introduced_is_asked_at_once(world: World):
    first = world.head()
    world.commit("a", at=1, a="words\n")
    second = world.head()
    world.commit("nothing", at=2).commit("b", at=3, b="words\n", tool="")
    rows = history.commits(str(world.root), "HEAD").between(0, EDIT_S + 9 * DAY_S)
    by_commit = history.introduced(
        str(world.root), [(commit, parent) for commit, parent, _ in rows]
    )
    assert [difference.path for difference in by_commit[second]] == ["a.py"]
    assert {difference.path for difference in by_commit[world.head()]} == {"b.py", "tool.py"}
    assert len(by_commit) == 2
    assert first not in by_commit


def test_commits_that_touched_a_file_come_oldest_first(world: World):
    first = world.head()
    world.commit("a", at=1, tool="one\n")
    second = world.head()
    world.commit("b", at=2, other="x\n").commit("c", at=3, tool="two\n")
    commits = history.commits_to(str(world.root), "HEAD", ["tool.py"], first)
    assert commits == [second, world.head()]
    assert len(history.commits_to(str(world.root), "HEAD", ["tool.py"], None)) == 3
    assert history.commits_to(str(world.root), "HEAD", [":(glob)**"], None) == []


def test_a_file_is_listed_whether_or_not_its_contents_are_here(world: World):
    oid = world.git("rev-parse", "HEAD:tool.py").strip()
    os.unlink(world.root / ".git" / "objects" / oid[:2] / oid[2:])
    assert history.is_listed(str(world.root), "HEAD", "tool.py")
    assert not history.is_listed(str(world.root), "HEAD", "gone.py")


def test_a_partial_clone_is_left_to_a_git_that_fetches_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    (world.root / ".git" / "objects" / "pack" / "pack-0.promisor").touch()
    assert history.refs(str(world.root)).is_partial
    monkeypatch.setattr(history, "refrains_from_fetching", lambda: False)
    with pytest.raises(GitError, match="partial"):
        history.refs(str(world.root))


def test_what_git_does_not_know_raises(world: World):
    for arguments in (("HEAD", "nowhere"), ("--output=/tmp/x", "HEAD")):
        with pytest.raises(GitError):
            history.differences(str(world.root), *arguments)
    with pytest.raises(GitError):
        history.commits(str(world.root), "--all")
