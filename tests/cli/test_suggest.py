from tests.cli.printed import objects

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
