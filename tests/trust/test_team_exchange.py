"""A whole exchange from the command line: what its files hold, and what its code can do."""

import ast
import inspect
import random
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.cli import run, team_sealing
from ledger.cli import team as cli_team
from ledger.core.team import Card, Period, Share, TeamCard, TeamRatio, Vector
from ledger.flows.team.open_cards import compare
from ledger.host import paths
from tests.house.files import CODE, parsed
from tests.making import claude_log
from tests.teaming import Person, cards, gathered
from tests.trust.canaries import CANARY
from tests.trust.team_worlds import all_forms

JUNE = Period.read("2026-P06")  # the logs of these tests are of 28 May
NOW_MS = JUNE.until_s * 1000 + 7919
# Closed words that the program itself must understand.
CLOSED = {("session", "tool"), ("file", "tool"), ("file", "state")}
GUARDED = {"history", "question"}  # they refuse to be changed; labels and notes are in them


@pytest.fixture
def people(monkeypatch, tmp_path, scratch_home) -> list[Person]:
    """Return five people whose ledgers sing in every text, and who confirmed each other."""
    for module in (cli_team, team_sealing):
        monkeypatch.setattr(module, "now_ms", lambda: NOW_MS)
    found = gathered(monkeypatch, tmp_path / "people", 5)
    claude_log(scratch_home, "s1", 45, cwd=f"/home/{CANARY}/atlas")
    for person in found:
        person.sits_down()
        assert run(["import"]) == 0
    return found


def sing(ledger: Path) -> int:
    """Put the canary into every text column of a ledger; the list of them is asked of the file."""
    sung = 0
    ledger.with_name("ledger.db.columns").unlink(missing_ok=True)
    with closing(sqlite3.connect(ledger)) as raw:
        tables = [name for (name,) in raw.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*sqlite_*'"
        )]  # fmt: skip
        for table in set(tables) - GUARDED:
            for _, column, kind, *_ in raw.execute(f"PRAGMA table_info({table})").fetchall():
                if kind == "TEXT" and (table, column) not in CLOSED and table != "logged":
                    raw.execute(f"UPDATE {table} SET {column} = {column} || '{CANARY}'")
                    sung += 1
        raw.commit()
    return sung


@contextmanager
def watched() -> Iterator[list[str]]:
    """Yield the list of everything that reaches for a socket or a name meanwhile."""
    seen: list[str] = []
    on = [True]
    sys.addaudithook(lambda event, _: seen.append(event) if on[0] and "socket." in event else None)
    yield seen
    on[0] = False


def tagged(luck: random.Random) -> None:
    """Tag, label and annotate with words that sing."""
    with closing(sqlite3.connect(paths.ledger_path())) as raw:
        ids = sorted(one for (one,) in raw.execute("SELECT id FROM interaction"))
    some = [f"{one:016x}" for one in luck.sample(ids, 30)]
    assert run(["tag", *some[:20], "kept"]) == 0
    assert run(["tag", *some[20:], "edited"]) == 0
    assert run(["label", some[0], CANARY]) == 0
    assert run(["note", some[0], f"{CANARY} was here"]) == 0


def exchanged(people: list[Person], folder: Path) -> None:
    """Let everybody make every kind of file."""
    people[0].sits_down()
    assert run(["team", "round", "atlas", "--out", str(folder / "round.json")]) == 0
    for person in people:
        person.sits_down()
        for words in (
            ["team", "card", "--period", str(JUNE), "--out", str(folder), "--yes"],
            ["team", "key", "atlas", "--out", str(folder)],
            ["team", "seal", str(folder / "round.json"), "--out", str(folder), "--yes"],
        ):
            assert run(words) == 0


