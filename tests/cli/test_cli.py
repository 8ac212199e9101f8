import json

import pytest

from ledger.cli import run
from tests.making import claude_log


@pytest.fixture
def program(capsys):
    """Run a command and return (exit code, stdout, stderr)."""

    def call(*arguments):
        code = run(arguments)
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def imported(program, scratch_home):
    claude_log(scratch_home, "s1", 3)
    assert program("import")[0] == 0
    return scratch_home


def objects(text):
    return [json.loads(line) for line in text.splitlines()]


def listed(program, *more):
    return objects(program("list", "--json", *more)[1])


def test_import_says_what_is_new_and_the_second_time_nothing_is(program, scratch_home):
    claude_log(scratch_home, "s1", 3)
    assert "3 new interactions" in program("import")[1]
    [again] = objects(program("import", "--json")[1])
    assert (again["files"], again["new_interactions"], again["interactions"]) == (0, 0, 3)


def test_list_has_an_object_per_line_newest_first(program, imported):
    rows = listed(program)
    assert len(rows) == 3
    assert rows[0]["time"] > rows[2]["time"]
    assert rows[0]["time"].endswith("Z")
    assert rows[0]["tool"] == "claude-code"
    assert rows[0]["project"] == "atlas"
    assert rows[0]["model"] == "claude-opus-4-5"
    assert rows[0]["usage"] == {
        "input": 10,
        "cache_read": 1000,
        "cache_write": 100,
        "output": 100,
        "reasoning": None,
        "basis": "exact",
        "requests_unknown": 0,
    }
    assert rows[0]["tag"] is None


def test_list_can_be_narrowed_and_limited(program, imported):
    assert len(listed(program, "--limit", "2")) == 2
    assert len(listed(program, "--project", "atlas")) == 3
    assert len(listed(program, "--model", "claude-*")) == 3
    assert listed(program, "--tag", "kept") == []
    assert listed(program, "--until", "2020-01-01") == []
    assert len(listed(program, "--since", "2026-05-28")) == 3


def test_a_name_that_is_not_there_gets_a_near_match(program, imported):
    code, _, error = program("list", "--project", "atlsa")
    assert code == 1
    assert "Did you mean “atlas”?" in error


def test_tag_label_intent_note_and_their_undo(program, imported):
    one, two, three = (row["id"] for row in listed(program))
    assert program("tag", one, two, "kept")[0] == 0
    assert program("label", one, "refactor")[0] == 0
    assert program("intent", one, "experiment")[0] == 0
    assert program("note", one, "a try")[0] == 0
    row = listed(program)[0]
    assert (row["tag"], row["labels"], row["intent"], row["note"]) == (
        "kept", ["refactor"], "experiment", "a try",
    )  # fmt: skip
    assert "Write a note" in program("undo")[1]
    assert listed(program)[0]["note"] is None
    assert "Write a note" in program("redo")[1]
    assert listed(program)[0]["note"] == "a try"
    assert program("label", one, "refactor", "--remove")[0] == 0
    assert listed(program)[0]["labels"] == []
    assert program("tag", three, "untagged")[0] == 0
    assert [row["tag"] for row in listed(program)] == ["kept", "kept", None]


def test_undo_on_a_fresh_ledger_says_there_is_nothing(program, imported):
    assert "nothing" in program("undo")[1]
    assert objects(program("redo", "--json")[1]) == [{"redone": None}]


def test_an_id_may_be_shortened_but_not_invented(program, imported):
    whole = listed(program)[0]["id"]
    assert program("tag", whole[:8], "kept")[0] == 0
    code, _, error = program("tag", "nothexatall", "kept")
    assert (code, "No interaction" in error) == (1, True)
    assert listed(program)[0]["tag"] == "kept"


def test_one_wrong_id_leaves_all_of_them_untagged(program, imported):
    whole = listed(program)[0]["id"]
    assert program("tag", whole, "ffffffffffff", "kept")[0] == 1
    assert listed(program)[0]["tag"] is None


@pytest.mark.parametrize("by", ["tool", "model", "project", "day", "all"])
def test_stats_have_the_shape_scripts_rely_on(program, imported, by):
    [value] = objects(program("stats", "--by", by, "--json")[1])
    [group] = value["groups"] if by != "day" else value["groups"][:1]
    assert set(group) >= {"key", "interactions", "requests", "usage", "tags", "str", "coverage"}
    assert set(group["usage"]) == {"input", "cache_read", "cache_write", "output", "reasoning"}
    assert set(group["tags"]) == {"kept", "edited", "thrown_away", "untagged"}
    assert set(group["str"]) >= {"lower", "upper", "point", "interval"}
    if by != "day":
        assert (group["interactions"], group["requests"]) == (3, 3)
        assert group["usage"]["output"] == 300


