"""What the person means when they join, split or rename projects, and when it is refused."""

import pytest

from ledger.core.edits import ProjectChoice, SetProjects
from ledger.core.errors import LedgerError
from ledger.core.rows import ProjectRow
from ledger.flows.joining import join, named, projects_of, rename, split


def row(number, key, home=None, *, chosen=0, name="", is_named=True):
    return ProjectRow(
        id=number, key=key, home=home or key, worktree="", name=name, chosen=chosen,
        is_named=is_named,
    )  # fmt: skip


SHOP, FIX, API = "/home/ada/shop", "/w/fix", "/home/ada/api"
ROWS = [row(1, SHOP), row(2, FIX, SHOP), row(3, API), row(4, "/srv/lib", is_named=False)]


def test_projects_are_listed_with_their_directories():
    found = projects_of(ROWS, {API: "The service"})
    assert [(one.name, [r.key for r in one.directories]) for one in found] == [
        ("shop", [SHOP, FIX]),
        ("The service", [API]),
    ]


@pytest.mark.parametrize("typed", ["shop", SHOP, f"{SHOP}/", FIX])
def test_a_project_is_meant_by_its_name_or_any_of_its_directories(typed):
    assert named(projects_of(ROWS, {}), typed).key == SHOP


def test_a_project_that_there_is_not_is_refused_with_the_nearest():
    with pytest.raises(LedgerError) as refused:
        named(projects_of(ROWS, {}), "shap")
    assert "“shop”" in refused.value.hint


def test_two_projects_of_one_name_are_not_guessed_at():
    known = projects_of([row(1, SHOP), row(2, API)], {SHOP: "Work", API: "Work"})
    with pytest.raises(LedgerError, match="no one project"):
        named(known, "Work")


def test_joining_makes_all_of_one_count_as_the_other():
    assert join(ROWS, API, SHOP) == SetProjects((ProjectChoice(3, 1, ""),))
    with pytest.raises(LedgerError, match="one project already"):
        join(ROWS, SHOP, SHOP)


def test_joining_and_splitting_keep_a_name_that_was_given():
    rows = [row(1, SHOP, name="Shop"), row(2, API), row(3, FIX, API, chosen=2, name="Fix")]
    assert join(rows, SHOP, API).values[0].name == "Shop"
    assert split(rows, FIX) == SetProjects((ProjectChoice(3, 3, "Fix"),))


def test_only_what_counts_as_another_project_can_be_split_off():
    assert split(ROWS, FIX) == SetProjects((ProjectChoice(2, 2, ""),))
    with pytest.raises(LedgerError, match="a project already"):
        split(ROWS, SHOP)
    with pytest.raises(LedgerError) as refused:
        split(ROWS, "/w/fox")
    assert FIX in refused.value.hint


def test_renaming_changes_the_name_alone():
    rows = [row(1, SHOP, chosen=1)]
    assert rename(rows, SHOP, "  Das Geschäft ") == SetProjects(
        (ProjectChoice(1, 1, "Das Geschäft"),)
    )
    assert rename(rows, SHOP, "") == SetProjects((ProjectChoice(1, 1, ""),))


@pytest.mark.parametrize("name", ["two\nlines", "x" * 81, "turned\u202e"])
def test_a_name_is_one_plain_line(name):
    with pytest.raises(LedgerError, match="cannot be a project's name"):
        rename(ROWS, SHOP, name)
