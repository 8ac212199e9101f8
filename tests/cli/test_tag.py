import pytest

from tests.cli.printed import listed, objects


def test_tag_label_intent_note_and_their_undo(program, imported):
    first, second, third = (row["id"] for row in listed(program))
    assert program("tag", first, second, "kept")[0] == 0
    assert program("label", first, "refactor")[0] == 0
    assert program("intent", first, "experiment")[0] == 0
    assert program("note", first, "a try")[0] == 0
    row = listed(program)[0]
    assert (row["tag"], row["labels"], row["intent"], row["note"]) == (
        "kept", ["refactor"], "experiment", "a try",
    )  # fmt: skip
    assert "Write a note" in program("undo")[1]
    assert listed(program)[0]["note"] is None
    assert "Write a note" in program("redo")[1]
    assert listed(program)[0]["note"] == "a try"
    assert program("label", first, "refactor", "--remove")[0] == 0
    assert listed(program)[0]["labels"] == []
    assert program("tag", third, "untagged")[0] == 0
    assert [row["tag"] for row in listed(program)] == ["kept", "kept", None]


def test_undo_on_a_fresh_ledger_says_there_is_nothing(program, imported):
    assert "nothing" in program("undo")[1]
    assert objects(program("redo", "--json")[1]) == [{"redone": None}]


def test_one_wrong_id_leaves_all_of_them_untagged(program, imported):
    whole = listed(program)[0]["id"]
    assert program("tag", whole, "ffffffffffff", "kept")[0] == 1
    assert listed(program)[0]["tag"] is None


def test_what_was_done_is_said_with_the_ids_it_was_done_to(program, imported):
    whole = listed(program)[0]["id"]
    assert program("tag", whole, whole[:9], "edited")[1] == "Tag 1 interaction as edited.\n"
    [done] = objects(program("intent", whole, "experiment", "--json")[1])
    assert done == {"done": "Mark 1 interaction as experiment", "ids": [whole]}
    [undone] = objects(program("undo", "--json")[1])
    assert undone == {"undone": "Mark 1 interaction as experiment"}
    assert program("redo")[1] == "Redone: Mark 1 interaction as experiment.\n"
    assert program("redo")[1] == "There is nothing to be redone.\n"


@pytest.mark.parametrize("name", ["", "  ", "a,b"])
def test_a_label_has_a_name_without_commas(program, imported, name):
    """The window asks for labels with commas between them."""
    whole = listed(program)[0]["id"]
    code, _, error = program("label", whole, name)
    assert (code, "cannot be a label" in error) == (1, True)
    assert listed(program)[0]["labels"] == []


def test_a_label_is_kept_without_the_blanks_around_it(program, imported):
    program("label", listed(program)[0]["id"], "  two words ")
    assert listed(program)[0]["labels"] == ["two words"]


def test_an_empty_note_takes_the_note_away(program, imported):
    whole = listed(program)[0]["id"]
    program("note", whole, "why")
    program("note", whole, "")
    assert listed(program)[0]["note"] is None


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
