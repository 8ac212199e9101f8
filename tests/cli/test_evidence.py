import signal

import pytest

from ledger.cli import CANCELLED, evidence
from tests.cli.printed import listed, objects
from tests.flows.claude_work import work_log


@pytest.fixture
def worked(program, scratch_home):
    work_log(scratch_home)
    assert program("import")[0] == 0
    return [row["id"] for row in reversed(listed(program))]


def test_a_look_is_taken_and_the_next_finds_nothing(program, worked):
    assert program("evidence")[1] == "3 looks at logs and repositories.\n"
    assert objects(program("evidence", "--json")[1]) == [{"looks": 0, "stopped": False}]


def test_ctrl_c_ends_the_looking_after_the_slice_and_the_next_look_goes_on(
    program, worked, monkeypatch
):
    def pressed(*asked):
        for number, step in enumerate(look(*asked)):
            if not number:
                signal.raise_signal(signal.SIGINT)
            yield step

    look = evidence.run_evidence
    with monkeypatch.context() as patched:
        patched.setattr(evidence, "run_evidence", pressed)
        code, out, err = program("evidence", "--json")
    assert objects(out) == [{"looks": 2, "stopped": True}]
    assert code == CANCELLED
    assert "what was found is kept" in err
    assert objects(program("evidence", "--json")[1]) == [{"looks": 1, "stopped": False}]


def test_git_is_left_alone_when_told_so(program, worked):
    assert objects(program("evidence", "--no-git", "--json")[1])[0]["looks"] == 2


def test_what_is_known_of_one_interaction_is_told(program, worked):
    first = next(
        identity for identity in worked if "Nobody looked" in program("evidence", identity)[1]
    )
    program("evidence")
    outputs = [program("evidence", identity)[1] for identity in worked]
    output = next(output for output in outputs if "draft" in output)
    assert "1 command, 1 failed." in output
    assert "You changed 1 file by hand afterwards." in output
    assert first in worked


def test_what_is_known_is_told_to_scripts(program, worked):
    identity = worked[0]
    [before] = objects(program("evidence", identity, "--json")[1])
    assert before == {"id": identity, "kind": "unsorted", "observation": None, "survival": [],
                      "suggestion": None}  # fmt: skip
    program("evidence")
    values = [objects(program("evidence", one, "--json")[1])[0] for one in worked]
    one = next(one for one in values if one["kind"] == "draft")
    assert one["observation"]["files"][0]["path"] == "/home/ada/atlas/a.py"
    assert one["observation"]["hand_edits"] == 1
    assert one["survival"][0]["horizon"] == "now"
    assert set(one["suggestion"]) == {"tag", "confidence", "worth", "why"}


def test_an_id_that_is_none_is_said_to_be_none(program, worked):
    assert program("evidence", "ffffffffffff")[0] == 1


def test_the_kind_of_work_can_be_said_and_left_to_the_rules_again(program, worked):
    program("evidence", "--no-git")
    kinds = [row["kind"] for row in listed(program)]
    assert set(kinds) == {"draft", "question"}
    assert program("kind", *worked, "refactor")[1] == "Sort 2 interactions as refactor.\n"
    assert [row["kind"] for row in listed(program)] == ["refactor"] * 2
    assert program("kind", worked[0], "by-rules")[1] == "Sort 1 interaction by the rules.\n"
    program("undo")
    assert [row["kind"] for row in listed(program)] == ["refactor"] * 2
    program("undo")
    assert [row["kind"] for row in listed(program)] == kinds
    assert program("kind", worked[0], "unsorted")[0] == 2
