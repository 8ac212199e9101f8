from datetime import UTC

import pytest
from hypothesis import given

from ledger.core.vocabulary import TOOLS
from ledger.metrics.grouping import grouping
from tests.metrics.rows import MONDAY_S, Row, frame, ledgers, spent


@pytest.mark.parametrize("by", ["tool", "model", "project", "kind", "day", "all"])
@given(ledgers(least=1))
def test_members_pairs_and_portions_name_the_same_groups(by, rows):
    made = frame(rows)
    found = grouping(made, by, UTC)
    assert found.size == len(found.keys)
    at = range(len(made)) if found.rows is None else found.rows.tolist()
    for row, group, slot in zip(at, found.group, found.slot, strict=True):
        assert found.pair_block[slot] == made.blocks.of[row]
        if by != "day":
            assert found.pair_group[slot] == group
    pairs = list(zip(found.pair_block.tolist(), found.pair_group.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    assert len(found.portion_group) == len(made.owner)


@given(ledgers(least=1))
def test_a_model_has_the_interactions_that_used_it(rows):
    made = frame(rows)
    found = grouping(made, "model")
    names = [found.keys[group] for group in found.group]
    members = set(zip(made.id[found.rows].tolist(), names, strict=True))
    assert members == {(row.id, use.model) for row in rows for use in row.uses}


def test_only_shared_blocks_are_contested():
    rows = [
        Row(1, tool="codex"), Row(2, MONDAY_S + 60, tool="claude-code"),
        Row(3, MONDAY_S + 3600, tool="codex"),
    ]  # fmt: skip
    found = grouping(frame(rows), "tool")
    contested = sorted(found.keys[found.pair_group[at]] for at in found.contested)
    assert contested == ["claude-code", "codex"]
    position, blocks = found.contested_block
    assert (position.tolist(), blocks) == ([0, 0], 1)
    assert len(grouping(frame(rows), "project").contested) == 0
    assert found.keys == tuple(str(tool) for tool in TOOLS)


def test_groups_are_made_once():
    made = frame([Row(1, uses=(spent(1),))])
    assert grouping(made, "tool") is grouping(made.with_tags([1], 2), "tool")
    assert grouping(made, "day", UTC) is not grouping(made, "day")


def test_kinds_of_work_are_named_by_their_keys_and_can_meet_in_a_block():
    rows = [Row(1, kind=2), Row(2, MONDAY_S + 60, kind=5), Row(3, MONDAY_S + 3600)]
    made = frame(rows)
    found = grouping(made, "kind")
    assert [found.keys[group] for group in found.group] == ["draft", "refactor", "unsorted"]
    assert len(found.contested) == 2
