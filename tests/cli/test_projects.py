"""`projects`: what counts as what, and the person's word on it, with undo."""

import json

import pytest

from tests.making import claude_log

ATLAS = "/home/ada/atlas"


@pytest.fixture
def two(program, scratch_home):
    """A ledger of two projects, one of them with a worktree."""
    claude_log(scratch_home, "s1", 2, cwd=ATLAS)
    claude_log(scratch_home, "s2", 1, first=5, cwd=f"{ATLAS}/.claude/worktrees/fox")
    claude_log(scratch_home, "s3", 1, first=7, cwd="/home/ada/notes")
    assert program("import")[0] == 0


def listed(program):
    code, out, _ = program("projects", "--json")
    assert code == 0
    return {one["name"]: one for one in json.loads(out)["projects"]}


def counts(program):
    code, out, _ = program("stats", "--by", "project", "--json")
    assert code == 0
    return {group["key"]: group["interactions"] for group in json.loads(out)["groups"]}


def test_it_lists_projects_with_their_directories(program, two):
    found = listed(program)
    assert {name: one["interactions"] for name, one in found.items()} == {"atlas": 3, "notes": 1}
    assert found["atlas"]["directories"] == [
        {"directory": ATLAS, "worktree": None, "chosen": False},
        {"directory": f"{ATLAS}/.claude/worktrees/fox", "worktree": "fox", "chosen": False},
    ]
    assert "fox" in program("projects")[1]


def test_joined_projects_count_as_one_until_it_is_undone(program, two):
    assert "Join projects." in program("projects", "join", "notes", "atlas")[1]
    assert counts(program) == {"atlas": 4}
    assert listed(program)["atlas"]["directories"][-1]["chosen"]
    assert "you" in program("projects")[1]
    program("undo")
    assert counts(program) == {"atlas": 3, "notes": 1}
    program("redo")
    assert counts(program) == {"atlas": 4}
    assert program("doctor")[0] == 0


def test_a_worktree_can_be_a_project_of_its_own(program, two):
    code, out, _ = program("projects", "split", f"{ATLAS}/.claude/worktrees/fox", "--json")
    assert (code, json.loads(out)) == (0, {"done": "Split a project", "ids": []})
    assert counts(program) == {"atlas": 2, "fox": 1, "notes": 1}


def test_a_project_goes_by_another_name_everywhere(program, two):
    assert program("projects", "rename", "atlas", "The map")[0] == 0
    assert counts(program) == {"The map": 3, "notes": 1}
    assert "The map" in program("list")[1]
    assert program("stats", "--project", "The map")[0] == 0
    newest = json.loads(program("list", "--json", "--limit", "1")[1].splitlines()[0])
    assert newest["project"] == "notes"
    assert program("projects", "rename", "The map", "")[0] == 0
    assert counts(program) == {"atlas": 3, "notes": 1}


def test_work_can_be_narrowed_to_a_worktree(program, two):
    rows = program("list", "--json", "--where", "worktree:fox")[1].splitlines()
    assert [json.loads(row)["worktree"] for row in rows] == ["fox"]
    assert len(program("list", "--json", "--where", "-worktree:fox")[1].splitlines()) == 3
    assert len(program("list", "--json", "--where", "worktree:none")[1].splitlines()) == 3
    shown = program("show", json.loads(rows[0])["id"])[1]
    assert f"{ATLAS}/.claude/worktrees/fox" in shown


@pytest.mark.parametrize(
    "arguments",
    [("join", "notes", "nothing"), ("join", "notes", "notes"), ("split", ATLAS), ("split", "x")],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(program, two, arguments):
    code, out, err = program("projects", *arguments)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
