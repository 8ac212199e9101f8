from collections import defaultdict
from datetime import UTC
from fractions import Fraction

import pytest
from hypothesis import given

from ledger.metrics import outcome
from ledger.metrics.grouping import grouping
from ledger.metrics.outcome import Outcome
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers


def judged(rows, by):
    made = frame(rows)
    groups = grouping(made, by, UTC)
    return groups, Outcome(made, made.select(), groups, made.delivering, made.days(UTC), 50)


@pytest.mark.parametrize("dense", [True, False])
@pytest.mark.parametrize("by", ["tool", "project", "all"])
@given(rows=ledgers(least=1))
def test_blocks_and_their_days_are_counted_once_per_group(by, dense, rows):
    before = outcome.DENSE
    outcome.DENSE = before if dense else 0
    try:
        groups, found = judged(rows, by)
        blocks, days = defaultdict(set), defaultdict(set)
        for row in rows:
            if row.delivers:
                key = {"tool": row.tool, "project": row.project, "all": "all"}[by]
                blocks[key].add(row.block)
                days[key].add(row.block[1] // 48)
        assert found.blocks.tolist() == [len(blocks[key]) for key in groups.keys]
        assert found.days.tolist() == [len(days[key]) for key in groups.keys]
        assert (found.decided <= found.blocks).all()
    finally:
        outcome.DENSE = before


@given(ledgers(tags=(1, 2, 3)))
def test_in_a_tagged_ledger_all_is_decided_and_the_guess_is_the_truth(rows):
    _, found = judged(rows, "all")
    assert found.decided.tolist() == found.blocks.tolist()
    assert found.bounds[0] == found.bounds[1]
    assert Fraction(float(found.guess.sum())) == found.bounds[0][0]


def test_an_open_block_behaves_like_those_of_the_tool_it_began_with():
    first, later = ("codex", MONDAY_S), ("claude-code", MONDAY_S + 60)
    known = [
        Row(10 + number, MONDAY_S + (number + 1) * 3600, tool=tool, tag=tag)
        for number, (tool, tag) in enumerate((("codex", 1), ("claude-code", 3)))
    ]
    for begun in ((first, later), (later[:1] + first[1:], first[:1] + later[1:])):
        rows = [Row(at, time_s, tool=tool) for at, (tool, time_s) in enumerate(begun)]
        _, found = judged(rows + known, "all")
        assert found.guess[0] == (100 if begun[0][0] == "codex" else 0)
