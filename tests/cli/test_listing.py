import pytest

from ledger.cli import listing
from ledger.cli.listing import SCREENFUL
from tests.cli.printed import listed
from tests.making import claude_log


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


@pytest.mark.parametrize(("count", "more"), [(SCREENFUL, False), (SCREENFUL + 1, True)])
def test_a_terminal_gets_a_screenful_and_is_told_when_there_is_more(
    program, scratch_home, count, more
):
    claude_log(scratch_home, "s1", count)
    program("import")
    _, out, error = program("list")
    assert len(out.splitlines()) == SCREENFUL + 1
    assert ("--limit shows more" in error) is more
    assert program("list", "--limit", "5")[2] == ""


def test_a_script_gets_everything(program, scratch_home, monkeypatch):
    monkeypatch.setattr(listing, "CHUNK", 7)
    claude_log(scratch_home, "s1", 60)
    program("import")
    rows = listed(program)
    assert len({row["id"] for row in rows}) == 60
    assert [row["time"] for row in rows] == sorted((row["time"] for row in rows), reverse=True)


def test_what_is_not_known_is_said_so_in_the_table(program):
    program("log", "--tool", "codex")
    program("log", "--text", "four words of text", "--model", "gpt-5")
    program("log", "--input", "1200")
    _, out, _ = program("list")
    assert sorted(line.split()[-2] for line in out.splitlines()[1:]) == ["1,200", "unknown", "~4"]
    assert all(line.endswith("untagged") for line in out.splitlines()[1:])