def test_x8_and_x20_no_word_leaves_and_nothing_reaches_for_a_network(people, tmp_path, capsys):
    folder = tmp_path / "exchange"
    folder.mkdir()
    for number, person in enumerate(people):
        person.sits_down()
        tagged(random.Random(number))
        assert sing(paths.ledger_path()) > 10
    capsys.readouterr()  # a person's own screen may show their own words
    with watched() as reached:
        exchanged(people, folder)
    assert reached == []
    files = list(folder.iterdir())
    assert len(files) == 16
    carried = b"".join(file.name.encode() + file.read_bytes() for file in files)
    carried += "".join(capsys.readouterr()).encode().replace(str(tmp_path).encode(), b"")
    for word in (CANARY, "claude-opus-4-5", "claude-code", "2026-05-28", str(NOW_MS)):
        assert [form for form in all_forms(word) if form in carried] == [], word
    assert {file.stat().st_mtime for file in files} == {JUNE.until_s, 0}


def test_the_search_would_have_found_it(people):
    people[0].sits_down()
    tagged(random.Random(0))
    sing(paths.ledger_path())
    assert run(["dump", "--out", str(people[0].folder / "dump.jsonl")]) == 0
    held = (people[0].folder / "dump.jsonl").read_bytes()
    assert any(form in held for form in all_forms(CANARY))


CARD = ["team", "card", "--period", str(JUNE), "--yes", "--out"]


def carded(folder: Path) -> bytes:
    """Import, make a card, and return its bytes."""
    folder.mkdir()
    assert run(["import"]) == 0
    assert run([*CARD, str(folder)]) == 0
    (file,) = folder.iterdir()
    return file.read_bytes()


def test_the_same_logs_in_other_pieces_on_another_day_and_elsewhere_give_the_same_card(
    monkeypatch, tmp_path, scratch_home
):
    monkeypatch.setattr(cli_team, "now_ms", lambda: NOW_MS)
    one = Person(monkeypatch, tmp_path / "one").sits_down()
    log = claude_log(scratch_home, "s1", 45)
    whole = carded(tmp_path / "first")
    assert one.folder.exists()
    Person(monkeypatch, tmp_path / "other").sits_down()
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join(lines[40:]))
    log.with_name("earlier.jsonl").write_text("".join(lines[:40]))
    monkeypatch.setattr(cli_team, "now_ms", lambda: NOW_MS + 10**10)
    monkeypatch.setenv("TZ", "Pacific/Chatham")
    time.tzset()
    try:
        assert carded(tmp_path / "second") == whole
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


# What the code can say of other people.

TEAM_FILES = [
    path
    for path in sorted(CODE.rglob("*.py"))
    if path.stem.startswith(("team", "seal"))
    or path.parent.name == "team"
    or path.stem == "console"
]
ORDER = re.compile(
    r"(^|_)(rank|ranks|ranking|ranked|percentile|percentiles|quantile|quantiles|median|leader|"
    r"leaderboard|best|worst|top|bottom|score|scores|minimum|maximum|place_of|position_of)($|_)"
)


def test_x13_nothing_is_named_after_an_order_of_people():
    assert len(TEAM_FILES) > 12
    names = [
        (path.name, name)
        for path in TEAM_FILES
        for node in ast.walk(parsed(path))
        for name in (
            getattr(node, "name", None),
            getattr(node, "id", None),
            getattr(node, "attr", None),
        )
        if isinstance(name, str) and ORDER.search(name.lower())
    ]
    assert names == []


def test_x13_what_a_team_sees_has_room_for_sums_and_ones_own_only():
    allowed = {Period, int, float, Share, TeamRatio, TeamRatio | None, tuple[str, ...]}
    assert set(inspect.get_annotations(TeamCard).values()) <= allowed
    assert {field.name for field in fields(Share)} == {"team", "own"}


def moved(given: list[Card], steps: list[tuple[int, int, int]]) -> list[Card]:
    """Move half-hours and tokens from one card to another; the sums stay."""
    rows = [list(card.vector) for card in given]
    for source, target, field in steps:
        step = 1 if field >= 6 else 5
        rows[source][field] -= step
        rows[target][field] += step
    return [replace(card, vector=Vector(*row)) for card, row in zip(given, rows, strict=True)]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 7)), max_size=8))
def test_x13_the_same_sums_give_the_same_result_whosever_they_are(steps):
    """So nothing that is shown can be a rank, a smallest, a largest or anybody's own value."""
    given = cards(6)
    other = moved(given, steps)
    if len(set(other)) == len(other):
        assert compare(other) == compare(given)
