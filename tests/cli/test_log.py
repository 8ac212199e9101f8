import io
import json
import sys

import pytest

from tests.cli.printed import listed, objects


def test_log_keeps_unknown_tokens_unknown(program):
    [logged] = objects(program("log", "--tool", "other", "--tag", "kept", "--json")[1])
    assert logged["basis"] == "unknown"
    [row] = listed(program)
    assert row["usage"]["requests_unknown"] == 1
    assert row["tag"] == "kept"


def test_log_counts_a_text_and_marks_the_estimate(program):
    text = "The answer is forty-two, as everybody knows."
    code, out, _ = program("log", "--text", text, "--model", "gpt-5", "--when", "2 hours ago")
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


@pytest.mark.parametrize("piped", [b"four words of text", b"\xff\xfe\x00 no text at all"])
def test_a_text_may_be_piped_in_whatever_it_is(program, monkeypatch, piped):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped), "utf-8"))
    code, out, _ = program("log", "--text", "-", "--model", "gpt-5", "--json")
    assert code == 0
    [logged] = objects(out)
    assert logged["basis"] == "estimated"
    assert logged["tokens"] > 0


def test_counts_that_are_known_beat_a_text(program):
    [logged] = objects(program("log", "--output", "7", "--text", "x " * 500, "--json")[1])
    assert (logged["tokens"], logged["basis"]) == (7, "partial")


def test_two_known_counts_are_exact(program):
    [logged] = objects(program("log", "--input", "5", "--output", "7", "--json")[1])
    assert (logged["tokens"], logged["basis"]) == (12, "exact")


def test_nothing_of_the_text_is_kept(program, scratch_home):
    program("log", "--text", "a canary in a coal mine", "--model", "gpt-5")
    files = [file for file in scratch_home.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"canary" in file.read_bytes()]


def test_an_entry_is_tagged_where_and_when_the_person_says(program):
    program("log", "--tool", "codex", "--when", "2026-07-01 14:00", "--tag", "thrown-away",
            "--project", "thesis", "--model", "gpt-5")  # fmt: skip
    [row] = listed(program)
    assert (row["tool"], row["model"], row["tag"]) == ("codex", "gpt-5", "thrown-away")
    assert (row["directory"], row["origin"]) == ("thesis", "logged")
    assert row["time"].startswith("2026-07-01T") or row["time"].startswith("2026-06-30T")


def test_a_tag_and_an_entry_are_taken_back_one_by_one(program):
    program("log", "--tag", "kept")
    assert "Tag 1 interaction" in program("undo")[1]
    assert "Log 1 interaction" in program("undo")[1]
    assert listed(program) == []


def test_a_negative_count_is_a_misuse(program):
    assert program("log", "--input", "-5")[0] == 2
    assert json.loads(program("stats", "--json")[1])["groups"][0]["interactions"] == 0
