import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.rows import EditRow
from ledger.core.usage import TWENTIETHS, Basis, Usage
from ledger.core.vocabulary import Outcome
from ledger.ui import phrases
from tests.ui.pages.fakes import row

EDIT = EditRow(1, 0, "/home/ada/src/export.py", 12, 3, Outcome.APPLIED, False)


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


def ms(*moment):
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)


def test_a_moment_is_local_with_its_weekday():
    assert phrases.moment(ms(2026, 7, 1, 22, 30)) == "Thu 2 Jul 2026, 00:30"
    assert phrases.moment(ms(2026, 12, 1, 22, 30)) == "Tue 1 Dec 2026, 23:30"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2026, 11, 22, 9, 39), "10:39"),
        ((2026, 11, 21, 23, 30), "00:30"),  # yesterday in UTC, today where the person is
        ((2026, 11, 21, 22, 30), "21 Nov  23:30"),
        ((2025, 12, 31, 23, 30), "1 Jan  00:30"),
        ((2025, 12, 31, 22, 30), "31 Dec 2025"),
    ],
)
def test_a_short_moment_is_shorter_the_nearer_it_is(moment, expected):
    assert phrases.short_moment(ms(*moment), ms(2026, 11, 22, 11) / 1000) == expected


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (0, "0"),
        (940.4, "940"),
        (999.4, "999"),
        (999.5, "1.00 k"),
        (12_400, "12.4 k"),
        (9_994, "9.99 k"),
        (9_996, "10.0 k"),
        (99_960, "100 k"),
        (999_499, "999 k"),
        (999_500, "1.00 M"),
        (3_100_000, "3.10 M"),
        (1_234_000_000, "1234 M"),
    ],
)
def test_an_amount_has_three_figures(tokens, expected):
    assert phrases.amount(tokens) == expected


@given(st.floats(100, 999e6), st.floats(100, 999e6))
def test_more_never_reads_as_less_and_always_has_three_figures(one, two):
    def read(text):
        number, _, unit = text.partition(" ")
        return float(number) * {"": 1, "k": 1e3, "M": 1e6}[unit]

    less, more = sorted((one, two))
    assert read(phrases.amount(less)) <= read(phrases.amount(more))
    assert sum(letter.isdigit() for letter in phrases.amount(one)) == 3


@pytest.mark.parametrize(
    ("basis", "te", "expected"),
    [
        (Basis.EXACT, 1_234, "1.23 k"),
        (Basis.PARTIAL, 1_234, "1.23 k"),
        (Basis.ESTIMATED, 1_234, "~1.23 k"),
        (Basis.UNKNOWN, 0, "unknown"),
        (Basis.UNKNOWN, 1_234, "~1.23 k"),  # some of its requests are known
    ],
)
def test_a_cost_says_how_well_it_is_known(basis, te, expected):
    known = replace(row(1), usage=Usage(basis=basis), te=te * TWENTIETHS)
    assert phrases.cost(known) == expected


def test_lines_are_silent_about_nothing():
    assert phrases.lines(12, 3) == "+12 −3"
    assert phrases.lines(0, 3) == "+0 −3"
    assert phrases.lines(0, 0) == ""


def test_an_edit_is_told_with_the_files_own_name():
    assert phrases.edit_line(EDIT) == "export.py   +12 −3   applied"
    changed = replace(EDIT, human_changed=True, path="")
    assert phrases.edit_line(changed) == "a file   +12 −3   applied, after you changed it"


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_words(outcome):
    assert phrases.edit_line(replace(EDIT, outcome=outcome)).endswith(phrases.OUTCOMES[outcome])
    assert len(set(phrases.OUTCOMES.values())) == len(Outcome)


def test_facts_name_what_is_there_and_leave_out_what_is_not():
    plain = dict(phrases.facts(row(1), "atlas"))
    assert plain["Project"] == "atlas"
    assert plain["Model"] == "m-1"
    assert plain["Requests"] == "1"
    assert not plain.keys() & {"of it reasoning", "Unknown usage", "Branch"}
    usage = Usage(input=1, cache_read=2, cache_write_5m=3, cache_write_1h=4, output=9, reasoning=5)
    rich = replace(row(1), usage=usage, requests=7, unknown=2, branch="main", models=())
    found = phrases.facts(rich, "atlas")
    assert [what for what, _ in found].index("of it reasoning") == 5  # just below the output
    facts = dict(found)
    assert (facts["Fresh input"], facts["Cache read"], facts["Cache written"]) == ("1", "2", "7")
    assert (facts["Output"], facts["of it reasoning"]) == ("9", "5")
    assert (facts["Unknown usage"], facts["Branch"], facts["Model"]) == ("2 of 7", "main", "–")


def test_the_counters_of_an_unknown_usage_are_not_shown_as_0():
    nothing = replace(row(1), usage=Usage(basis=Basis.UNKNOWN), te=0, requests=0, branch="main")
    assert phrases.facts(nothing, "atlas") == [
        ("Token-equivalents", "unknown"), ("Requests", "0"),
        ("Branch", "main"), ("Project", "atlas"), ("Model", "m-1"),
    ]  # fmt: skip
