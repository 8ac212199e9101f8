import pytest

from ledger.cli import listing
from ledger.cli.listing import SCREENFUL
from tests.cli.printed import listed, objects
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


def test_an_id_may_be_shortened_but_not_invented(program, imported):
    whole = listed(program)[0]["id"]
    assert program("tag", whole[:8], "kept")[0] == 0
    code, _, error = program("tag", "nothexatall", "kept")
    assert (code, "No interaction" in error) == (1, True)
    assert listed(program)[0]["tag"] == "kept"


def test_an_id_that_several_begin_with_is_not_guessed(program, imported, monkeypatch):
    code, _, error = program("show", "")
    assert (code, "No interaction begins with “”" in error) == (1, True)
    ids = sorted(row["id"] for row in listed(program))
    monkeypatch.setattr("ledger.store.store.Store.ids_starting", lambda *_: [1, 2])
    assert "2 interactions begin with" in program("show", ids[0][:1])[2]


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


def test_show_tells_people_in_words(program, imported):
    row = listed(program)[0]
    program("label", row["id"], "refactor")
    _, out, _ = program("show", row["id"], "--transcript")
    assert "input 10, cache read 1000, cache write 100, output 100, basis exact" in out
    assert "{" not in out
    assert "refactor" in out
    assert "── answer" in out


def test_a_log_cannot_command_the_terminal(program, scratch_home):
    log = claude_log(scratch_home, "s1", 1)
    log.write_text(
        log.read_text().replace("prompt number 0", r"\u001b]52;c;ZXZpbA==\u0007 \u202ecod")
    )
    program("import")
    identity = listed(program)[0]["id"]
    _, out, _ = program("show", identity, "--transcript")
    assert "␛]52;c;ZXZpbA==␇" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
    [row] = objects(program("show", identity, "--json")[1])
    assert row["prompt"].startswith("\x1b]52")  # JSON escapes it, and scripts get what was written
