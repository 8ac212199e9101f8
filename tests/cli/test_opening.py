import json
import os
import time
from datetime import UTC, datetime

import pytest

from ledger.cli import opening
from ledger.core.errors import StoreError
from ledger.host import paths
from ledger.store.store import Store


def test_the_ledger_is_the_persons_and_is_closed_afterwards():
    with opening.opened() as desk:
        assert desk.store.path == paths.ledger_path()
        store = desk.store
    with pytest.raises(Exception, match=r"(?i)closed"):
        store.files()


def test_it_is_closed_when_a_command_fails():
    command = opening.opened()
    store = command.__enter__().store
    assert not command.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    with pytest.raises(Exception, match=r"(?i)closed"):
        store.files()


def test_a_file_that_is_no_ledger_is_refused_with_a_sentence(program):
    Store.open(paths.ledger_path()).close()
    paths.ledger_path().write_bytes(b"no ledger at all" * 500)
    code, out, error = program("list")
    assert (code, out) == (1, "")
    assert error.count("\n") == 1
    with pytest.raises(StoreError):
        opening.opened_store()


def test_json_is_one_line_and_keeps_every_letter(capsys):
    opening.say_json({"name": "naïve – 東京", "line": "a\nb"})
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "東京" in out
    assert json.loads(out) == {"name": "naïve – 東京", "line": "a\nb"}


@pytest.fixture
def in_berlin(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


def test_moments_are_utc_for_scripts_and_local_for_people(in_berlin):
    moment = int(datetime(2026, 7, 1, 22, 30, 5, 120_000, UTC).timestamp() * 1000)
    assert opening.iso(moment) == "2026-07-01T22:30:05.120Z"
    assert opening.local(moment) == "2026-07-02 00:30"
    assert opening.local(None) == "–"


def test_logs_are_looked_for_where_the_environment_says(monkeypatch, scratch_home):
    monkeypatch.setenv("CODEX_HOME", "/elsewhere")
    home = opening.home()
    assert home.path == scratch_home
    assert home.variables["CODEX_HOME"] == "/elsewhere"


def test_a_table_has_its_numbers_to_the_right_and_its_words_to_the_left(capsys):
    opening.table(("NAME", "COUNT", "DAY"), [("a", "5", "2026-07-01"), ("longer", "1,200", "–")])
    assert capsys.readouterr().out.splitlines() == [
        "NAME    COUNT  DAY",
        "a           5  2026-07-01",
        "longer  1,200  –",
    ]


def test_a_table_without_rows_is_its_headings(capsys):
    opening.table(("NAME", "COUNT"), [])
    assert capsys.readouterr().out == "NAME  COUNT\n"


def test_a_cell_stays_in_its_line_and_commands_nothing(capsys):
    opening.table(("NAME",), [("a\nb\x1b[31mred\x07",), ("x" * 10_000,)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "a b␛[31mred␇"
    assert len(lines[2]) == opening.LONGEST_CELL


def test_what_is_said_is_made_visible_and_keeps_its_lines(capsys):
    opening.say("one\ntwo\t\x1b]0;title\x07")
    opening.say("problem", err=True)
    assert capsys.readouterr() == ("one\ntwo\t␛]0;title␇\n", "problem\n")


def test_a_pipe_is_nobody_who_watches(monkeypatch):
    reader, writer = os.pipe()
    with os.fdopen(reader), os.fdopen(writer, "w") as pipe:
        monkeypatch.setattr("sys.stderr", pipe)
        assert not opening.interactive()
