"""The repository's own median says what a week does to ordinary commits."""

from pathlib import Path

import pytest

from ledger.flows.evidence.baseline import FEWEST_COMMITS, MOST_COMMITS, WEEK_S, Baselines
from tests.git_worlds import DAY_S, EDIT_S, World, code

# The week's first day, in days since the edit of every world.
START = (EDIT_S // WEEK_S * WEEK_S - EDIT_S) / DAY_S
NEW_FILES = {f"f{n}": code(100 + n) for n in range(7)}


def with_commits(tmp_path: Path, number: int) -> World:
    world = World.begun(tmp_path / "r")
    for place, (name, text) in enumerate(list(NEW_FILES.items())[:number]):
        world.commit("ordinary", at=START + 0.5 + place / 2, **{name: text})
    return world


@pytest.fixture
def median(opened):
    def of(world: World) -> float | None:
        return Baselines(lambda: None).of(opened(world), EDIT_S)

    return of


def test_it_is_the_median_of_what_was_left_after_a_week(tmp_path: Path, median):
    world = with_commits(tmp_path, 7)
    assert median(world) == 1.0
    half = {name: code(100 + n, lines=8)[:140] for n, name in enumerate(NEW_FILES)}
    world.commit("much of it goes", at=START + 5, **half)
    share = median(world)
    assert share is not None
    assert 0.2 < share < 0.7


def test_what_a_later_week_does_is_not_looked_at(tmp_path: Path, median):
    world = with_commits(tmp_path, 6)
    world.commit("all of it goes", at=START + 20, **dict.fromkeys(NEW_FILES, ""))
    assert median(world) == 1.0


def test_below_five_commits_there_is_none(tmp_path: Path, median):
    assert median(with_commits(tmp_path, FEWEST_COMMITS - 1)) is None


def test_small_commits_and_large_ones_do_not_count(tmp_path: Path, median):
    world = with_commits(tmp_path, FEWEST_COMMITS - 1)
    world.commit("small", at=START + 4, small="x = 1\n")
    world.commit("large", at=START + 4.1, **{f"g{n}": code(n) for n in range(13)})
    assert median(world) is None
    world.commit("one more", at=START + 4.2, more=code(300))
    assert median(world) == 1.0


def test_a_renamed_or_reformatted_file_is_still_there(tmp_path: Path, median):
    world = with_commits(tmp_path, 6)
    for name in NEW_FILES:
        if world.path(name).exists():
            world.git("mv", f"{name}.py", f"renamed_{name}.py")
    world.commit("rename", at=START + 6)
    for name, text in NEW_FILES.items():
        path = world.path(f"renamed_{name}")
        if path.exists():
            path.write_text(text.replace("(", "(\n        ", 3))
    world.commit("reformat", at=START + 6.5)
    assert median(world) == 1.0


def test_it_is_worked_out_once_a_week_and_can_be_stopped(tmp_path: Path, opened):
    pauses: list[int] = []
    baselines = Baselines(lambda: pauses.append(1))
    repository = opened(with_commits(tmp_path, 6))
    assert baselines.of(repository, EDIT_S) == baselines.of(repository, EDIT_S + 1) == 1.0
    assert 0 < len(pauses) <= MOST_COMMITS


def test_an_empty_repository_has_none(tmp_path: Path, median):
    world = World(tmp_path / "r")
    world.root.mkdir()
    world.git("init", "--quiet")
    assert median(world) is None


@pytest.mark.parametrize("days", [-400, 400])
def test_a_week_without_commits_has_none(tmp_path: Path, opened, days: int):
    repository = opened(with_commits(tmp_path, 6))
    assert Baselines(lambda: None).of(repository, EDIT_S + days * DAY_S) is None
