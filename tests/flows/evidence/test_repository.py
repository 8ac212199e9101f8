"""A repository answers what its files held, and says when it cannot know."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.core.errors import GitError
from ledger.evidence.features import gram_counts, line_hashes
from ledger.flows.evidence.repository import (
    MOST_CANDIDATES,
    NO_BLOB,
    BlobFeatures,
    MissingError,
    OpenRepositories,
    Place,
    Repository,
    place_of,
)
from ledger.host import git_history
from tests.git_worlds import DAY_S, EDIT_S, KEY, World, code, git

Opener = Callable[[World], Repository]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.begun(tmp_path / "r", tool=code(1, 2))


def test_a_blob_is_told_from_nothing(world: World, opened: Opener):
    repository = opened(world)
    assert repository.blob("HEAD", "gone.py") == NO_BLOB
    assert repository.blob("HEAD", "") == NO_BLOB  # the folder itself
    oid = repository.blob("HEAD", "tool.py")
    assert oid == repository.work_blob("tool.py")
    assert len(repository.lines(oid, "tool.py")) == 16
    assert repository.line_counts(oid, "tool.py").counts.sum() == 16
    assert repository.gram_counts(oid, "tool.py").counts.sum() > 40
    assert len(repository.lines(NO_BLOB, "gone.py")) == 0


def test_a_link_is_unknown_and_a_file_that_is_gone_is_not_there(world: World, opened: Opener):
    repository = opened(world)
    (world.root / "link").symlink_to("tool.py")
    assert repository.work_blob("gone.py") is None
    with pytest.raises(MissingError):
        repository.work_blob("link")


def test_pictures_have_no_features(world: World, opened: Opener):
    (world.root / "picture").write_bytes(b"\x89PNG\0\0 words and words\n" * 9)
    repository = opened(world)
    oid = repository.work_blob("picture")
    assert oid is not None
    assert len(repository.lines(oid, "picture")) == 0


def test_history_and_reflog_both_tell_where_a_branch_was(world: World, opened: Opener):
    world.commit("forced away", at=1)
    gone = world.head()
    world.git("reset", "--quiet", "--hard", "HEAD~1", at=5)
    repository = opened(world)
    head = repository.refs.heads[0]
    assert repository.at(head, EDIT_S + 2 * DAY_S) == [gone, world.head()]
    assert repository.at(head, EDIT_S + 6 * DAY_S) == [world.head()]
    assert repository.at(head, EDIT_S - 50 * DAY_S) == []


def test_before_a_shallow_clone_begins_nothing_is_known(
    world: World, tmp_path: Path, opened: Opener
):
    world.commit("x", at=1)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{world.root}", "copy", day=2)
    repository = opened(World(tmp_path / "copy"))
    with pytest.raises(MissingError):
        repository.at(repository.refs.heads[0], EDIT_S)


def test_a_blob_that_a_partial_clone_lacks_is_unknown(world: World, tmp_path: Path, opened: Opener):
    world.commit("x", at=1, tool=code(3)).git("config", "uploadpack.allowFilter", "true")
    arguments = ("clone", "--quiet", "--filter=blob:none", f"file://{world.root}", "copy")
    git(tmp_path, *arguments, day=2)
    repository = opened(World(tmp_path / "copy"))
    assert repository.refs.is_partial
    with pytest.raises(MissingError):
        repository.blob("HEAD~1", "tool.py")
    assert repository.blob("HEAD~1", "gone.py") == NO_BLOB
    assert repository.blob("HEAD", "tool.py") != NO_BLOB


def test_renames_are_followed_also_of_files_that_came_later(world: World, opened: Opener):
    before = world.head()
    world.commit("new", at=1, fresh=code(3, 4))
    world.git("mv", "tool.py", "a.py")
    world.git("mv", "fresh.py", "b.py")
    world.commit("rename", at=2)
    repository = opened(world)
    assert repository.renamed(before, world.head(), "tool.py") == "a.py"
    assert repository.renamed(before, world.head(), "fresh.py") == "b.py"
    assert repository.renamed(before, world.head(), "never.py") is None
    assert repository.renamed(before, before, "tool.py") is None


def test_candidates_are_changed_files_the_likely_ones_first(world: World, opened: Opener):
    before = world.head()
    (world.root / "poetry.lock").write_text("x\n")
    (world.root / "notes.md").write_text("x\n")
    world.commit("x", at=1, tool=code(2), other=code(3), node_modules__a="x = 1\n")
    repository = opened(world)
    paths = [
        difference.path for difference in repository.candidates(before, world.head(), "tool.py")
    ]
    assert paths == ["other.py", "notes.md"]
    many = {f"f{n}": f"x{n} = 1\n" for n in range(MOST_CANDIDATES + 9)}
    world.commit("many", at=2, **many)
    repository = opened(world)
    paths = list(repository.candidates(before, world.head(), "tool.py"))
    assert len(paths) == MOST_CANDIDATES


def test_differences_that_cannot_be_told_are_none(world: World, opened: Opener):
    assert opened(world).differences("HEAD", "0" * 40) == ()


def test_a_folder_outside_has_files_and_no_past(tmp_path: Path):
    (tmp_path / "a.py").write_text("some words here\n")
    repository = Repository.outside(str(tmp_path), BlobFeatures(KEY))
    assert not repository.is_git
    assert repository.refs.heads == ()
    assert repository.work_blob("a.py") is not None


def test_what_git_does_not_open_raises(tmp_path: Path):
    with pytest.raises(GitError):
        Repository(str(tmp_path), BlobFeatures(KEY))


def test_a_difference_is_asked_once(world: World, monkeypatch: pytest.MonkeyPatch, opened: Opener):
    world.commit("x", at=1, other=code(3))
    repository = opened(world)
    compared: list[str] = []
    real = git_history.differences
    monkeypatch.setattr(
        git_history,
        "differences",
        lambda *arguments: compared.append(arguments[1]) or real(*arguments),
    )
    for _ in range(3):
        assert len(repository.differences("HEAD~1", "HEAD")) == 1
    assert len(compared) == 1


def test_a_repository_is_opened_once(tmp_path: Path):
    place = Place(str(World.begun(tmp_path / "r").root), "a.py", True)
    open_ = OpenRepositories(KEY)
    assert open_.of(place) is open_.of(place) is not None
    open_.close()


def test_what_git_does_not_open_is_not_tried_again(tmp_path: Path):
    open_ = OpenRepositories(KEY)
    place = Place(str(tmp_path), "a.py", True)
    assert open_.of(place) is None
    World.begun(tmp_path / "r").root.joinpath(".git").rename(tmp_path / ".git")
    assert open_.of(place) is None


def test_a_repository_that_was_given_up_on_is_not_asked_again(tmp_path: Path):
    place = Place(str(World.begun(tmp_path / "r").root), "a.py", True)
    open_ = OpenRepositories(KEY)
    repository = open_.of(place)
    assert repository is not None
    assert not open_.is_given_up(repository)
    open_.give_up(repository)
    assert open_.is_given_up(repository)
    assert open_.of(place) is None


def test_a_file_outside_is_looked_at_in_its_folder(tmp_path: Path):
    open_ = OpenRepositories(KEY)
    place, repository = open_.outside(f"{tmp_path}/a.py")
    assert place == Place(str(tmp_path), "a.py", True)
    assert open_.outside(f"{tmp_path}/b.py")[1] is repository
    assert not open_.outside(f"{tmp_path}/gone/b.py")[0].is_folder_there


FEATURE_KEY = b"k" * 32
TEXT = "first line here\nsecond line there\n"


def test_a_blob_is_read_once_for_all_its_features():
    reads: list[int] = []

    def read() -> str:
        reads.append(1)
        return TEXT

    features = BlobFeatures(FEATURE_KEY)
    for _ in range(2):
        assert list(features.lines("a", read)) == list(line_hashes(TEXT, FEATURE_KEY))
        assert features.line_counts("a", read).counts.sum() == 2
        assert list(features.gram_counts("a", read).hashes) == list(
            gram_counts(TEXT, FEATURE_KEY).hashes
        )
        assert features.text("a", read) == TEXT
    assert reads == [1]


def test_another_blob_is_another_text():
    features = BlobFeatures(FEATURE_KEY)
    assert len(features.lines("a", lambda: TEXT)) == 2
    assert len(features.lines("b", lambda: "")) == 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "r" / ".git").mkdir(parents=True)
    (tmp_path / "r" / "src").mkdir()
    return tmp_path / "r"


def test_a_file_has_a_repository_and_a_name_in_it(root: Path):
    assert place_of(f"{root}/src/../src/a.py") == Place(str(root), "src/a.py", True)
    assert place_of(f"{root}/a b.py") == Place(str(root), "a b.py", True)


def test_a_folder_that_went_is_noticed(root: Path):
    assert place_of(f"{root}/gone/a.py") == Place(str(root), "gone/a.py", False)


@pytest.mark.parametrize("inner", [".claude/worktrees/x", "worktrees/x", ".worktrees/x"])
def test_a_work_tree_inside_that_went_belongs_to_the_repository(root: Path, inner: str):
    assert place_of(f"{root}/{inner}/src/a.py") == Place(str(root), "src/a.py", True)
    (root / inner / "src").mkdir(parents=True)
    assert place_of(f"{root}/{inner}/src/a.py") == Place(str(root), f"{inner}/src/a.py", True)


@pytest.mark.parametrize("path", ["", "a.py", "/a\0b", "/a\nb", "/nowhere/at/all.py"])
def test_other_paths_are_nowhere(path: str):
    assert place_of(path) is None


def test_a_file_of_a_worktree_elsewhere_that_is_gone_is_the_repositorys(root: Path, tmp_path: Path):
    gone, there = tmp_path / "w" / "gone", tmp_path / "w" / "there"
    there.mkdir(parents=True)
    worktrees = {str(gone): str(root), str(there): str(root)}
    found = place_of(f"{gone}/src/new.py", worktrees)
    assert found is not None
    assert (found.root, found.path) == (str(root), "src/new.py")
    assert place_of(f"{there}/src/new.py", worktrees) is None  # it is there, and in no repository
    assert place_of(f"{tmp_path}/w/gone-too/new.py", worktrees) is None
