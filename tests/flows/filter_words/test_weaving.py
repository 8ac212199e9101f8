from datetime import UTC, date

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.core.filters import ANY
from ledger.flows.filter_words.reader import read
from ledger.flows.filter_words.weaving import SEARCH, without, woven
from tests.flows.filter_words.cases import NAMES
from tests.flows.filter_words.test_printer import filters

TODAY = date(2026, 11, 22)
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
    before = read(line, NAMES, TODAY, zone=UTC).filter
    chosen = data.draw(filters(NAMES))
    again = woven(line, before, chosen, NAMES, zone=UTC)
    assert read(again, NAMES, TODAY, zone=UTC).filter == chosen


def test_what_did_not_change_stays_as_it_was_typed():
    line = "model:opus*  Tool:Codex last:28d"
    before = read(line, NAMES, TODAY, zone=UTC).filter
    chosen = read("model:opus* tool:codex after:2026-07", NAMES, TODAY, zone=UTC).filter
    assert woven(line, before, chosen, NAMES, zone=UTC) == "model:opus* Tool:Codex after:2026-07-01"
    assert woven(line, before, before, NAMES, zone=UTC) == "model:opus* Tool:Codex last:28d"
    assert woven(line, before, ANY, NAMES, zone=UTC) == ""


def test_words_to_search_for_can_be_left_out():
    assert without('tool:codex secret "more secret"', (SEARCH,)) == "tool:codex"
