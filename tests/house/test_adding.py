"""What docs/house.md says of adding something is carried out in a copy of the project.

With all the places that a row names, the copy works; without any one of them, something fails. So
the table names neither too few places nor too many.
"""

import re
from pathlib import Path

import pytest

from tests.house import adding
from tests.house.adding import Edit, Place, Recipe
from tests.house.files import ROOT

RECIPES = (
    *(adding.TOOL, adding.FIGURE, adding.CHART, adding.PAGE, adding.COMMAND, adding.SETTING),
    adding.ATTRIBUTE,
)
PLACES = [(recipe, place) for recipe in RECIPES for place in recipe.places]
# What looks at all files, or at a table that was added to.
HOUSE = [
    f"tests/house/test_{name}.py"
    for name in ("map", "names", "tables", "documents", "command_line")
]
SIZES = "tests/house/test_sizes.py"
SOMETHING_FAILED = (1, 2)  # a test did, or could not even be read
REGISTRY = "tests/metrics/test_registry.py"
ROW = re.compile(r"(?m)^\| (?P<what>[^|]+) \| (?:(?P<new>[^|]*) )?\| (?P<touched>[^|]*) \|$")
PATH = re.compile(r"`([\w./-]+(?:/|\.py|\.md))`")


def table() -> dict[str, str]:
    """Return the rows of “Adding something”: what is added, and all that its row names."""
    text = (ROOT / "docs" / "house.md").read_text("utf-8").partition("## Adding something")[2]
    return {row["what"]: f"{row['new']} {row['touched']}" for row in ROW.finditer(text)}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return adding.copied(tmp_path / "copy")


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.row)
def test_a_row_names_the_places_that_are_touched_and_no_others(recipe: Recipe):
    assert sorted(PATH.findall(table()[recipe.row])) == sorted(
        place.named for place in recipe.places
    )


@pytest.mark.parametrize(("recipe", "place"), PLACES, ids=lambda each: each[0])
def test_what_is_written_lies_in_the_place_that_the_row_names(recipe: Recipe, place: Place):
    folder = re.split(r"[A-Z]{2,}", place.named)[0].rstrip("/")
    assert place.edits or place.made_by
    assert [edit.file for edit in place.edits if is_elsewhere(edit, folder)] == []


def is_elsewhere(edit: Edit, folder: str) -> bool:
    """Whether an edit is about a file that is not in a folder, and about no document either."""
    return not edit.file.removeprefix("ledger/").startswith(folder) and not (
        edit.file.startswith("docs/") and folder == "docs/pictures"
    )


def test_all_that_can_be_added_stands_in_the_copy_with_the_house_around_it(copy: Path):
    for recipe in RECIPES:
        adding.carry_out(copy, recipe)
    adding.draw_map(copy)
    proofs = {edit.file for recipe in RECIPES for edit in recipe.proof}
    own = [file for file in proofs if not (ROOT / file).exists()]
    done = adding.ask(copy, [*HOUSE, REGISTRY, "tests/ui/test_page_stack.py", *own])
    assert done.returncode == 0, done.stdout


@pytest.mark.long
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.row)
def test_what_is_added_by_itself_stands(copy: Path, recipe: Recipe):
    adding.carry_out(copy, recipe)
    adding.draw_map(copy)
    done = adding.ask(copy, [*HOUSE, SIZES, *recipe.asked])
    assert done.returncode == 0, done.stdout


@pytest.mark.long
@pytest.mark.parametrize(("recipe", "place"), PLACES, ids=lambda each: each[0])
def test_without_any_one_of_its_places_something_fails(copy: Path, recipe: Recipe, place: Place):
    adding.carry_out(copy, recipe, without=place)
    adding.draw_map(copy)
    assert adding.ask(copy, [*recipe.asked, *HOUSE]).returncode in SOMETHING_FAILED


@pytest.mark.long
def test_without_drawing_the_map_again_something_fails(copy: Path):
    adding.carry_out(copy, adding.TOOL)
    assert adding.ask(copy, HOUSE[:1]).returncode == 1


@pytest.mark.long
def test_the_types_of_the_copy_hold(copy: Path):
    for recipe in RECIPES:
        adding.carry_out(copy, recipe)
    done = adding.run(copy, "-m", "mypy")
    assert done.returncode == 0, done.stdout
