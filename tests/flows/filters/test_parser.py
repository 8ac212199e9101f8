from datetime import UTC, date, datetime

import pytest

from ledger.core.errors import LedgerError
from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import Intent, Kind, Tag, Tool
from ledger.flows.filters import periods
from ledger.flows.filters.parser import both_of, exact_words, moment, onto, parse, read_terms
from ledger.flows.filters.tokens import Piece, Term, terms
from tests.flows.filters.cases import NAMES

TODAY = date(2026, 11, 22)


def meant(line):
    return parse(line, NAMES, TODAY, zone=UTC)


def stamp(*day):
    return int(datetime(*day, tzinfo=UTC).timestamp())


def test_terms_mean_the_same_however_they_were_typed():
    line = "tool:claude model:opus* -tag:kept in:2026-07 retry"
    assert read_terms(terms(line), NAMES, TODAY, zone=UTC) == meant(line)
    chosen = [Term("project", (Piece("my notes"),)), Term("model", (Piece("gpt-5", quoted=True),))]
    read_so = read_terms(chosen, NAMES, TODAY).filter
    assert read_so == meant('project:"my notes" model:"gpt-5"').filter


def test_the_sentence_of_the_manual():
    found = meant(
        "tool:claude model:opus* tag:thrown project:atlas kind:refactor label:bug "
        'intent:experiment after:2026-07 before:2026-10 "retry"'
    )
    assert found.filter == Filter(
        since_s=stamp(2026, 7, 1),
        until_s=stamp(2026, 10, 1),
        tools=frozenset(("claude-code",)),
        models=frozenset(("claude-opus-4-5",)),
        projects=frozenset(("/home/ada/atlas",)),
        labels=frozenset(("bug",)),
        tags=frozenset((int(Tag.THROWN_AWAY),)),
        intents=frozenset((Intent.EXPERIMENT,)),
        kinds=frozenset((int(Kind.REFACTOR),)),
        text="retry",
    )
    assert found.period == "2026-07-01..2026-09-30"


def test_no_words_are_no_filter():
    assert meant("  ").filter == ANY


def test_values_of_one_key_are_any_of_them():
    assert meant("tag:kept tag:edited").filter == meant("tag:kept,edited").filter
    assert meant("tag:kept,edited").filter.tags == {1, 2}


def test_a_minus_leaves_out():
    assert meant("-tool:claude").filter.tools == set(Tool) - {Tool.CLAUDE_CODE}
    assert meant("model:gpt* -model:*codex").filter.models == {"gpt-5"}


@pytest.mark.parametrize("line", ["tool:codex -tool:codex", "-intent:delivery -intent:experiment"])
def test_leaving_everything_out_is_no_filter_for_everything(line):
    with pytest.raises(LedgerError, match="is left"):
        meant(line)


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("last:28d", "28d"), ("last:4w", "28d"), ("in:quarter", "quarter"),
        ("last:quarter", "last-quarter"), ("in:2026-q3", "2026-q3"), ("in:review", "review"),
    ],
)  # fmt: skip
def test_a_period_that_moves_is_kept_as_one(line, period):
    found = meant(line)
    assert found.period == period
    assert (found.filter.since_s, found.filter.until_s) == periods.span_of(period, TODAY, UTC)


def test_what_follows_no_key_is_searched_for():
    assert meant('fix "connection reset" login').filter.text == 'fix "connection reset" login'


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("tols:claude", "A filter has no “tols:”. Did you mean “tool:”"),
        ("http://x", "A filter has no “http:”"),
        ("tool:", "“tool:” needs a value."),
        ("after:soon", "“soon” is not a time"),
        ("after:28d", "“28d” is not a time"),
        ("after:2026-13", "“2026-13” is not a time"),
        ("after:2026-07-01T99:00Z", "is not a time"),
        ("last:year", "“last:year” is no length of time. Write it like last:28d"),
        ("last:0d", "too long a time"),
        ("after:2026-07 before:2026-07", "ends before it begins"),
        ("last:7d after:2026-07", "last: and after: do not go together"),
        ("after:2026-07 after:2026-08", "“after:” takes one time"),
        ("-after:2026-07", "“after:” takes one time"),
        ("-label:bug", "A label cannot be left out"),
        ('label:"bug', "quotation mark"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(line, told):
    with pytest.raises(LedgerError) as caught:
        meant(line)
    assert told in str(caught.value)


def test_keys_may_be_written_large():
    assert meant("Tool:Codex").filter.tools == {"codex"}


@pytest.mark.parametrize(
    "seconds", [stamp(2026, 7, 1), stamp(2026, 7, 1) + 77, -5, stamp(1969, 1, 1)]
)
def test_a_moment_is_written_as_it_is_read(seconds):
    assert moment(exact_words(seconds, UTC), UTC) == seconds


def test_both_of_two_filters():
    one, other = meant("tool:codex,claude after:2026-07").filter, meant("tool:codex x").filter
    both = both_of(one, other)
    assert (both.tools, both.since_s, both.text) == ({"codex"}, stamp(2026, 7, 1), "x")


def test_parts_of_one_filter_are_put_onto_another():
    made = onto(meant("tool:codex last:7d").filter, meant("tool:claude kind:fix").filter)
    assert made.tools == {"claude-code"}
    assert made.kinds == {int(Kind.FIX)}
    assert made.since_s is not None
