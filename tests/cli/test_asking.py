import pytest

from ledger.core.evidence import Fate, Horizon, Suggestion, Survival
from ledger.core.words import Tag
from ledger.host import paths
from ledger.store.store import Store
from tests.cli.printed import listed, objects

FIRST = ("--first", "--days", "3650")
WHY = ("62 of 75 added lines are on the default branch after 7 days.",)


@pytest.fixture
def suggested(program, imported):
    """The newest interaction carries a suggestion."""
    identity = int(listed(program)[0]["id"], 16)
    with Store.open(paths.ledger_path()) as store:
        store.set_survivals(
            [
                Survival(
                    interaction=identity, horizon=Horizon.WEEK, fate=Fate.MEASURED, looked_ms=1,
                    anywhere=0.9, landed=0.83, grams=90, lines=75, lines_left=62,
                )
            ],
            now_ms=1,
        )  # fmt: skip
        store.set_suggestions(
            [Suggestion(interaction=identity, tag=Tag.KEPT, confidence=0.85, worth=0.9, why=WHY)]
        )
    return identity


def test_suggest_prints_one_object_for_each_suggestion(program, suggested):
    [one] = objects(program("suggest", "--json")[1])
    assert one["id"] == f"{suggested:016x}"
    assert one["suggestion"] == "kept"
    assert one["confidence"] == 0.85
    assert one["why"] == WHY[0]
    assert one["survival"] == 0.9
    assert one["landed"] == 0.83


def test_suggest_reads_as_a_table_with_the_reason(program, suggested):
    code, out, err = program("suggest")
    assert code == 0
    assert "85 %" in out
    assert WHY[0] in out
    assert "No question" in err


def test_without_evidence_nothing_is_suggested(program, imported):
    assert objects(program("suggest", "--json")[1]) == []


def test_questions_are_drawn_listed_and_answered(program, imported):
    assert "Nothing is asked now" in program("questions")[1]
    asked = objects(program("questions", *FIRST, "--json")[1])
    assert len(asked) == 3  # three blocks, twenty questions
    code, out, _ = program("questions", "--answer", asked[0]["id"], "thrown-away")
    assert (code, out) == (0, "Saved.\n")
    tags = {row["id"]: row["tag"] for row in listed(program)}
    assert [tags[identity] for identity in asked[0]["interactions"]] == ["thrown-away"]
    assert len(objects(program("questions", "--json")[1])) == 2


def test_a_question_can_be_skipped(program, imported):
    asked = objects(program("questions", *FIRST, "--json")[1])
    answered = objects(program("questions", "--answer", asked[0]["id"], "skip", "--json")[1])
    assert answered == [{"answered": asked[0]["id"], "tag": None}]
    assert {row["tag"] for row in listed(program)} == {None}


def test_a_wrong_id_or_answer_says_what_to_do(program, imported):
    asked = objects(program("questions", *FIRST, "--json")[1])
    code, _, err = program("questions", "--answer", "ffffffff", "kept")
    assert code == 1
    assert "signal-ledger questions" in err
    code, _, err = program("questions", "--answer", asked[0]["id"], "good")
    assert code == 1
    assert "thrown-away" in err


def test_questions_can_be_answered_one_by_one_in_a_terminal(program, imported, monkeypatch):
    import sys
    from io import StringIO

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


def test_a_suggestion_is_accepted_by_its_id_and_taken_back_as_one(program, suggested):
    identity = f"{suggested:016x}"
    assert program("tag", "--accept", identity) == (0, "Tag 1 interaction as kept.\n", "")
    assert listed(program)[0]["tag"] == "kept"
    program("undo")
    assert listed(program)[0]["tag"] is None


def test_a_suggestion_never_takes_the_place_of_a_tag(program, suggested):
    identity = f"{suggested:016x}"
    program("tag", identity, "edited")
    code, _, err = program("tag", "--accept", identity)
    assert code == 1
    assert "already" in err
    assert listed(program)[0]["tag"] == "edited"


def test_where_one_has_no_suggestion_none_is_accepted(program, suggested):
    rows = listed(program)
    code, _, err = program("tag", "--accept", rows[0]["id"], rows[1]["id"])
    assert code == 1
    assert "Nothing was tagged" in err
    assert {row["tag"] for row in listed(program)} == {None}


def test_sampled_answers_are_set_beside_what_was_suggested(program, suggested):
    for one in objects(program("questions", *FIRST, "--json")[1]):
        program("questions", "--answer", one["id"], "edited")
    code, out, err = program("suggest")
    assert code == 0
    assert "agreed with you in 0 of 1 answers" in err
    assert "YOU: THROWN AWAY" in out
    assert "kept  " in out