def test_stats_move_with_a_tag(program, imported):
    [before] = objects(program("stats", "--json")[1])
    program("tag", listed(program)[0]["id"], "kept")
    [after] = objects(program("stats", "--json")[1])
    assert before["groups"][0]["str"]["lower"] == 0
    assert after["groups"][0]["str"]["lower"] > 0
    assert after["groups"][0]["tags"]["kept"] == 1
    assert 0 < after["groups"][0]["coverage"] < 1


def test_stats_of_an_empty_ledger_claim_nothing(program):
    code, out, _ = program("stats", "--json")
    [group] = json.loads(out)["groups"]
    assert code == 0
    assert group["interactions"] == 0
    assert group["str"]["point"] is None
    assert group["coverage"] is None


def test_show_reads_the_text_from_the_log_and_says_when_it_is_gone(program, imported):
    row = listed(program)[0]
    [shown] = objects(program("show", row["id"], "--json", "--transcript")[1])
    assert shown["prompt"] == "prompt number 2"
    assert any("answer number 2" in step["text"] for step in shown["steps"])
    assert "prompt number 2" in program("show", row["id"])[1]
    next(imported.rglob("s1.jsonl")).unlink()
    [gone] = objects(program("show", row["id"], "--json")[1])
    assert gone["prompt"] is None
    assert "deleted or moved" in gone["prompt_missing"]


def test_log_keeps_unknown_tokens_unknown(program):
    [logged] = objects(program("log", "--tool", "other", "--tag", "kept", "--json")[1])
    assert logged["basis"] == "unknown"
    [row] = listed(program)
    assert row["usage"]["requests_unknown"] == 1
    assert row["tag"] == "kept"


def test_log_counts_a_text_and_marks_the_estimate(program):
    words = "The answer is forty-two, as everybody knows."
    code, out, _ = program("log", "--text", words, "--model", "gpt-5", "--when", "2 hours ago")
    assert code == 0
    assert "~" in out
    assert listed(program)[0]["usage"]["basis"] == "estimated"


def test_log_takes_counts_as_they_are_given(program):
    program("log", "--input", "1200", "--output", "300", "--project", "thesis")
    [row] = listed(program)
    assert (row["usage"]["input"], row["usage"]["output"]) == (1200, 300)
    assert row["project"] == "thesis"


def test_log_refuses_a_time_it_cannot_read(program):
    code, _, error = program("log", "--when", "soonish")
    assert (code, "yesterday 15:00" in error) == (1, True)
    assert listed(program) == []


def test_sources_tell_where_was_looked_and_what_was_not_found(program, imported):
    [value] = objects(program("sources", "--json")[1])
    by_tool = {row["tool"]: row for row in value["sources"] if row["found"]}
    assert by_tool["claude-code"]["files"] == 1
    assert by_tool["claude-code"]["read_bytes"] == by_tool["claude-code"]["size_bytes"]
    reasons = [row["reason"] for row in value["sources"] if row["tool"] == "codex"]
    assert "there is no such folder" in reasons
    assert "FOLDER" in program("sources")[1]


def test_a_line_that_cannot_be_read_is_counted_and_can_be_found(program, imported):
    log = next(imported.rglob("s1.jsonl"))
    with log.open("a") as out:
        out.write('{"torn": \n')
    assert "1 lines could not be read" in program("import")[1]
    [value] = objects(program("sources", "--rejected", "--json")[1])
    assert [line["reason"] for line in value["rejected"]] == ["not valid JSON"]
    assert "torn" not in json.dumps(value)


def test_doctor_is_content_with_a_healthy_ledger(program, imported):
    code, out, _ = program("doctor", "--json")
    assert code == 0
    assert json.loads(out)["ok"]


def test_a_ledger_that_others_could_read_is_closed_to_them_again(program, imported):
    ledger = next(imported.rglob("ledger.db"))
    ledger.chmod(0o644)
    assert program("doctor")[0] == 0
    assert ledger.stat().st_mode & 0o077 == 0


def test_doctor_notices_a_stray_open_file_beside_the_ledger(program, imported):
    stray = next(imported.rglob("ledger.db")).parent / "copy.db"
    stray.write_text("")
    stray.chmod(0o644)
    code, out, _ = program("doctor")
    assert code == 1
    assert "chmod" in out


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("tag", "x", "liked"), ("list", "--limit", "0")]
)
def test_a_misuse_is_told_from_a_failure(program, arguments):
    assert program(*arguments)[0] == 2


def test_help_and_version(program):
    assert "private ledger" in program("--help")[1]
    assert "signal-ledger" in program("--version")[1]
