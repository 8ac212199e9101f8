"""A file of a log is found in its repository, or is known to be in none."""

from pathlib import Path

import pytest

from ledger.flows.locating import Place, place_of


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
