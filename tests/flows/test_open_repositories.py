"""Repositories are opened once in a pass, and given up on once."""

from pathlib import Path

from ledger.flows.locating import Place
from ledger.flows.open_repositories import OpenRepositories
from tests.git_worlds import KEY, World


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
