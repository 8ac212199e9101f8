import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.errors import LedgerError
from ledger.core.rows import EditRow
from ledger.core.usage import TWENTIETHS, Basis, Usage
from ledger.core.vocabulary import Outcome
from ledger.ui import formatting
from ledger.ui.formatting import round_step, ticks, token_range, usage_of
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


def test_a_worktree_is_told_where_there_is_one():
    assert "Worktree" not in dict(formatting.facts(row(1), "atlas"))
    assert dict(formatting.facts(replace(row(1), worktree="fox"), "atlas"))["Worktree"] == "fox"


def test_a_moment_is_local_with_its_weekday():
    assert formatting.moment(ms(2026, 7, 1, 22, 30)) == "Thu 2 Jul 2026, 00:30"
    assert formatting.moment(ms(2026, 12, 1, 22, 30)) == "Tue 1 Dec 2026, 23:30"


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
    assert formatting.short_moment(ms(*moment), ms(2026, 11, 22, 11) / 1000) == expected


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
    assert formatting.amount(tokens) == expected


@given(st.floats(100, 999e6), st.floats(100, 999e6))
def test_more_never_reads_as_less_and_always_has_three_figures(first, second):
    def read(text):
        number, _, unit = text.partition(" ")
        return float(number) * {"": 1, "k": 1e3, "M": 1e6}[unit]

    less, more = sorted((first, second))
    assert read(formatting.amount(less)) <= read(formatting.amount(more))
    assert sum(letter.isdigit() for letter in formatting.amount(first)) == 3


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
    priced = replace(row(1), usage=Usage(basis=basis), te=te * TWENTIETHS)
    assert formatting.cost(priced) == expected


def test_lines_are_silent_about_nothing():
    assert formatting.lines(12, 3) == "+12 −3"
    assert formatting.lines(0, 3) == "+0 −3"
    assert formatting.lines(0, 0) == ""


def test_an_edit_is_told_with_the_files_own_name():
    assert formatting.edit_line(EDIT) == "export.py   +12 −3   applied"
    changed = replace(EDIT, human_changed=True, path="")
    assert formatting.edit_line(changed) == "a file   +12 −3   applied, after you changed it"


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_words(outcome):
    assert formatting.edit_line(replace(EDIT, outcome=outcome)).endswith(
        formatting.OUTCOMES[outcome]
    )
    assert len(set(formatting.OUTCOMES.values())) == len(Outcome)


def test_facts_name_what_is_there_and_leave_out_what_is_not():
    plain = dict(formatting.facts(row(1), "atlas"))
    assert plain["Project"] == "atlas"
    assert plain["Model"] == "m-1"
    assert plain["Requests"] == "1"
    assert not plain.keys() & {"of it reasoning", "Unknown usage", "Branch"}
    usage = Usage(input=1, cache_read=2, cache_write_5m=3, cache_write_1h=4, output=9, reasoning=5)
    rich = replace(row(1), usage=usage, requests=7, unknown=2, branch="main", models=())
    pairs = formatting.facts(rich, "atlas")
    assert [name for name, _ in pairs].index("of it reasoning") == 5  # just below the output
    facts = dict(pairs)
    assert (facts["Fresh input"], facts["Cache read"], facts["Cache written"]) == ("1", "2", "7")
    assert (facts["Output"], facts["of it reasoning"]) == ("9", "5")
    assert (facts["Unknown usage"], facts["Branch"], facts["Model"]) == ("2 of 7", "main", "–")


def test_the_counters_of_an_unknown_usage_are_not_shown_as_0():
    nothing = replace(row(1), usage=Usage(basis=Basis.UNKNOWN), te=0, requests=0, branch="main")
    assert formatting.facts(nothing, "atlas") == [
        ("Token-equivalents", "unknown"), ("Requests", "0"),
        ("Branch", "main"), ("Project", "atlas"), ("Model", "m-1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12000", 12_000, 12_000),
        ("12,000", 12_000, 12_000),
        ("12k", 12_000, 12_000),
        ("1.5 M", 1_500_000, 1_500_000),
        ("8k-12k", 8_000, 12_000),
        ("12k – 8k", 8_000, 12_000),
        ("8k to 12k", 8_000, 12_000),
        ("~900", 900, 900),
    ],
)
def test_counts_are_read_as_people_write_them(text, low, high):
    assert token_range(text) == (low, high)


@pytest.mark.parametrize("text", ["", "many", "-5", "1-2-3", "1e9", "9999999M", "٣k."])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(LedgerError):
        token_range(text)


@given(st.integers(0, 10**12))
def test_a_whole_number_is_itself(count):
    assert token_range(str(count)) == (count, count)


def test_two_empty_fields_are_unknown_and_not_zero():
    assert usage_of("", " ").basis is Basis.UNKNOWN


def test_exact_counts_stay_exact():
    usage = usage_of("10k", "500")
    assert (usage.input, usage.output, usage.basis) == (10_000, 500, Basis.EXACT)


def test_a_range_is_an_estimate_that_holds_both_ends():
    usage = usage_of("", "8k-12k")
    assert usage.basis is Basis.ESTIMATED
    assert (usage.output * usage.low, usage.output * usage.high) == (8_000, 12_000)


@given(st.floats(1e-6, 1e9), st.integers(1, 12))
def test_a_round_step_makes_few_enough_parts(span, most):
    step = round_step(span, most)
    assert span / step <= most * (1 + 1e-6)


@pytest.mark.parametrize(
    ("span", "most", "step"), [(10, 5, 2), (10, 2, 5), (0.9, 4, 0.5), (0, 3, 1.0), (95, 5, 20)]
)
def test_steps_are_one_two_or_five(span, most, step):
    assert round_step(span, most) == pytest.approx(step)


def test_ticks_begin_at_zero_and_stay_within():
    assert ticks(4.2, 5) == [0, 1, 2, 3, 4]
