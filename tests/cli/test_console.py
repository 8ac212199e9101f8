import contextlib
import json
import os
import signal
import time
from datetime import UTC, datetime

import pytest

from ledger.cli import console
from ledger.cli.console import stoppable
from ledger.core.errors import StoreError, TeamError
from ledger.core.team import Line
from ledger.host import paths
from ledger.store.store import Store

LINES = (Line("blocks", "40", "half-hours"),)


class Terminal:
    """A person at a keyboard, or none."""

    def __init__(self, *, there: bool) -> None:
        self.there = there

    def isatty(self) -> bool:
        return self.there


def test_the_ledger_is_the_persons_and_is_closed_afterwards():
    with console.opened() as workspace:
        assert workspace.store.path == paths.ledger_path()
        store = workspace.store
    with pytest.raises(Exception, match=r"(?i)closed"):
        store.files()


def test_it_is_closed_when_a_command_fails():
    command = console.opened()
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
        console.opened_store()


def test_json_is_one_line_and_keeps_every_letter(capsys):
    console.say_json({"name": "naïve – 東京", "line": "a\nb"})
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
    assert console.iso(moment) == "2026-07-01T22:30:05.120Z"
    assert console.local(moment) == "2026-07-02 00:30"
    assert console.local(None) == "–"


def test_a_path_that_is_no_utf_8_is_printed_so_that_a_script_gets_it_back(capsys):
    folder = "/h\udcff/größer 😀"
    console.say_json({"folder": folder})
    out = capsys.readouterr().out
    out.encode("utf-8")
    assert json.loads(out) == {"folder": folder}
    assert "größer 😀" in out


def test_logs_are_looked_for_where_the_environment_says(monkeypatch, scratch_home):
    monkeypatch.setenv("CODEX_HOME", "/elsewhere")
    home = console.home()
    assert home.path == scratch_home
    assert home.variables["CODEX_HOME"] == "/elsewhere"


def test_a_table_has_its_numbers_to_the_right_and_its_words_to_the_left(capsys):
    console.table(("NAME", "COUNT", "DAY"), [("a", "5", "2026-07-01"), ("longer", "1,200", "–")])
    assert capsys.readouterr().out.splitlines() == [
        "NAME    COUNT  DAY",
        "a           5  2026-07-01",
        "longer  1,200  –",
    ]


def test_a_table_without_rows_is_its_headings(capsys):
    console.table(("NAME", "COUNT"), [])
    assert capsys.readouterr().out == "NAME  COUNT\n"


def test_a_cell_stays_in_its_line_and_commands_nothing(capsys):
    console.table(("NAME",), [("a\nb\x1b[31mred\x07",), ("x" * 10_000,)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "a b␛[31mred␇"
    assert len(lines[2]) == console.LONGEST_CELL


def test_what_is_said_is_made_visible_and_keeps_its_lines(capsys):
    console.say("one\ntwo\t\x1b]0;title\x07")
    console.say("problem", err=True)
    assert capsys.readouterr() == ("one\ntwo\t␛]0;title␇\n", "problem\n")


def test_a_pipe_is_nobody_who_watches(monkeypatch):
    reader, writer = os.pipe()
    with os.fdopen(reader), os.fdopen(writer, "w") as pipe:
        monkeypatch.setattr("sys.stderr", pipe)
        assert not console.interactive()


def press():
    signal.raise_signal(signal.SIGINT)


def test_ctrl_c_is_noted_and_interrupts_nothing():
    with stoppable() as stopped:
        assert not stopped()
        press()
        assert stopped()


def test_a_second_one_interrupts():
    with stoppable():
        press()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_afterwards_it_is_as_it_was_before():
    before = signal.getsignal(signal.SIGINT)
    with stoppable():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    with contextlib.suppress(ZeroDivisionError), stoppable():
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGINT) is before


def test_each_time_begins_anew():
    with stoppable():
        press()
    with stoppable() as stopped:
        assert not stopped()


def test_with_nobody_there_to_ask_nothing_is_agreed(capsys, monkeypatch):
    monkeypatch.setattr(console.sys, "stdin", Terminal(there=False))
    with pytest.raises(TeamError, match="Nothing was written"):
        console.agreed(LINES, ("Mind this.",), yes=False, as_json=False)
    shown = capsys.readouterr().out
    assert "half-hours" in shown
    assert "Mind this." in shown


@pytest.mark.parametrize("answer", [True, False])
def test_a_person_at_a_keyboard_is_asked(monkeypatch, answer):
    monkeypatch.setattr(console.sys, "stdin", Terminal(there=True))
    monkeypatch.setattr(console.click, "confirm", lambda *_, **__: answer)
    assert console.agreed(LINES, (), yes=False, as_json=False) is answer


def test_the_content_is_shown_even_when_nobody_is_asked(capsys):
    assert console.agreed(LINES, (), yes=True, as_json=False)
    assert "half-hours" in capsys.readouterr().out


def test_scripts_see_the_content_before_anything_is_written(capsys):
    assert not console.agreed(LINES, ("Mind.",), yes=False, as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert shown["written"] is None
    assert shown["fields"] == [{"field": "blocks", "value": "40", "words": "half-hours"}]
    assert console.agreed(LINES, (), yes=True, as_json=True)
