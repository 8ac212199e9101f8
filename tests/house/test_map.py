"""The map of docs/house.md is what the files say of themselves, and its names lead somewhere."""

import re

import pytest

from ledger.metrics.registry import METRICS
from tests.house import map as house_map
from tests.house.files import CODE, ROOT, shown, sources

HOUSE = ROOT / "docs" / "house.md"
# `room/file` or `room/file.function` in backticks, as the walks name them.
NAMED = re.compile(r"`([a-z_]+(?:/[a-z_]+)+)(?:\.(?!md|json)py)?(?:\.(?!md|json)([A-Za-z_.]+))?`")
LONGEST = 98  # one line of a file, the quotes aside


def test_the_map_is_what_the_files_say_of_themselves():
    page = HOUSE.read_text("utf-8")
    assert page == house_map.page_with(house_map.drawn()), "run: python tests/house/map.py"


def test_the_table_of_figures_is_what_the_registry_says():
    page = house_map.FIGURES.read_text("utf-8")
    assert page == house_map.figures_with(METRICS), "run: python tests/house/map.py"
    renamed = (METRICS[0]._replace(name="Something else"), *METRICS[1:])
    assert page != house_map.figures_with(renamed)


def test_every_file_stands_on_the_map():
    drawn = house_map.drawn()
    rooms = [path for path in sources() if path.parent != CODE and path.name != "__init__.py"]
    assert [path for path in rooms if f"- `{path.name}`: " not in drawn] == []
    assert {folder.name for folder in CODE.iterdir() if folder.is_dir()} - {"__pycache__"} == set(
        house_map.ROOMS
    )


def test_a_file_that_says_something_else_would_be_noticed(monkeypatch):
    monkeypatch.setattr(house_map, "first_line", lambda path: "Something else.")
    assert HOUSE.read_text("utf-8") != house_map.page_with(house_map.drawn())


def test_one_whole_sentence_opens_each_module():
    assert [
        shown(path, 1)
        for path in sources()
        if not house_map.first_line(path).endswith((".", "?"))
        or len(house_map.first_line(path)) > LONGEST
    ] == []


def named_places() -> list[tuple[str, str]]:
    walks = HOUSE.read_text("utf-8").partition(house_map.BEGIN)[0]
    return [(match[1], match[2] or "") for match in NAMED.finditer(walks)]


@pytest.mark.parametrize(("place", "name"), named_places())
def test_what_the_walks_name_is_there(place: str, name: str):
    where = ROOT / place if place.startswith(("ledger/", "tests/", "docs/")) else CODE / place
    file = where if where.is_dir() else where.with_suffix(".py")
    assert file.exists()
    if name:
        last = name.rpartition(".")[2]
        text = file.read_text("utf-8")
        assert re.search(rf"(?:def|class) {last}\b|^{last}\b.* =", text, re.MULTILINE)


def test_places_are_found_to_look_at():
    assert len(named_places()) >= 20
