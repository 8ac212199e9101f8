from hypothesis import given
from hypothesis import strategies as st

from ledger.core.projects import NO_PROJECT, names

PATHS = st.lists(st.sampled_from(["a", "b", "src", "ledger"]), max_size=4).map("/".join)


def test_a_project_goes_by_its_folders_name():
    assert names(["/home/ada/ledger", "/srv/api"]) == {
        "/home/ada/ledger": "ledger",
        "/srv/api": "api",
    }


def test_two_folders_of_one_name_are_told_apart_by_their_parents():
    found = names(["/home/ada/api", "/srv/api"])
    assert found == {"/home/ada/api": "ada/api", "/srv/api": "srv/api"}


def test_no_directory_is_no_project():
    assert names([""]) == {"": NO_PROJECT}


@given(st.sets(PATHS))
def test_names_are_unique_but_for_spellings_of_one_path(keys):
    found = names(keys)
    assert len(set(found.values())) == len(keys)
