import pytest
from hypothesis import given, settings

from ledger.core.curves import Link
from ledger.core.filters import Filter
from ledger.metrics.flow import OTHERS, OUTCOMES, flow
from tests.metrics.rows import Row, frame, ledgers, spent


def flowed(rows, wanted=None):
    made = frame(rows)
    return flow(made, made.select(wanted or Filter()))


@settings(max_examples=40)
@given(ledgers())
def test_all_that_was_spent_flows_through_both_halves(rows):
    found = flowed(rows)
    whole = sum(use.te for row in rows for use in row.uses) / 20_000_000
    to_model = sum(link.mte for link in found.links if link.source in found.tools)
    to_outcome = sum(link.mte for link in found.links if link.target in found.outcomes)
    assert to_model == pytest.approx(whole)
    assert to_outcome == pytest.approx(whole)
    for model in found.models:
        into = sum(link.mte for link in found.links if link.target == model)
        out = sum(link.mte for link in found.links if link.source == model)
        assert into == pytest.approx(out)


def test_names_stand_from_large_to_small():
    rows = [
        Row(1, tool="codex", tag=3, uses=(spent(20_000_000, model="b"),)),
        Row(2, tool="claude-code", tag=1, uses=(spent(60_000_000, model="a"),)),
    ]
    found = flowed(rows)
    assert found.tools == ("claude-code", "codex")
    assert found.models == ("a", "b")
    assert found.outcomes == OUTCOMES == ("kept", "edited", "thrown away", "untagged")
    assert found.links == (
        Link("claude-code", "a", 3.0),
        Link("codex", "b", 1.0),
        Link("a", "kept", 3.0),
        Link("b", "thrown away", 1.0),
    )


def test_beyond_the_eight_largest_they_are_drawn_together():
    uses = tuple(spent(20_000_000 * (20 - n), model=f"m{n:02}") for n in range(11))
    found = flowed([Row(1, tag=0, uses=uses)])
    assert found.models == (*(f"m{n:02}" for n in range(8)), OTHERS)
    assert Link("claude-code", OTHERS, 12 + 11 + 10) in found.links
    assert Link(OTHERS, "untagged", 33.0) in found.links


def test_a_filter_is_followed():
    rows = [Row(1, tag=1, uses=(spent(5),)), Row(2, tool="codex", uses=(spent(5),))]
    assert flowed(rows, Filter(tools=frozenset({"codex"}))).tools == ("codex",)


def test_an_empty_selection_has_no_links():
    found = flowed([])
    assert (found.tools, found.models, found.links) == ((), (), ())
