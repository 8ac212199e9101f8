import os
from pathlib import Path

import pytest

from ledger.importers.base import Home, Place
from ledger.importers.places import existing, holds, listed_folders, without_repeats

HOME = Path("/home/ada")


@pytest.mark.parametrize(
    ("value", "folders"),
    [
        ("/one", ["/one"]),
        ("/one,/two , ,", ["/one", "/two"]),
        (f"/one{os.pathsep}/two", ["/one", "/two"]),
        (f"/one,/two{os.pathsep}~/three", ["/one", "/two", "/home/ada/three"]),
        ("~", ["/home/ada"]),
        ("~bob", ["/home/ada/~bob"]),
        ("work/.claude", ["/home/ada/work/.claude"]),
        ("  ", []),
        ("", []),
    ],
)
def test_a_variable_lists_folders(value: str, folders: list[str]) -> None:
    found = listed_folders(Home(HOME, {"NAMED": value}), "NAMED")
    assert [str(folder) for folder in found] == folders


@pytest.mark.parametrize("name", ["a,b", f"a{os.pathsep}b", f"a,b{os.pathsep}c"])
def test_a_folder_whose_name_holds_a_separator_is_one_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    home = Home(tmp_path, {"NAMED": str(tmp_path / name)})
    assert listed_folders(home, "NAMED") == [tmp_path / name]


def test_a_variable_that_is_not_set_lists_nothing() -> None:
    assert listed_folders(Home(HOME, {}), "NAMED") == []


def test_of_two_like_places_the_first_stays() -> None:
    first, other = Place(Path("/a"), "ONE"), Place(Path("/b"), "ONE")
    assert without_repeats([first, other, Place(Path("/a"), "TWO")]) == (first, other)


def test_a_folder_is_known_by_the_names_in_it(tmp_path: Path) -> None:
    (tmp_path / "-home-ada").mkdir()
    assert existing(tmp_path, tmp_path / "gone") == (tmp_path,)
    assert holds(tmp_path, "-home")
    assert not holds(tmp_path, "home")
    assert not holds(tmp_path / "gone", "")
