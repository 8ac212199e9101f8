from tests.cli.printed import listed, objects
from tests.making import claude_log


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


def test_show_tells_people_in_words(program, imported):
    row = listed(program)[0]
    program("label", row["id"], "refactor")
    _, out, _ = program("show", row["id"], "--transcript")
    assert "input 10, cache read 1000, cache write 100, output 100, basis exact" in out
    assert "{" not in out
    assert "refactor" in out
    assert "── answer" in out
    assert "list price" in out


def test_show_tells_what_it_cost_or_what_has_no_price(program, imported, monkeypatch):
    row = listed(program)[0]
    [priced] = objects(program("show", row["id"], "--json")[1])
    assert priced["cost"]["value"] == priced["cost"]["low"] > 0
    assert priced["cost"]["unknown"] == []
    monkeypatch.setattr("ledger.metrics.charges.PriceBook.history", lambda *_: ())
    [unpriced] = objects(program("show", row["id"], "--json")[1])
    assert (unpriced["cost"]["value"], unpriced["cost"]["high"]) == (None, None)
    assert unpriced["cost"]["unknown"] == ["claude-opus-4-5"]


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
