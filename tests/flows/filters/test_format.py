from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.filters import ANY, Filter
from ledger.core.vocabulary import TOOLS, Intent, Kind, Tag
from ledger.flows.filters.format import SEARCH, format_filter, remove_term, replace_term
from ledger.flows.filters.parser import parse
from ledger.flows.filters.resolver import Names
from ledger.flows.filters.tokens import Piece, searched
from tests.flows.filters.cases import ANY_NAMES, NAMES, TEXT

TODAY = date(2026, 11, 22)
MOMENTS = st.none() | st.integers(0, 4_000_000_000) | st.integers(0, 40_000).map((86_400).__mul__)


def some(values):
    return st.frozensets(st.sampled_from(values)) if values else st.just(frozenset())


@st.composite
def filters(draw, names: Names):
    since, until = draw(MOMENTS), draw(MOMENTS)
    if since is not None and until is not None and since >= until:
        until = None
    texts = draw(st.lists(TEXT, max_size=2))
    return Filter(
        since_s=since,
        until_s=until,
        tools=draw(some([str(tool) for tool in TOOLS])),
        models=draw(some(names.models)),
        projects=draw(some(names.projects)),
        labels=draw(some(names.labels)),
        tags=draw(some([0, *map(int, Tag)])),
        intents=draw(some(list(Intent))),
        kinds=draw(some([int(kind) for kind in Kind])),
        text=searched([Piece(text, quoted=True) for text in texts]),
    )


@given(st.data())
@settings(max_examples=50)
@pytest.mark.parametrize("zone", [UTC, ZoneInfo("America/Sao_Paulo")], ids=str)
def test_what_is_printed_means_the_same_filter(zone, data):
    names = data.draw(ANY_NAMES)
    chosen = data.draw(filters(names))
    line = format_filter(chosen, names, zone=zone)
    assert parse(line, names, TODAY, zone=zone).filter == chosen


def test_it_reads_as_somebody_would_have_typed_it():
    line = "tool:codex model:gpt-5 project:atlas tag:edited,kept after:2026-07-01 before:2026-10-01"
    assert format_filter(parse(line, NAMES, TODAY, zone=UTC).filter, NAMES, zone=UTC) == line


def test_all_but_one_is_told_by_the_one():
    assert format_filter(Filter(tags=frozenset((1, 2, 3))), NAMES) == "-tag:untagged"


@pytest.mark.parametrize("line", ["last:28d", "in:quarter", "in:last-quarter", "in:review"])
def test_a_period_that_moves_is_printed_as_one_while_it_means_the_same_days(line):
    found = parse(line, NAMES, TODAY, zone=UTC)
    again = format_filter(found.filter, NAMES, found.period, today=TODAY, zone=UTC)
    assert again == line
    later = format_filter(found.filter, NAMES, found.period, today=date(2027, 12, 1), zone=UTC)
    assert later.startswith("after:")


def test_everything_is_no_words():
    assert format_filter(ANY, NAMES) == ""


def test_what_the_ledger_no_longer_has_is_printed_all_the_same():
    assert format_filter(Filter(labels=frozenset(("old one",))), NAMES) == 'label:"old one"'


LINES = st.sampled_from(
    (
        "",
        "model:opus* tag:kept",
        "-tool:codex last:28d fix",
        'in:quarter kind:r* "a b"',
        "label:bug",
    ),
)


@given(LINES, st.data())
@settings(max_examples=50)
def test_a_changed_line_means_the_changed_filter(line, data):
    before = parse(line, NAMES, TODAY, zone=UTC).filter
    chosen = data.draw(filters(NAMES))
    again = replace_term(line, before, chosen, NAMES, zone=UTC)
    assert parse(again, NAMES, TODAY, zone=UTC).filter == chosen


def test_what_did_not_change_stays_as_it_was_typed():
    line = "model:opus*  Tool:Codex last:28d"
    before = parse(line, NAMES, TODAY, zone=UTC).filter
    chosen = parse("model:opus* tool:codex after:2026-07", NAMES, TODAY, zone=UTC).filter
    assert (
        replace_term(line, before, chosen, NAMES, zone=UTC)
        == "model:opus* Tool:Codex after:2026-07-01"
    )
    assert replace_term(line, before, before, NAMES, zone=UTC) == "model:opus* Tool:Codex last:28d"
    assert replace_term(line, before, ANY, NAMES, zone=UTC) == ""


def test_words_to_search_for_can_be_left_out():
    assert remove_term('tool:codex secret "more secret"', (SEARCH,)) == "tool:codex"
