import json


def test_a_goal_is_set_shown_and_removed(program, imported):
    assert program("goals")[1].startswith("There are no goals.")
    code, output, _ = program(
        "goals", "add", "thrown", "20", "--where", "tool:claude", "--days", "365"
    )
    assert (code, output.replace("\u202f", " ")) == (
        0,
        "Thrown-away share under 20 % (tool:claude): it is set.\n",
    )
    output = program("goals")[1]
    assert "Too early to say. It needs 8 half-hours of work, 3 so far." in output
    assert program("goals", "remove", "1")[0] == 0
    assert program("goals")[1].startswith("There are no goals.")


def test_scripts_find_what_a_goal_stands_on(program, imported):
    program("goals", "add", "kept", "60", "--days", "365", "--grace", "0")
    value = json.loads(program("goals", "--json")[1])
    assert value == {
        "goals": [
            {
                "number": 1,
                "measure": "kept",
                "percent": 60,
                "where": "",
                "days": 365,
                "grace_days": 0,
                "state": "too-early-to-say",
                "share": None,
                "interval": None,
                "blocks": 3,
            }
        ]
    }


def test_scripts_read_which_goal_was_set_and_removed(program, imported):
    goal = {"measure": "kept", "percent": 60, "where": "", "days": 28, "grace_days": 7}
    assert json.loads(program("goals", "add", "kept", "60", "--json")[1]) == {"set": goal}
    assert json.loads(program("goals", "remove", "1", "--json")[1]) == {"removed": goal}
    assert json.loads(program("goals", "--json")[1]) == {"goals": []}


def test_an_amount_is_refused_with_the_reason(program, imported):
    code, _, error = program("goals", "add", "tokens", "20")
    assert code == 1
    assert "A goal on tokens is refused." in error
    assert program("goals")[1].startswith("There are no goals.")


def test_a_number_that_is_no_goal_is_told(program, imported):
    code, _, error = program("goals", "remove", "3")
    assert (code, error) == (1, "There is no goal 3. “signal-ledger goals” lists them.\n")
