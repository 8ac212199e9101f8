from ledger.cli import suggest
from ledger.core.evidence import Suggestion
from ledger.core.vocabulary import Tag
from ledger.host import paths
from ledger.store.store import Store
from tests.cli.printed import listed, objects

WHY = "62 of 75 added lines are on the default branch after 7 days."


def test_suggest_prints_one_object_for_each_suggestion(program, suggested):
    [suggestion] = objects(program("suggest", "--json")[1])
    assert suggestion["id"] == f"{suggested:016x}"
    assert suggestion["suggestion"] == "kept"
    assert suggestion["confidence"] == 0.85
    assert suggestion["why"] == WHY
    assert suggestion["survival"] == 0.9
    assert suggestion["landed"] == 0.83


def test_suggest_reads_as_a_table_with_the_reason(program, suggested):
    code, out, err = program("suggest")
    assert code == 0
    assert "85 %" in out
    assert WHY in out
    assert "No question" in err


def test_without_evidence_nothing_is_suggested(program, imported):
    assert objects(program("suggest", "--json")[1]) == []


def test_sampled_answers_are_set_beside_what_was_suggested(program, suggested):
    for question in objects(program("questions", "--first", "--days", "3650", "--json")[1]):
        program("questions", "--answer", question["id"], "edited")
    code, out, err = program("suggest")
    assert code == 0
    assert "agreed with you in 0 of 1 answers" in err
    assert "YOU: THROWN AWAY" in out
    assert "kept  " in out


def test_a_long_list_is_read_in_pieces_and_names_each_suggestion_once(
    program, suggested, monkeypatch
):
    others = [int(row["id"], 16) for row in listed(program)[1:]]
    with Store.open(paths.ledger_path()) as store:
        store.evidence.set_suggestions(
            [
                Suggestion(interaction=one, tag=Tag.EDITED, confidence=0.6, worth=0.6, why=("So.",))
                for one in others
            ]
        )
    monkeypatch.setattr(suggest, "CHUNK", 1)
    found = [one["id"] for one in objects(program("suggest", "--json")[1])]
    assert found == [f"{one:016x}" for one in (suggested, *others)]
