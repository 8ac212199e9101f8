import json

from tests.cli.printed import objects


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
