import sys
from io import StringIO

from tests.cli.printed import listed, objects

FIRST = ("--first", "--days", "3650")


def test_questions_are_drawn_listed_and_answered(program, imported):
    assert "Nothing is asked now" in program("questions")[1]
    questions = objects(program("questions", *FIRST, "--json")[1])
    assert len(questions) == 3  # three blocks, twenty questions
    code, out, _ = program("questions", "--answer", questions[0]["id"], "thrown-away")
    assert (code, out) == (0, "Saved.\n")
    tags = {row["id"]: row["tag"] for row in listed(program)}
    assert [tags[identity] for identity in questions[0]["interactions"]] == ["thrown-away"]
    assert len(objects(program("questions", "--json")[1])) == 2


def test_a_question_can_be_skipped(program, imported):
    questions = objects(program("questions", *FIRST, "--json")[1])
    answered = objects(program("questions", "--answer", questions[0]["id"], "skip", "--json")[1])
    assert answered == [{"answered": questions[0]["id"], "tag": None}]
    assert {row["tag"] for row in listed(program)} == {None}


def test_a_wrong_id_or_answer_says_what_to_do(program, imported):
    questions = objects(program("questions", *FIRST, "--json")[1])
    code, _, err = program("questions", "--answer", "ffffffff", "kept")
    assert code == 1
    assert "signal-ledger questions" in err
    code, _, err = program("questions", "--answer", questions[0]["id"], "good")
    assert code == 1
    assert "thrown-away" in err


def test_questions_can_be_answered_one_by_one_in_a_terminal(program, imported, monkeypatch):
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    program("questions", *FIRST)
    monkeypatch.setattr(sys, "stdin", Terminal("x\nk\ns\nq\n"))
    code, out, _ = program("questions")
    assert code == 0
    assert "Saved as kept." in out
    tags = [row["tag"] for row in listed(program)]
    assert sorted(tags, key=str) == [None, None, "kept"]
